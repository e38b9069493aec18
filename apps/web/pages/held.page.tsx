import { Link, useParams } from "react-router";
import type { Operation } from "../../../kernel/operation/define.ts";
import { listHeld, settleHeld } from "../../../kernel/sync/sync.contract.ts";
import { useComposition, useNames } from "../composition.ts";
import { usePlacesOf } from "../place-names.ts";
import { useSession } from "../session.tsx";
import { ActButtons, type ActChoice, type OutputOf } from "../ui/act-form.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showInstant } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { useCodeSentence } from "../ui/problem-sentence.ts";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./phones.words.ts";

type Held = OutputOf<typeof listHeld>["held"][number];
const states = ["waiting", "applied", "set-aside"] as const;
const settle = settleHeld as unknown as Operation<unknown, unknown, unknown, string>;

/** Acts from phones that wait for a person (待处理的离线操作): what, why, and the two things that can be done. */
export function Component() {
  const { id } = useParams();
  const w = useWords(words).held;
  const { locale } = usePreferences();
  const { may } = useSession();
  const sentence = useCodeSentence();
  const state = useLedgerState(["state"]);
  const held = useQueryOperation(
    listHeld,
    {
      state: states.find((one) => one === state.filters.state) ?? "waiting",
      after: state.after,
      limit: id ? 200 : 50,
    },
    { keepPrevious: true },
  );
  const rows = id ? held.data?.held.filter((one) => one.id === id) : held.data?.held;
  const placeOf = usePlacesOf(rows?.map((one) => one.division));
  const why = (row: Held) => sentence(row.code, row.facts) ?? w.unknownWhy;
  const actsOf = (row: Held): ActChoice[] => [
    {
      key: "apply",
      title: w.apply,
      operation: settle,
      fixed: { id: row.id, decision: "apply" },
      reasons: [],
      note: w.applyNote,
    },
    {
      key: "set-aside",
      title: w.aside,
      operation: settle,
      fixed: { id: row.id, decision: "set-aside" },
      reasons: [],
      note: w.asideNote,
    },
  ];
  const columns: LedgerColumn<Held>[] = [
    { key: "what", title: w.what, cell: (row) => <What held={row} />, text: (row) => row.operation },
    { key: "why", title: w.why, cell: why, text: why },
    {
      key: "happened",
      title: w.happened,
      cell: (row) => showInstant(row.happenedAt, locale),
      text: (row) => row.happenedAt,
    },
    {
      key: "by",
      title: w.by,
      cell: (row) => (
        <>
          {row.person} <span className="quiet">{row.device}</span>
        </>
      ),
      text: (row) => row.person,
    },
    {
      key: "division",
      title: w.division,
      cell: (row) => placeOf(row.division),
      text: (row) => placeOf(row.division),
    },
    {
      key: "received",
      title: w.received,
      cell: (row) => showInstant(row.receivedAt, locale),
      text: (row) => row.receivedAt,
      optional: true,
    },
    {
      key: "act",
      title: w.act,
      cell: (row) =>
        row.state === "waiting" && may(settleHeld) ? (
          <ActButtons quiet acts={actsOf(row)} given={{ fields: { reason: w.reason } }} subjectId={row.id} />
        ) : (
          <>
            <StatusWord tone={row.state === "waiting" ? "soon" : "done"}>{w.states[row.state]}</StatusWord>{" "}
            <span className="quiet">{row.reason}</span>
          </>
        ),
    },
  ];
  return (
    <>
      <PageHead title={id ? w.one : w.title} state={w.state} tools={id && <Link to="/phones/held">{w.all}</Link>} />
      <Ledger
        id="held"
        caption={w.title}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.id}
        query={held}
        next={id ? null : held.data?.next}
        state={state}
        filters={
          <LedgerChoice
            label={w.stateColumn}
            value={state.filters.state}
            anyLabel={w.states.waiting}
            options={states.slice(1).map((value) => ({ value, label: w.states[value] }))}
            onChange={(value) => state.setFilter("state", value)}
          />
        }
        empty={<Empty title={w.empty}>{w.emptyHelp}</Empty>}
      />
    </>
  );
}

/** What was recorded, in the words of the room it belongs to; the record itself stays one press away. */
function What({ held }: { readonly held: Held }) {
  const w = useWords(words).held;
  const { locale } = usePreferences();
  const names = useNames();
  const modules = useComposition();
  const read = modules.map((one) => one.heldActs?.[held.operation]).find((one) => one !== undefined);
  const act = read?.(held.input, locale);
  return (
    <>
      <strong>{names.operation(held.operation)}</strong>
      {act && (
        <ul className="plain-list">
          {act.facts.map((one) => (
            <li key={one.term}>
              <span className="quiet">{one.term}</span> {one.value}
            </li>
          ))}
        </ul>
      )}
      {act?.to ? (
        <Link to={act.to}>{w.open}</Link>
      ) : (
        <details>
          <summary>{w.details}</summary>
          <pre className="json">{JSON.stringify(held.input, null, 2)}</pre>
        </details>
      )}
    </>
  );
}
