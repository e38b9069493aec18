import { useQueries } from "@tanstack/react-query";
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
import type { ActInWords, WebModule } from "../web-module.ts";
import { heldWhy } from "./held-why.ts";
import { words } from "./phones.words.ts";

type Held = OutputOf<typeof listHeld>["held"][number];
const states = ["waiting", "applied", "set-aside"] as const;
/** What the server writes in place of a field that is not the reader's to see. */
const sealedWord = "(sealed)";
/** An act as the module reads it that it belongs to. */
const readBy = (modules: readonly WebModule[], held: Held, locale: "zh" | "en"): ActInWords | undefined =>
  modules.map((one) => one.heldActs?.[held.operation]).find((one) => one !== undefined)?.(held.input, locale);
const settle = settleHeld as unknown as Operation<unknown, unknown, unknown, string>;

/** Acts from phones that wait for a person (待处理的离线操作): what, why, and the two things that can be done. */
export function Component() {
  const { id } = useParams();
  const w = useWords(words).held;
  const { locale } = usePreferences();
  const { may } = useSession();
  const sentence = useCodeSentence();
  const names = useNames();
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
  const modules = useComposition();
  const acts = new Map(rows?.map((row) => [row.id, readBy(modules, row, locale)]));
  const whose = useWhose(acts.values());
  const nameOf = (row: Held) => whose.get(acts.get(row.id)?.to ?? "");
  const why = (row: Held): readonly string[] => {
    const said = heldWhy({
      code: row.code,
      facts: row.facts,
      locale,
      labels: acts.get(row.id)?.labels ?? {},
      officer: modules.flatMap((one) => one.heldSentences ?? []),
      sentence,
    });
    return said.length > 0 ? said : [w.unknownWhy];
  };
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
    {
      key: "what",
      title: w.what,
      cell: (row) => <What held={row} act={acts.get(row.id)} whose={nameOf(row)} />,
      text: (row) => [names.operation(row.operation), nameOf(row)].filter(Boolean).join(" "),
    },
    {
      key: "why",
      title: w.why,
      cell: (row) => why(row).map((one) => <div key={one}>{one}</div>),
      text: (row) => why(row).join(" "),
    },
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

/**
 * Names of those whom a page of acts is about (所涉人员), by the address of their file: one question each under the reader's own
 * right, masked as on that file; whoever may not be read has no name here either.
 */
function useWhose(acts: Iterable<ActInWords | undefined>): ReadonlyMap<string, string | null> {
  const asked = new Map<string, NonNullable<ActInWords["whose"]>>();
  for (const act of acts) if (act?.to && act.whose) asked.set(act.to, act.whose);
  const files = [...asked];
  const answers = useQueries({
    queries: files.map(([to, ask]) => ({
      queryKey: ["held-whose", to],
      queryFn: ({ signal }: { signal: AbortSignal }) => ask(signal),
      staleTime: 60_000,
      retry: false,
    })),
  });
  return new Map(
    files.flatMap(([to], at): (readonly [string, string | null])[] => {
      const answer = answers[at];
      if (answer?.data) return [[to, answer.data]];
      return answer?.isError ? [[to, null]] : [];
    }),
  );
}

/** What was recorded, in the words of the room it belongs to; the record itself stays one press away. */
function What({
  held,
  act,
  whose,
}: {
  readonly held: Held;
  readonly act: ActInWords | undefined;
  /** Null where the reader may not read whom it is about, or nobody is there. */
  readonly whose: string | null | undefined;
}) {
  const w = useWords(words).held;
  const names = useNames();
  return (
    <div className="held-act">
      <strong>{names.operation(held.operation)}</strong> {whose && (act?.to ? <Link to={act.to}>{whose}</Link> : whose)}
      {act && (
        <ul className="plain-list">
          {act.facts.map((one) => (
            <li key={one.term}>
              <span className="quiet">{one.term}</span> {one.value === sealedWord ? w.sealed : one.value}
            </li>
          ))}
        </ul>
      )}
      {act?.to && whose !== null ? (
        whose === undefined && <Link to={act.to}>{w.open}</Link>
      ) : (
        <details>
          <summary>{w.details}</summary>
          <pre className="json">{JSON.stringify(held.input, null, 2)}</pre>
        </details>
      )}
    </div>
  );
}
