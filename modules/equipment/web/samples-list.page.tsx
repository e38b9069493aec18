import { Link } from "react-router";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { drawSample, listSamples, type SampleLine } from "../oversight.contract.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { words } from "./oversight.web.words.ts";

/** What came of the draw, and where its list stands. */
function Drawn({ output }: { readonly output: OutputOf<typeof drawSample> }) {
  const w = useWords(words).samples;
  return (
    <>
      {w.drawnNow({ population: showCount(output.populationSize), drawn: showCount(output.drawn.length) })}{" "}
      <Link to={`/equipment/samples/${output.id}`}>{w.see}</Link>
    </>
  );
}

const purposes = ["spot_check", "evaluation"] as const;

/** Samples (抽样批次), newest first. */
export function Component() {
  const all = useWords(words);
  const w = all.samples;
  const base = useWords(baseWords);
  const { locale } = usePreferences();
  const act = useAct();
  const state = useLedgerState(["purpose", "division"]);
  const samples = useQueryOperation(
    listSamples,
    {
      purpose: purposes.find((one) => one === state.filters.purpose),
      division: state.filters.division,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<SampleLine>[] = [
    {
      key: "name",
      title: w.name,
      cell: (row) => <Link to={`/equipment/samples/${row.id}`}>{row.name}</Link>,
      text: (row) => row.name,
    },
    { key: "purpose", title: w.purpose, cell: (row) => w.purposes[row.purpose] },
    { key: "drawnOn", title: w.drawnOn, cell: (row) => showDate(row.drawnOn, locale), text: (row) => row.drawnOn },
    { key: "population", title: w.population, cell: (row) => showCount(row.populationSize), numeric: true },
    { key: "size", title: w.size, cell: (row) => showCount(row.size), numeric: true },
    { key: "checked", title: w.checked, cell: (row) => showCount(row.checked), numeric: true },
    { key: "witness", title: w.witness, cell: (row) => row.witness },
    {
      key: "published",
      title: w.published,
      cell: (row) => (
        <StatusWord tone={row.published ? "done" : "muted"}>
          {row.published ? w.publishedYes : w.publishedNo}
        </StatusWord>
      ),
      text: (row) => (row.published ? w.publishedYes : w.publishedNo),
    },
  ];
  const acts = act(
    "draw",
    w.draw,
    drawSample,
    {},
    {
      legal: true,
      note: w.drawNote,
      initial: { purpose: "spot_check", publish: true },
      fieldOf: (code) =>
        code === "equipment/sample-size"
          ? "size"
          : code === "equipment/no-population" || code === "equipment/outside-your-division"
            ? "division"
            : undefined,
    },
  );
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      {acts.length > 0 && (
        <ActButtons
          acts={acts}
          given={{ fields: all.fields, help: all.help, choices: { purpose: w.purposes } }}
          doneText={(_, output) => <Drawn output={output as OutputOf<typeof drawSample>} />}
        />
      )}
      <Ledger
        id="equipment-samples"
        caption={w.title}
        columns={columns}
        rows={samples.data?.samples}
        rowKey={(row) => row.id}
        query={samples}
        next={samples.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.purpose}
              value={state.filters.purpose}
              options={choicesOf(purposes, w.purposes)}
              onChange={(value) => state.setFilter("purpose", value)}
            />
            <DivisionFilter
              label={base.division}
              value={state.filters.division}
              onChange={(value) => state.setFilter("division", value)}
            />
          </>
        }
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
