import { Button } from "antd";
import { useCallback, useEffect, useMemo, useState } from "react";
import { Link, useParams } from "react-router";
import { upload } from "../../../apps/web/client.ts";
import { ActButton } from "../../../apps/web/ui/act-button.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { ChoiceField, FieldGroup, MoneyField, NumberField, TextField } from "../../../apps/web/ui/fields.tsx";
import { FormPage, Receipt, useForm } from "../../../apps/web/ui/form-page.tsx";
import { showInstant, showYuan } from "../../../apps/web/ui/format.ts";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Answer, Failed, Notice } from "../../../apps/web/ui/notices.tsx";
import { FileDrop } from "../../../apps/web/ui/pickers.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useOperationForm } from "../../../apps/web/ui/use-operation-form.ts";
import { useCommand, useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { keepFile } from "../../../kernel/files/files.contract.ts";
import { requiredFigures } from "../annual-inspection.checks.ts";
import { checkFigures, getReport, saveDraft, submitReport } from "../annual-inspection.contract.ts";
import {
  assetFields,
  baseFields,
  type Check,
  type Details,
  donationFields,
  incomeFields,
  moneyFields,
  spendFields,
} from "../annual-inspection.shapes.ts";
import { words as moduleWords } from "../annual-inspection.words.ts";
import { CheckNote } from "./checks.tsx";
import { words } from "./inspection.web.words.ts";

type Report = OutputOf<typeof getReport>;
type Values = Record<string, unknown>;
type Attachment = NonNullable<Details["attachments"]>[number] & { readonly name?: string };

const countFields = ["activityCount", "staffFullTime", "staffPartTime", "partyMembers"] as const;
const figureNames: readonly string[] = [...moneyFields, ...countFields, "partyOrganisation", "foreignContacts"];
const attachmentKinds = ["financial-report", "audit-report", "rectification", "unit-opinion", "other"] as const;
const explained = "explain.";

/** The figures and details of the form, as the operations take them; what is empty is left out. */
function inputFrom(values: Values) {
  const filled = (value: unknown) => value !== undefined && value !== null && value !== "";
  const figures = Object.fromEntries(
    figureNames.flatMap((name) => (filled(values[name]) ? [[name, values[name]]] : [])),
  );
  const explanations = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.startsWith(explained) && filled(value) ? [[name.slice(explained.length), String(value).trim()]] : [],
    ),
  );
  const attachments = ((values.attachments ?? []) as readonly Attachment[]).map(({ fileId, kind }) => ({
    fileId,
    kind,
  }));
  const kept = (values.kept ?? {}) as Details;
  return {
    figures,
    details: {
      ...kept,
      ...(attachments.length > 0 ? { attachments } : {}),
      ...(Object.keys(explanations).length > 0 ? { explanations } : {}),
    },
  };
}

function initialFrom(report: Report): Values {
  const draft = report.draft;
  const prefill = Object.fromEntries(report.prefill.map((one) => [one.field, one.value]));
  const figures = draft ? draft.figures : report.figures;
  const details = draft?.details && Object.keys(draft.details).length > 0 ? draft.details : report.details;
  const { explanations, attachments, ...kept } = details;
  const own = Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null && value !== undefined));
  return {
    ...prefill,
    ...own,
    ...Object.fromEntries(Object.entries(explanations ?? {}).map(([field, text]) => [`${explained}${field}`, text])),
    attachments: attachments ?? [],
    kept,
  };
}

/** The yearly report, filled in by the organisation itself (自助填报): prefilled, checked while typing, kept as a draft. */
export function Component() {
  const { id } = useParams();
  const query = useQueryOperation(getReport, { reportId: id }, { staleTime: Number.POSITIVE_INFINITY });
  return <Answer query={query}>{(report) => <Fill report={report} />}</Answer>;
}

