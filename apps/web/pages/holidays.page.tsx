import { importHolidays, listHolidays } from "../../../kernel/settings/settings.contract.ts";
import { useSession } from "../session.tsx";
import { ActButtons, type ActWords, type OutputOf } from "../ui/act-form.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showDate } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";

type Day = OutputOf<typeof listHolidays>["days"][number];

/** Holidays and make-up working days (节假日安排); beyond the last known year nothing is guessed. */
export function Component() {
  const w = useWords(words).holidays;
  const { locale } = usePreferences();
  const { may } = useSession();
  const state = useLedgerState(["year"]);
  const year = Number(state.filters.year);
  const list = useQueryOperation(listHolidays, Number.isInteger(year) && year > 1990 ? { year } : {}, {
    keepPrevious: true,
  });
  const given: ActWords = {
    fields: { year: w.year, days: w.days, date: w.date, kind: w.kind, name: w.name, source: w.source },
    choices: { kind: w.kinds },
  };
  const columns: LedgerColumn<Day>[] = [
    { key: "day", title: w.day, cell: (day) => showDate(day.date, locale), text: (day) => day.date },
    { key: "name", title: w.name, cell: (day) => day.name, text: (day) => day.name },
    {
      key: "kind",
      title: w.kind,
      cell: (day) => <StatusWord tone={day.kind === "holiday" ? "done" : "neutral"}>{w.kinds[day.kind]}</StatusWord>,
      text: (day) => w.kinds[day.kind],
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={list.data && w.state({ until: showDate(list.data.knownUntil, locale) })} />
      {may(importHolidays) && (
        <ActButtons
          acts={[
            { key: "import", title: w.import, operation: importHolidays, fixed: {}, reasons: [], note: w.importNote },
          ]}
          given={given}
        />
      )}
      <Ledger
        id="holidays"
        caption={w.title}
        columns={columns}
        rows={list.data?.days}
        rowKey={(day) => day.date}
        query={list}
        state={state}
        filters={
          <LedgerChoice
            label={w.year}
            value={state.filters.year}
            options={(list.data?.years ?? []).map((one) => ({ value: String(one), label: String(one) }))}
            onChange={(value) => state.setFilter("year", value)}
          />
        }
        empty={<Empty title={w.none} />}
        {...(list.data ? { total: { value: list.data.days.length, exact: true } } : {})}
      />
    </>
  );
}
