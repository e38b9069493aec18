import { Link } from "react-router";
import { searchOrganisations } from "../../../apps/web/search-organisations.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons, type OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";

import { localClasses, nationalClasses } from "../credit.catalogue.ts";
import { correctRecord, record, records } from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";
import { useActWords } from "./credit-labels.tsx";

type Row = OutputOf<typeof records>["rows"][number];
const states = ["pending", "entered", "corrected"] as const;
const nothing = { recordId: undefined, creditCode: undefined, content: undefined };

/** Credit records (信用信息): entered within five working days; late entry is allowed and shown. */
export function Component() {
  const kit = useWords(kitWords);
  const w = useWords(words).records;
  const m = useWords(moduleWords);
  const given = useActWords();
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["state", "class", "localClass", "late", "division", "organisationId"]);
  const f = state.filters;
  const query = useQueryOperation(
    records,
    {
      state: states.find((one) => one === f.state),
      class: nationalClasses.find((one) => one === f.class),
      localClass: localClasses.find((one) => one === f.localClass),
      late: f.late === "true" ? true : undefined,
      division: f.division && /^\d{2,12}$/.test(f.division) ? f.division : undefined,
      organisationId: f.organisationId,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const today = dateInShanghai(new Date());
  const columns: LedgerColumn<Row>[] = [
    { key: "what", title: w.what, cell: (row) => row.title, text: (row) => row.title },
    {
      key: "organisation",
      title: w.organisation,
      cell: (row) => <Link to={`/credit/organisations/${row.organisationId}`}>{row.organisationName}</Link>,
      text: (row) => row.organisationName,
    },
    { key: "kind", title: w.kind, cell: (row) => m.recordKinds[row.kind], text: (row) => m.recordKinds[row.kind] },
    {
      key: "class",
      title: w.class,
      cell: (row) => m.classes[row.class],
      text: (row) => m.classes[row.class],
      optional: true,
    },
    {
      key: "localClass",
      title: w.localClass,
      cell: (row) => m.localClasses[row.localClass],
      text: (row) => m.localClasses[row.localClass],
      optional: true,
    },
    { key: "authority", title: w.authority, cell: (row) => row.authority, text: (row) => row.authority },
    { key: "formedOn", title: w.formedOn, cell: (row) => showDate(row.formedOn, locale), text: (row) => row.formedOn },
    {
      key: "state",
      title: w.recordState,
      cell: (row) => (
        <StatusWord tone={row.state === "pending" ? "soon" : row.onTime === false ? "late" : "muted"}>
          {row.onTime === false && row.state === "entered" ? w.enteredLate : m.recordStates[row.state]}
        </StatusWord>
      ),
      text: (row) => m.recordStates[row.state],
    },
    {
      key: "due",
      title: w.due,
      cell: (row) => (row.dueOn ? <DutyBadge dueOn={row.dueOn} today={today} done={row.enteredOn !== null} /> : "—"),
      text: (row) => row.dueOn ?? "",
    },
    {
      key: "acts",
      title: kit.act.column,
      text: () => "",
      cell: (row) => (
        <ActButtons
          quiet
          given={given}
          subjectId={row.id}
          organisationId={row.organisationId}
          acts={[
            ...(row.state === "pending" && may(record)
              ? [
                  {
                    key: `enter-${row.id}`,
                    title: w.enter,
                    operation: record,
                    fixed: {
                      recordId: row.id,
                      organisationId: undefined,
                      creditCode: undefined,
                      content: undefined,
                      kind: undefined,
                    },
                    reasons: [],
                    initial: { title: row.title, authority: row.authority, formedOn: row.formedOn },
                  },
                ]
              : []),
            ...(row.state === "entered" && may(correctRecord)
              ? [
                  {
                    key: `correct-${row.id}`,
                    title: w.correct,
                    operation: correctRecord,
                    fixed: { recordId: row.id, content: undefined },
                    reasons: [],
                  },
                ]
              : []),
          ]}
        />
      ),
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      {may(record) && (
        <ActButtons
          given={given}
          searches={{ organisationId: searchOrganisations }}
          acts={[{ key: "record", title: w.add, operation: record, fixed: nothing, reasons: [] }]}
        />
      )}
      <Ledger
        id="credit-records"
        caption={w.title}
        columns={columns}
        rows={query.data?.rows}
        rowKey={(row) => row.id}
        query={query}
        {...(query.data?.total === null || query.data?.total === undefined
          ? {}
          : { total: { value: query.data.total, exact: true } })}
        next={query.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.recordState}
              value={f.state}
              options={choicesOf(states, m.recordStates)}
              onChange={(value) => state.setFilter("state", value)}
            />
            <LedgerChoice
              label={w.class}
              value={f.class}
              options={choicesOf(nationalClasses, m.classes)}
              onChange={(value) => state.setFilter("class", value)}
            />
            <LedgerChoice
              label={w.localClass}
              value={f.localClass}
              options={choicesOf(localClasses, m.localClasses)}
              onChange={(value) => state.setFilter("localClass", value)}
            />
            <LedgerChoice
              label={w.late}
              value={f.late}
              options={[{ value: "true", label: w.yes }]}
              onChange={(value) => state.setFilter("late", value)}
            />
          </>
        }
        empty={<Empty title={w.empty} />}
      />
    </>
  );
}
