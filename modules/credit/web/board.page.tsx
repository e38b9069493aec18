import { Link } from "react-router";
import { useSession } from "../../../apps/web/session.tsx";
import { PageHead } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { LedgerChoice } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { choicesOf, named } from "../../../apps/web/ui/naming.ts";
import { Answer, Empty } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { lists } from "../credit.catalogue.ts";
import { listingBoard, proposeListing } from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";
import { NearestClock } from "./credit-labels.tsx";

/** Both lists by stage (名录工作台): the nearest deadline first, each case with what happens next. */
export function Component() {
  const w = useWords(words).board;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["list", "division"]);
  const list = lists.find((one) => one === state.filters.list);
  const query = useQueryOperation(
    listingBoard,
    { list, division: state.filters.division, perColumn: 12 },
    { keepPrevious: true },
  );
  return (
    <>
      <PageHead
        title={w.title}
        state={query.data && w.state({ date: showDate(query.data.today, locale) })}
        tools={
          <>
            <LedgerChoice
              label={w.list}
              value={list}
              options={choicesOf(lists, m.lists)}
              onChange={(value) => state.setFilter("list", value)}
            />
            {may(proposeListing) && (
              <Link className="button-link" to="/credit/propose">
                {w.propose}
              </Link>
            )}
          </>
        }
      />
      <Answer query={query}>
        {(data) => {
          const filled = data.columns.filter((column) => column.total > 0);
          if (filled.length === 0) return <Empty title={w.empty}>{w.emptyHelp}</Empty>;
          return (
            <div className="stage-board">
              {filled.map((column) => (
                <section key={column.state} className="stage" aria-label={m.states[column.state]}>
                  <h2>
                    {m.states[column.state]} <span className="quiet">{w.count({ count: column.total })}</span>
                  </h2>
                  <ul>
                    {column.rows.map((row) => (
                      <li key={row.id}>
                        <Link to={`/credit/listings/${row.id}`}>{row.organisationName}</Link>
                        <span className="quiet">
                          {m.lists[row.list]} · {named(m.grounds[row.list], row.ground)}
                        </span>
                        <NearestClock listing={row} />
                        {row.next && <span>{named(m.nextActs, row.next)}</span>}
                      </li>
                    ))}
                  </ul>
                  {column.total > column.rows.length && (
                    <Link to={`/credit/listings?state=${column.state}${list ? `&list=${list}` : ""}`}>{w.more}</Link>
                  )}
                </section>
              ))}
            </div>
          );
        }}
      </Answer>
    </>
  );
}
