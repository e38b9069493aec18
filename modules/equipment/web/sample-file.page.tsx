import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { usePlacesOf } from "../../../apps/web/place-names.ts";
import { useOrganisationSearch } from "../../../apps/web/search-organisations.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { getSample, grantEvaluation, recordCheck } from "../oversight.contract.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { Rows } from "./home-sections.tsx";
import { ResultWord } from "./labels.tsx";
import { words } from "./oversight.web.words.ts";
import { populationText, redraw } from "./redraw.ts";

type Sample = OutputOf<typeof getSample>;
type Drawn = Sample["drawn"][number];

/** One sample (抽样结果): what was drawn, from what, and how anybody can draw it again. */
export function Component() {
  const { id = "" } = useParams();
  const query = useQueryOperation(getSample, { id });
  return <Answer query={query}>{(sample) => <File sample={sample} />}</Answer>;
}

function File({ sample }: { readonly sample: Sample }) {
  const all = useWords(words);
  const w = all.samples;
  const { locale } = usePreferences();
  const act = useAct();
  const search = useOrganisationSearch();
  const acts = act(
    "grant",
    w.grant,
    grantEvaluation,
    { sampleId: sample.id },
    {
      note: w.grantNote,
      searches: { organisation: search },
      fieldOf: (code) =>
        code === "equipment/unknown-organisation" || code === "equipment/evaluation-granted"
          ? "organisation"
          : code === "equipment/until-past"
            ? "until"
            : undefined,
    },
  );
  return (
    <FilePage
      title={sample.name}
      above={<Link to="/equipment/samples">{w.title}</Link>}
      state={
        <>
          <span>{w.purposes[sample.purpose]}</span>
          <span>{showDate(sample.drawnOn, locale)}</span>
          <StatusWord tone={sample.published ? "done" : "muted"}>
            {sample.published ? w.publishedYes : w.publishedNo}
          </StatusWord>
        </>
      }
    >
      {sample.purpose === "evaluation" && acts.length > 0 && (
        <ActButtons
          acts={acts}
          given={{ fields: all.fields, help: all.help }}
          subjectId={sample.id}
          doneText={(_, output) => {
            const { homes, until } = output as OutputOf<typeof grantEvaluation>;
            return w.granted({ homes, until: showDate(until, locale) });
          }}
        />
      )}
      <Section title={w.drawn}>
        <DrawnHomes sample={sample} />
      </Section>
      <How sample={sample} />
      <Evaluations sample={sample} />
    </FilePage>
  );
}

function DrawnHomes({ sample }: { readonly sample: Sample }) {
  const w = useWords(words).samples;
  const base = useWords(baseWords);
  const m = useWords(moduleWords);
  const { may } = useSession();
  const placeOf = usePlacesOf(sample.drawn.map((one) => one.division));
  const checking = sample.purpose === "spot_check" && may(recordCheck);
  const columns: LedgerColumn<Drawn>[] = [
    {
      key: "home",
      title: w.home,
      cell: (row) => <Link to={`/equipment/homes/${row.careHomeId}`}>{row.careHome}</Link>,
      text: (row) => row.careHome,
    },
    { key: "place", title: w.order, cell: (row) => showCount(row.place), numeric: true },
    { key: "division", title: w.place, cell: (row) => placeOf(row.division), text: (row) => placeOf(row.division) },
    {
      key: "checks",
      title: w.checks,
      cell: (row) =>
        row.checks.length === 0 ? (
          <StatusWord>{w.notChecked}</StatusWord>
        ) : (
          <span>
            {row.checks.map((one) => (
              <span key={`${one.item}${one.on}`} className="block-line">
                {m.items[one.item]} <ResultWord result={one.result} />
              </span>
            ))}
          </span>
        ),
      text: (row) => row.checks.map((one) => `${m.items[one.item]} ${m.checkResults[one.result]}`).join("; "),
    },
    ...(checking
      ? [
          {
            key: "act",
            title: base.act,
            cell: (row: Drawn) =>
              row.checks.length === 0 ? (
                <Link to={`/equipment/samples/${sample.id}/check/${row.careHomeId}`}>{w.check}</Link>
              ) : null,
          } satisfies LedgerColumn<Drawn>,
        ]
      : []),
  ];
  return (
    <Ledger
      id="equipment-drawn"
      caption={w.drawn}
      columns={columns}
      rows={sample.drawn}
      rowKey={(row) => row.careHomeId}
    />
  );
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Population, seed, digest and method (怎样核对); drawn again here and now, apart from the server. */
function How({ sample }: { readonly sample: Sample }) {
  const w = useWords(words).samples;
  const [again, setAgain] = useState<{ readonly digest: boolean; readonly drawn: boolean }>();
  const check = async () => {
    const { digest, drawn } = await redraw(sample.population, sample.seed, sample.size);
    const ordered = sample.drawn.toSorted((a, b) => a.place - b.place).map((one) => one.careHomeId);
    setAgain({ digest: digest === sample.populationDigest, drawn: drawn.join() === ordered.join() });
  };
  return (
    <Section title={w.how}>
      <p>{w.howSteps}</p>
      <Facts
        label={w.how}
        items={[
          { term: w.population, value: showCount(sample.populationSize) },
          { term: w.size, value: showCount(sample.size) },
          { term: w.seed, value: <span className="digest">{sample.seed}</span>, wide: true },
          { term: w.digest, value: <span className="digest">{sample.populationDigest}</span>, wide: true },
          { term: w.method, value: named(w.methods, sample.method), wide: true },
          { term: w.witness, value: sample.witness },
        ]}
      />
      <p>
        <StatusWord tone={sample.reproduced ? "done" : "late"}>
          {sample.reproduced ? w.reproduced : w.notReproduced}
        </StatusWord>
      </p>
      <p className="row-acts">
        <Button onClick={() => save(`population-${sample.id}.txt`, populationText(sample.population))}>
          {w.download}
        </Button>
        <Button onClick={() => void check()}>{w.again}</Button>
      </p>
      {again && (
        <Notice tone={again.digest && again.drawn ? "good" : "bad"} live>
          {again.digest && again.drawn ? w.againSame : again.digest ? w.againOther : w.againDigest}
        </Notice>
      )}
    </Section>
  );
}

function Evaluations({ sample }: { readonly sample: Sample }) {
  const w = useWords(words).samples;
  const { locale } = usePreferences();
  const today = dateInShanghai(new Date());
  if (sample.purpose !== "evaluation") return null;
  return (
    <Rows
      id="sample-evaluations"
      title={w.evaluations}
      none={w.noEvaluations}
      rows={sample.evaluations.map((one) => ({ ...one, id: one.organisationId }))}
      columns={[
        {
          key: "organisation",
          title: w.organisation,
          cell: (row) => <Link to={`/organisations/${row.organisationId}`}>{row.organisation}</Link>,
        },
        {
          key: "progress",
          title: w.progress,
          cell: (row) => w.done({ done: showCount(row.done), homes: showCount(row.homes) }),
        },
        {
          key: "until",
          title: w.until,
          cell: (row) => (
            <>
              {showDate(row.until, locale)} {row.until < today && <StatusWord tone="muted">{w.ended}</StatusWord>}
            </>
          ),
        },
      ]}
    />
  );
}
