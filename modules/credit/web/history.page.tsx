import { useState } from "react";
import { Link, useParams } from "react-router";
import { download } from "../../../apps/web/client.ts";
import { useSession } from "../../../apps/web/session.tsx";
import { ActButton } from "../../../apps/web/ui/act-button.tsx";
import { Facts } from "../../../apps/web/ui/facts.tsx";
import { FilePage, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { Answer, Failed } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { history, report } from "../credit.contract.ts";
import { words as moduleWords } from "../credit.words.ts";
import { words } from "./credit.web.words.ts";
import { StageOf } from "./credit-labels.tsx";

/** Everything credit knows of one organisation (信用档案); no score, the law has none. */
export function Component() {
  const { id = "" } = useParams();
  const w = useWords(words).history;
  const m = useWords(moduleWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const query = useQueryOperation(history, { organisationId: id });
  const [failure, setFailure] = useState<unknown>();
  return (
    <Answer query={query}>
      {(data) => (
        <FilePage
          title={data.listings[0]?.organisationName ?? data.records[0]?.organisationName ?? w.title}
          above={w.title}
          state={
            data.standing === "none" ? (
              <StatusWord tone="done">{w.none}</StatusWord>
            ) : (
              <StatusWord tone="late">
                {m.lists[data.standing]} {data.since && w.since({ date: showDate(data.since, locale) })}
              </StatusWord>
            )
          }
          tools={<Link to={`/organisations/${id}`}>{w.organisation}</Link>}
          next={
            may(report) && (
              <ActButton
                primary
                onAct={() => download(report, { organisationId: id }).then(() => setFailure(undefined), setFailure)}
              >
                {w.report}
              </ActButton>
            )
          }
        >
          {failure !== undefined && <Failed error={failure} />}
          <p className="quiet">{m.noScore}</p>
          {data.effects.length > 0 && (
            <Section title={w.effects}>
              <ul>
                {data.effects.map((effect) => (
                  <li key={effect}>{named(m.effects, effect)}</li>
                ))}
              </ul>
            </Section>
          )}
          {data.counts.length > 0 && (
            <Section title={w.counts}>
              <Facts
                items={data.counts.map((one) => ({
                  term: `${named(m.classes, one.class)} · ${named(m.localClasses, one.localClass)}`,
                  value: one.records,
                }))}
              />
            </Section>
          )}
          <Section title={w.listings}>
            {data.listings.length === 0 ? (
              <p className="quiet">{w.noListings}</p>
            ) : (
              <ul className="plain-list">
                {data.listings.map((listing) => (
                  <li key={listing.id}>
                    <Link to={`/credit/listings/${listing.id}`}>
                      {m.lists[listing.list]}：{named(m.grounds[listing.list], listing.ground)}
                    </Link>{" "}
                    <StageOf state={listing.state} />{" "}
                    <span className="quiet">
                      {listing.decisionNumber} {showDate(listing.listedOn, locale)}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <Section title={w.records}>
            {data.records.length === 0 ? (
              <p className="quiet">{w.noRecords}</p>
            ) : (
              <ul className="plain-list">
                {data.records.map((record) => (
                  <li key={record.id}>
                    {showDate(record.formedOn, locale)} <strong>{record.title}</strong> {m.recordKinds[record.kind]}{" "}
                    <span className="quiet">{record.authority}</span>{" "}
                    <StatusWord tone={record.state === "pending" ? "soon" : "muted"}>
                      {m.recordStates[record.state]}
                    </StatusWord>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </FilePage>
      )}
    </Answer>
  );
}
