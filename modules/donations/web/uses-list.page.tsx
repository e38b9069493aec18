import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons } from "../../../apps/web/ui/act-form.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn, LedgerSearch } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf } from "../../../apps/web/ui/naming.ts";
import { Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { correctUse, recordUse } from "../donations.contract.ts";
import { listUses, type UseLine } from "../donations.lists.contract.ts";
import { kinds } from "../donations.shapes.ts";
import { words as moduleWords } from "../donations.words.ts";
import { words as formWords } from "./donations.forms.words.ts";
import { words } from "./donations.web.words.ts";

/** What gifts were used for (捐赠使用), newest first, with its correction in the line. */
export function Component() {
  const w = useWords(words);
  const m = useWords(moduleWords);
  const f = useWords(formWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const act = useAct();
  const state = useLedgerState(["kind", "event"]);
  const uses = useQueryOperation(
    listUses,
    {
      kind: kinds.find((one) => one === state.filters.kind),
      event: state.filters.event,
      after: state.after,
      limit: 50,
    },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<UseLine>[] = [
    {
      key: "what",
      title: w.uses.what,
      cell: (row) => <Link to={`/ledger/trace?posting=${row.entryId}`}>{row.description}</Link>,
      text: (row) => row.description,
    },
    { key: "on", title: w.uses.on, cell: (row) => showDate(row.on, locale), text: (row) => row.on },
    {
      key: "cash",
      title: w.uses.cash,
      cell: (row) => (row.amountFen === null ? "" : showYuan(row.amountFen)),
      text: (row) => (row.amountFen === null ? "" : showYuan(row.amountFen)),
      numeric: true,
    },
    {
      key: "goods",
      title: w.list.goods,
      cell: (row) =>
        row.quantity === null
          ? ""
          : w.goods({ item: row.item ?? "", quantity: showCount(row.quantity), unit: row.unit ?? "" }),
    },
    { key: "recipient", title: w.uses.recipient, cell: (row) => row.recipient ?? w.none },
    { key: "owner", title: w.uses.owner, cell: (row) => row.owner },
    { key: "purpose", title: w.list.purpose, cell: (row) => row.purpose || w.list.anyPurpose },
    { key: "event", title: w.event, cell: (row) => row.event ?? "", optional: true },
    {
      key: "state",
      title: w.list.state_,
      cell: (row) =>
        row.state === "corrected" ? (
          <>
            <StatusWord tone="muted">{w.list.states.corrected}</StatusWord>{" "}
            <span className="quiet">{row.correctionReason}</span>
          </>
        ) : (
          <StatusWord tone="done">{w.list.states.recorded}</StatusWord>
        ),
      text: (row) => w.list.states[row.state],
    },
    ...(may(correctUse)
      ? [
          {
            key: "act",
            title: w.act,
            cell: (row: UseLine) =>
              row.state === "corrected" ? null : (
                <ActButtons
                  quiet
                  acts={act(
                    "correct",
                    w.uses.correct,
                    correctUse,
                    { id: row.id },
                    {
                      legal: true,
                      note: w.uses.correctNote,
                    },
                  )}
                  given={{ fields: f.fields, help: { reason: f.help.reason } }}
                  subjectId={row.id}
                  doneText={() => w.uses.done}
                />
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead
        title={w.uses.title}
        state={w.uses.state}
        tools={may(recordUse) && <Link to="/donations/uses/new">{w.uses.record}</Link>}
      />
      <Ledger
        id="donation-uses"
        caption={w.uses.title}
        columns={columns}
        rows={uses.data?.uses}
        rowKey={(row) => row.id}
        query={uses}
        next={uses.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.list.kind}
              value={state.filters.kind}
              options={choicesOf(kinds, m.kinds)}
              onChange={(value) => state.setFilter("kind", value)}
            />
            <LedgerSearch
              label={w.event}
              value={state.filters.event}
              onChange={(value) => state.setFilter("event", value)}
            />
          </>
        }
        empty={<Empty title={w.uses.empty} />}
      />
    </>
  );
}
