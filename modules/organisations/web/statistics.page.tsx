import { useSearchParams } from "react-router";
import { usePlaceNames } from "../../../apps/web/place-names.ts";
import { useSession } from "../../../apps/web/session.tsx";
import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import { Chart } from "../../../apps/web/ui/chart.tsx";
import { Figure, Figures } from "../../../apps/web/ui/figure.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showCount, showDate, showPerMille } from "../../../apps/web/ui/format.ts";
import { Answer } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { getPartyCoverage, getStatistics } from "../organisations.contract.ts";
import { words } from "./organisations.web.words.ts";

/** Figures of the register (登记统计): each chart has its table, each figure leads to its rows. */
export function Component() {
  const w = useWords(words).statistics;
  const { grant } = useSession();
  const [search] = useSearchParams();
  const division = search.get("division") ?? grant?.division ?? undefined;
  const wanted = division && division !== "0" ? division : undefined;
  const statistics = useQueryOperation(getStatistics, { division: wanted });
  const party = useQueryOperation(getPartyCoverage, { division: wanted });
  const nameOf = usePlaceNames(wanted);
  return (
    <>
      <Answer query={statistics}>{(data) => <Numbers data={data} nameOf={nameOf} title={w.title} />}</Answer>
      <Answer query={party}>
        {(data) => (
          <Section title={w.party}>
            <Figures>
              <Figure
                title={w.party}
                value={showPerMille(data.rate)}
                base={w.partyBase({ required: showCount(data.required) })}
                note={`${w.covered} ${showCount(data.covered)}`}
              />
            </Figures>
            {data.byDivision.length > 1 && (
              <Chart
                title={w.partyByDivision}
                kind="bar"
                series={[w.required, w.covered]}
                rows={data.byDivision
                  .filter((one) => one.required > 0)
                  .map((one) => ({
                    label: nameOf(one.division),
                    values: [one.required, one.covered],
                    link: `/statistics?division=${one.division}`,
                  }))}
                unit={w.unit}
              />
            )}
          </Section>
        )}
      </Answer>
    </>
  );
}

function Numbers({
  data,
  nameOf,
  title,
}: {
  readonly data: OutputOf<typeof getStatistics>;
  readonly nameOf: (code: string) => string;
  readonly title: string;
}) {
  const w = useWords(words);
  const s = w.statistics;
  const { locale } = usePreferences();
  const bars = (rows: readonly { label: string; value: number; link: string }[]) =>
    rows.filter((row) => row.value > 0).map((row) => ({ label: row.label, values: [row.value], link: row.link }));
  return (
    <>
      <PageHead title={title} state={s.state({ division: nameOf(data.division), date: showDate(data.on, locale) })} />
      <Figures>
        <Figure title={s.total} value={data.total.value} unit={s.unit} rows={data.total.link} asOf={data.on} />
        <Figure title={s.living} value={data.living} unit={s.unit} base={s.base} note={s.livingNote} />
        {data.byListing
          .filter((one) => one.listing !== "none")
          .map((one) => (
            <Figure
              key={one.listing}
              title={w.listings[one.listing]}
              value={one.value}
              unit={s.unit}
              rows={one.link}
              tone={one.value > 0 ? "late" : undefined}
            />
          ))}
      </Figures>
      <div className="chart-pair">
        <Chart
          title={s.byKind}
          kind="bar"
          series={[s.byKind]}
          rows={bars(data.byKind.map((one) => ({ ...one, label: w.kinds[one.kind] })))}
          unit={s.unit}
        />
        <Chart
          title={s.byStatus}
          kind="bar"
          series={[s.byStatus]}
          rows={bars(data.byStatus.map((one) => ({ ...one, label: w.statuses[one.status] })))}
          unit={s.unit}
        />
        <Chart
          title={s.byGrade}
          kind="bar"
          series={[s.byGrade]}
          rows={bars(data.byGrade.map((one) => ({ ...one, label: one.grade === "-" ? w.noGrade : one.grade })))}
          unit={s.unit}
        />
        <Chart
          title={s.byYear}
          kind="line"
          series={[s.byYear]}
          rows={data.byYear.map((one) => ({ label: one.year, values: [one.value], link: one.link }))}
          unit={s.unit}
        />
      </div>
      {data.byDivision.length > 1 && (
        <Chart
          title={s.byDivision}
          kind="bar"
          series={[s.byDivision]}
          rows={bars(
            data.byDivision.map((one) => ({
              label: nameOf(one.division),
              value: one.value,
              link: one.division.length < 6 ? `/statistics?division=${one.division}` : one.link,
            })),
          )}
          unit={s.unit}
          note={s.source}
        />
      )}
    </>
  );
}