/** Checks of what is typed, asked again when typing pauses. */
function useChecks(report: Report, values: Values): readonly Check[] {
  const [asked, setAsked] = useState(() => inputFrom(values));
  const text = JSON.stringify(inputFrom(values));
  useEffect(() => {
    const timer = setTimeout(() => setAsked(JSON.parse(text)), 600);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useQueryOperation(checkFigures, { reportId: report.id, ...asked }, { keepPrevious: true });
  return query.data?.checks ?? [];
}

function Fill({ report }: { readonly report: Report }) {
  const w = useWords(words).fill;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const initial = useMemo(() => initialFrom(report), [report]);
  const toInput = useCallback((values: Values) => ({ reportId: report.id, ...inputFrom(values) }), [report.id]);
  const labels = useMemo(
    () => ({
      ...m.figures,
      ...Object.fromEntries(Object.entries(m.figures).map(([name, label]) => [`figures.${name}`, label])),
    }),
    [m],
  );
  const form = useOperationForm({ operation: submitReport, initial, toInput, labels, draftKey: report.id });
  const checks = useChecks(report, form.values);
  const draft = useCommand(saveDraft);
  const toUnit = report.acts.some((act) => act.act === "submit-to-unit");
  const blocking = checks.filter((check) => check.blocking && !check.met);
  const remarks = checks.filter((check) => !check.blocking && check.met === false);
  const sourceOf = (name: string) => {
    const found = report.prefill.find((one) => one.field === name);
    return found && form.values[name] === found.value
      ? `${m.sources[found.source]}${found.year ? ` ${found.year}` : ""}`
      : undefined;
  };
  const money = (fields: readonly string[]) =>
    fields.map((name) => (
      <div key={name}>
        <MoneyField
          name={name}
          label={named(m.figures, name)}
          source={sourceOf(name)}
          required={(requiredFigures as readonly string[]).includes(name)}
        />
        <FieldChecks name={name} checks={checks} />
      </div>
    ));
  return (
    <FormPage
      title={w.title({ year: report.year })}
      purpose={`${w.purpose}${toUnit ? w.to.unit : w.to.registrar}`}
      minutes={20}
      form={form}
      submitLabel={w.submit}
      extra={
        <>
          <ActButton
            onAct={() =>
              draft
                .mutateAsync({ reportId: report.id, ...inputFrom(form.values) } as Parameters<
                  typeof draft.mutateAsync
                >[0])
                .catch(() => {})
            }
            busy={draft.isPending}
          >
            {w.saveDraft}
          </ActButton>
          {draft.data && <span role="status">{w.saved({ at: showInstant(draft.data.savedAt, locale) })}</span>}
          {draft.error && <Failed error={draft.error} />}
        </>
      }
      aside={
        <section aria-live="polite">
          <h2 className="aside-title">{w.checksTitle}</h2>
          {blocking.length > 0 && (
            <p>
              <StatusWord tone="late">{w.blocking({ count: blocking.length })}</StatusWord>
            </p>
          )}
          {remarks.length > 0 && (
            <p>
              <StatusWord tone="soon">{w.notBlocking({ count: remarks.length })}</StatusWord>
            </p>
          )}
          {blocking.length + remarks.length === 0 && (
            <p>
              <StatusWord tone="done">{w.checksGood}</StatusWord>
            </p>
          )}
          <ul className="plain-list">
            {[
              ...blocking,
              ...remarks,
              ...checks.filter((check) => check.met && check.rule === "annual.expense_ratio"),
            ].map((check) => (
              <li key={`${check.item}${check.field}`}>
                <CheckNote check={check} withField />
              </li>
            ))}
          </ul>
        </section>
      }
      receipt={(output) => (
        <Receipt
          number={`${report.year}-${report.code ?? report.id.slice(0, 8)}`}
          next={output.to === "supervisory-unit" ? w.done.unit : w.done.registrar}
        >
          <Link to={`/annual-inspection/${report.id}`}>{w.openReport}</Link>
        </Receipt>
      )}
    >
      {report.dueOn < dateInShanghai(new Date()) && <Notice tone="warn">{w.late}</Notice>}
      <FieldGroup title={w.groups.income}>
        {money(incomeFields)}
        <SumHint parts={incomeFields} total="incomeTotalFen" />
        {money(["incomeTotalFen"])}
      </FieldGroup>
      <FieldGroup title={w.groups.donations}>{money(donationFields)}</FieldGroup>
      <FieldGroup title={w.groups.spend}>
        {money(spendFields)}
        <SumHint parts={spendFields} total="spendTotalFen" />
        {money(["spendTotalFen"])}
      </FieldGroup>
      <FieldGroup title={w.groups.assets}>{money(assetFields)}</FieldGroup>
      <FieldGroup title={w.groups.base}>{money(baseFields)}</FieldGroup>
      <FieldGroup title={w.groups.people}>
        {countFields.map((name) => (
          <NumberField
            key={name}
            name={name}
            label={m.figures[name]}
            source={sourceOf(name)}
            required={false}
            unit={name === "activityCount" ? w.times : w.people}
          />
        ))}
        <ChoiceField
          name="partyOrganisation"
          label={m.figures.partyOrganisation}
          source={sourceOf("partyOrganisation")}
          required={false}
          choices={choicesOf(["established", "joint", "none"] as const, w.party)}
        />
        <TextField
          name="foreignContacts"
          label={m.figures.foreignContacts}
          rows={3}
          maxLength={2000}
          required={false}
        />
      </FieldGroup>
      <FieldGroup title={w.groups.details}>
        <Attachments organisationId={report.organisationId} reportId={report.id} />
      </FieldGroup>
    </FormPage>
  );
}

/** The checks that concern one field, and a place to explain when a word helps. */
function FieldChecks({ name, checks }: { readonly name: string; readonly checks: readonly Check[] }) {
  const w = useWords(words).fill;
  const form = useForm();
  const mine = checks.filter((check) => check.field === name && check.met === false && check.item !== "missing");
  const explainable =
    mine.some((check) =>
      ["negative_other_unexplained", "net_assets_do_not_follow", "differs_from_last_year"].includes(check.item),
    ) || Boolean(form.values[`${explained}${name}`]);
  if (mine.length === 0 && !explainable) return null;
  return (
    <div className="field-checks">
      {mine.map((check) => (
        <p key={check.item}>
          <CheckNote check={check} />
        </p>
      ))}
      {explainable && (
        <TextField
          name={`${explained}${name}`}
          label={w.explain}
          help={w.explainHelp}
          required={false}
          maxLength={500}
        />
      )}
    </div>
  );
}

/** What the parts add up to, offered and not imposed. */
function SumHint({ parts, total }: { readonly parts: readonly string[]; readonly total: string }) {
  const w = useWords(words).fill;
  const form = useForm();
  const given = parts.flatMap((name) => (typeof form.values[name] === "number" ? [form.values[name] as number] : []));
  if (given.length === 0) return null;
  const sum = given.reduce((all, one) => all + one, 0);
  if (form.values[total] === sum) return null;
  return (
    <p className="field-read">
      {w.sumOf({ sum: showYuan(sum) })}{" "}
      <Button size="small" onClick={() => form.set(total, sum)}>
        {w.useSum}
      </Button>
    </p>
  );
}

function Attachments({ organisationId, reportId }: { readonly organisationId: string; readonly reportId: string }) {
  const w = useWords(words).fill;
  const form = useForm();
  const [kind, setKind] = useState<(typeof attachmentKinds)[number]>("financial-report");
  const list = (form.values.attachments ?? []) as readonly Attachment[];
  return (
    <>
      {list.map((one) => (
        <FileDrop
          key={one.fileId}
          label={w.attachmentKinds[one.kind]}
          onFile={async () => {}}
          done={{ name: `${w.attachmentKinds[one.kind]}${one.name ? ` · ${one.name}` : ""}` }}
          onRemove={() =>
            form.set(
              "attachments",
              list.filter((other) => other.fileId !== one.fileId),
            )
          }
        />
      ))}
      <label className="ledger-filter">
        <span>{w.attachmentKind}</span>
        <select value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
          {attachmentKinds.map((one) => (
            <option key={one} value={one}>
              {w.attachmentKinds[one]}
            </option>
          ))}
        </select>
      </label>
      <FileDrop
        label={w.attachment}
        onFile={async (file, onProgress) => {
          const kept = await upload(keepFile, { organisationId, subjectId: reportId }, file, { onProgress });
          form.set("attachments", [...list, { fileId: kept.id, kind, name: kept.name }]);
        }}
      />
    </>
  );
}
