import { useState } from "react";
import { useSearchParams } from "react-router";
import { z } from "zod";
import { defineCommand } from "../../../kernel/operation/define.ts";
import { date, fen, text } from "../../../kernel/operation/shapes.ts";
import { ApiProblem, NoAnswer } from "../problem.ts";
import { FixedSession, type Me } from "../session.tsx";
import { Shell } from "../shell.tsx";
import { ActButton } from "../ui/act-button.tsx";
import { Chart } from "../ui/chart.tsx";
import { DutyBadge } from "../ui/duty-badge.tsx";
import { Facts } from "../ui/facts.tsx";
import { ChoiceField, DateField, FieldGroup, MoneyField, NumberField, TextField, YesNoField } from "../ui/fields.tsx";
import { Figure, Figures } from "../ui/figure.tsx";
import { FilePage, Section } from "../ui/file-page.tsx";
import { OperationFields } from "../ui/form-page.tsx";
import { showYuan } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { MaskedPerson } from "../ui/masked-person.tsx";
import { Empty, Failed, Loading, Notice } from "../ui/notices.tsx";
import { DivisionField, FileDrop } from "../ui/pickers.tsx";
import { useWords } from "../ui/preferences.tsx";
import { StatusWord, type Tone } from "../ui/status-word.tsx";
import { Timeline } from "../ui/timeline.tsx";
import { useOperationForm } from "../ui/use-operation-form.ts";
import { words } from "./kit.words.ts";

const sample = defineCommand("kit.sample", {
  who: ["registrar"],
  input: z.object({
    name: text(60),
    kind: z.enum(["social_group", "social_service_institution", "foundation"]),
    fundsFen: fen.min(0),
    directors: z.int().min(3).max(51),
    on: date.optional(),
    charity: z.boolean().optional(),
    scope: text(4000),
    division: z.string(),
  }),
  output: z.object({}),
});

/** The kit in its frame, with a session that only exists here. */
export function Component() {
  const w = useWords(words);
  const grants: Me["grants"] = [
    { id: "1", role: "registrar", division: "630102", organisation: null, unit: null, label: w.places.county },
    { id: "2", role: "auditor", division: "63", organisation: null, unit: null, label: w.places.province },
    { id: "3", role: "organisation", division: null, organisation: "o", unit: null, label: w.places.organisation },
  ];
  const me: Me = {
    account: "kit",
    displayName: w.person,
    grants,
    current: "1",
    mustChangePassword: false,
    totpEnrolled: false,
    secondFactorFirst: false,
    demo: true,
  };
  return (
    <FixedSession me={me}>
      <Shell />
    </FixedSession>
  );
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly tone: Tone;
  readonly state: string;
  readonly since: string;
  readonly funds: number;
  readonly code: string;
}

function useRows(count: number): Row[] {
  const w = useWords(words);
  const names = w.names.split("|");
  const kinds = w.kinds.split("|");
  const states: readonly [Tone, string][] = [
    ["done", w.states.registered],
    ["late", w.states.abnormal],
    ["soon", w.states.soon],
    ["muted", w.states.revoked],
  ];
  return Array.from({ length: count }, (_, at) => {
    const [tone, state] = states[at % 5 === 1 ? 1 : at % 7 === 2 ? 2 : at % 11 === 5 ? 3 : 0] as [Tone, string];
    return {
      id: String(at),
      name: names[at % names.length] as string,
      kind: kinds[at % kinds.length] as string,
      tone,
      state,
      since: `20${String(10 + (at % 15)).padStart(2, "0")}-0${1 + (at % 9)}-18`,
      funds: (at + 1) * 3_000_000,
      code: `52630102MJ0000${String(at).padStart(3, "0")}X`,
    };
  });
}

function KitLedger() {
  const w = useWords(words);
  const kinds = w.kinds.split("|");
  const [search] = useSearchParams();
  const rows = useRows(search.get("rows") ? Number(search.get("rows")) : 12);
  const state = useLedgerState(["q", "kind"]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const shown = rows.filter(
    (row) =>
      (!state.filters.q || row.name.includes(state.filters.q)) &&
      (!state.filters.kind || row.kind === state.filters.kind),
  );
  const columns: LedgerColumn<Row>[] = [
    { key: "name", title: w.columns.name, cell: (row) => <a href="#ledger">{row.name}</a>, text: (row) => row.name },
    { key: "kind", title: w.columns.kind, cell: (row) => row.kind },
    {
      key: "state",
      title: w.columns.state,
      cell: (row) => <StatusWord tone={row.tone}>{row.state}</StatusWord>,
      text: (row) => row.state,
    },
    { key: "since", title: w.columns.since, cell: (row) => row.since },
    { key: "funds", title: w.columns.funds, cell: (row) => showYuan(row.funds), numeric: true },
    { key: "code", title: w.columns.code, cell: (row) => row.code, optional: true },
  ];
  return (
    <Ledger
      id="kit"
      caption={w.sections.ledger}
      columns={columns}
      rows={shown}
      rowKey={(row) => row.id}
      total={{ value: shown.length * 1000 + 12, exact: true }}
      next="more"
      state={state}
      filters={
        <>
          <LedgerSearch
            label={w.columns.name}
            value={state.filters.q}
            onChange={(value) => state.setFilter("q", value)}
          />
          <LedgerChoice
            label={w.columns.kind}
            value={state.filters.kind}
            options={[...new Set(kinds)].map((kind) => ({ value: kind, label: kind }))}
            onChange={(value) => state.setFilter("kind", value)}
          />
        </>
      }
      selection={{
        chosen,
        onChange: setChosen,
        name: (row) => row.name,
        acts: <ActButton onAct={() => {}}>{w.acts.simple}</ActButton>,
      }}
    />
  );
}

const initial = {
  name: "",
  kind: undefined as string | undefined,
  fundsFen: undefined as number | undefined,
  directors: undefined as number | undefined,
  on: undefined as string | undefined,
  charity: undefined as boolean | undefined,
  scope: "",
  division: undefined as string | undefined,
};

function KitForm() {
  const w = useWords(words);
  const f = w.form;
  const kinds = w.kinds.split("|");
  const form = useOperationForm({
    operation: sample,
    initial,
    toInput,
    labels: {
      name: f.name,
      kind: f.kind,
      fundsFen: f.funds,
      directors: f.directors,
      on: f.on,
      charity: f.charity,
      scope: f.scope,
      division: f.division,
    },
    draftKey: "kit",
  });
  const [file, setFile] = useState<File>();
  return (
    <OperationFields form={form}>
      <TextField name="name" label={f.name} help={f.nameHelp} />
      <ChoiceField
        name="kind"
        label={f.kind}
        choices={[
          { value: "social_group", label: kinds[1] as string },
          { value: "social_service_institution", label: kinds[0] as string },
          { value: "foundation", label: kinds[3] as string },
        ]}
      />
      <FieldGroup title={f.title} note={f.purpose}>
        <MoneyField name="fundsFen" label={f.funds} source={f.source} />
        <NumberField name="directors" label={f.directors} />
        <DateField name="on" label={f.on} />
        <YesNoField name="charity" label={f.charity} />
        <DivisionField
          name="division"
          label={f.division}
          search={async () => [{ value: "630102", label: w.places.county, note: "630102" }]}
        />
        <TextField name="scope" label={f.scope} rows={4} />
        <FileDrop
          label={f.file}
          onFile={async (given) => setFile(given)}
          done={file ? { name: file.name, size: file.size } : undefined}
          onRemove={() => setFile(undefined)}
        />
      </FieldGroup>
    </OperationFields>
  );
}

const toInput = (values: typeof initial) => ({ ...values, name: values.name.trim(), scope: values.scope.trim() });

/** Every component of the kit with invented data (样张), for looking and for the accessibility test. */
export function Kit() {
  const w = useWords(words);
  const groups = { document: w.steps.lawGroups, article: "11", effectiveFrom: "2026-01-01" };
  const credit = { document: w.steps.law, article: "11", item: "1", effectiveFrom: "2018-01-24" };
  return (
    <FilePage
      title={w.title}
      state={
        <>
          <span>{w.state}</span>
          <StatusWord tone="late">{w.states.abnormal}</StatusWord>
        </>
      }
      next={
        <ActButton primary onAct={() => {}}>
          {w.acts.next}
        </ActButton>
      }
      others={
        <>
          <ActButton onAct={() => {}} unavailable={w.acts.why.split("|")}>
            {w.acts.decide}
          </ActButton>
          <ActButton onAct={() => {}} unavailable={w.acts.why.split("|")[0]}>
            {w.acts.remove}
          </ActButton>
        </>
      }
    >
      <Section title={w.sections.words}>
        <p className="kit-row">
          <StatusWord tone="done">{w.states.registered}</StatusWord>{" "}
          <StatusWord tone="late">{w.states.abnormal}</StatusWord> <StatusWord tone="soon">{w.states.soon}</StatusWord>{" "}
          <StatusWord tone="muted">{w.states.revoked}</StatusWord>{" "}
          <StatusWord tone="legal">{w.states.legal}</StatusWord> <StatusWord>{w.states.muted}</StatusWord>
        </p>
        <p>
          <DutyBadge dueOn="2026-11-01" today="2026-11-21" /> · <DutyBadge dueOn="2026-11-21" today="2026-11-21" /> ·{" "}
          <DutyBadge dueOn="2026-11-25" today="2026-11-21" /> · <DutyBadge dueOn="2027-03-31" today="2026-11-21" /> ·{" "}
          <DutyBadge dueOn="2026-11-01" done />
        </p>
      </Section>
      <Section title={w.sections.figures}>
        <Figures>
          <Figure
            title={w.figures.living}
            value={12_486}
            unit={w.unit}
            asOf="2026-11-21"
            change={12}
            rows="/kit?q=%E6%99%A8"
          />
          <Figure title={w.figures.listed} value={37} unit={w.unit} asOf="2026-11-21" change={-3} rows="/kit" />
          <Figure title={w.figures.overdue} value={9} unit={w.unit} tone="late" rows="/kit" />
          <Figure title={w.figures.coverage} value="99.6%" base={w.figures.base} />
        </Figures>
      </Section>
      <Section title={w.sections.chart}>
        <Chart
          title={w.chart.title}
          kind="bar"
          series={[w.chart.owed, w.chart.filed]}
          rows={w.chart.places.split("|").map((label, at) => ({
            label,
            values: [120 + at * 17, 100 + ((at * 37) % 60)],
            link: "/kit",
          }))}
          unit={w.unit}
          note={w.chartNote}
        />
        <Chart
          title={w.chart.line}
          kind="line"
          series={[w.chart.registered]}
          rows={Array.from({ length: 10 }, (_, at) => ({ label: String(2017 + at), values: [80 + ((at * 53) % 70)] }))}
          unit={w.unit}
        />
      </Section>
      <Section title={w.sections.ledger} id="ledger">
        <KitLedger />
      </Section>
      <Section title={w.sections.states}>
        <Loading />
        <Failed error={new NoAnswer(false)} onRetry={() => {}} />
        <Failed
          error={
            new ApiProblem({ status: 500, code: "operation/fault", requestId: "0192f0aa-1111-7222-8333-444455556666" })
          }
          onRetry={() => {}}
        />
        <Empty title={w.emptyTitle}>{w.emptyHelp}</Empty>
      </Section>
      <Section title={w.sections.facts}>
        <Facts
          items={[
            { term: w.facts.name, value: w.places.organisation },
            { term: w.facts.code, value: "52630102MJ00000000" },
            { term: w.facts.domicile, value: w.facts.domicileValue, source: w.facts.source },
            { term: w.facts.unit, value: w.facts.unitValue },
            { term: w.facts.funds, value: `${showYuan(3_000_000)} ` },
            { term: w.facts.term, value: null, required: true },
            { term: w.facts.scope, value: w.facts.scopeValue, wide: true },
          ]}
        />
      </Section>
      <Section title={w.sections.timeline}>
        <Timeline
          steps={[
            { id: "1", at: "2021-03-02T02:11:00Z", what: w.steps.applied, actor: w.actors.applicant, law: [groups] },
            { id: "2", at: "2021-03-05T07:30:00Z", what: w.steps.accepted, actor: w.actors.registrar },
            { id: "3", at: "2021-04-18", what: w.steps.approved, actor: w.actors.decider, law: [groups], legal: true },
            {
              id: "4",
              at: "2025-07-12T01:05:00Z",
              what: w.steps.listed,
              actor: w.actors.decider,
              law: [credit],
              legal: true,
              detail: w.steps.detail,
              documents: [{ href: "#doc", title: w.steps.document }],
              decision: { href: "#decision", title: w.steps.decision },
            },
            {
              id: "5",
              at: "2026-02-03T03:00:00Z",
              what: w.steps.removed,
              actor: w.actors.decider,
              law: [credit],
              legal: true,
            },
          ]}
        />
      </Section>
      <Section title={w.sections.acts}>
        <p className="kit-row">
          <ActButton primary onAct={() => {}}>
            {w.acts.next}
          </ActButton>{" "}
          <ActButton legal confirm={w.acts.legalBody} onAct={() => {}}>
            {w.acts.decide}
          </ActButton>{" "}
          <ActButton onAct={() => {}} unavailable={w.acts.why.split("|")}>
            {w.acts.decide}
          </ActButton>
        </p>
      </Section>
      <Section title={w.sections.masked}>
        <p>
          <MaskedPerson masked="6301**********021X" label={w.masked} onUnmask={async () => "630102199003070000"} />
        </p>
      </Section>
      <Section title={w.sections.notices}>
        <Notice tone="good">{w.notices.good}</Notice>
        <Notice tone="warn">{w.notices.warn}</Notice>
        <Notice>{w.notices.plain}</Notice>
        <Notice tone="bad" title={w.notices.bad} />
      </Section>
      <Section title={w.sections.form}>
        <KitForm />
      </Section>
    </FilePage>
  );
}
