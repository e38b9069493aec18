import { useSession } from "../../../apps/web/session.tsx";
import { ActButtons } from "../../../apps/web/ui/act-form.tsx";
import { DivisionFilter } from "../../../apps/web/ui/division-filter.tsx";
import { PageHead, Section } from "../../../apps/web/ui/file-page.tsx";
import { showDate } from "../../../apps/web/ui/format.ts";
import { Ledger, type LedgerColumn } from "../../../apps/web/ui/ledger.tsx";
import { useLedgerState } from "../../../apps/web/ui/ledger-state.ts";
import { Answer, Empty, Notice } from "../../../apps/web/ui/notices.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import { useAct } from "../../../apps/web/use-act.ts";
import { useQueryOperation } from "../../../apps/web/use-operation.ts";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { appointLiaison, type Liaison, listLiaisons } from "../oversight.contract.ts";
import { words as baseWords } from "./equipment.web.words.ts";
import { words } from "./oversight.web.words.ts";

/** Liaisons (联络员): who to ask in each division, and which have nobody. */
export function Component() {
  const all = useWords(words);
  const w = all.liaisons;
  const base = useWords(baseWords);
  const { locale } = usePreferences();
  const { grant } = useSession();
  const act = useAct();
  const today = dateInShanghai(new Date());
  const state = useLedgerState(["division"]);
  const query = useQueryOperation(listLiaisons, { division: state.filters.division }, { keepPrevious: true });
  const columns: LedgerColumn<Liaison>[] = [
    { key: "division", title: w.division, cell: (row) => row.divisionName },
    { key: "name", title: w.name, cell: (row) => row.name },
    { key: "post", title: w.post, cell: (row) => row.post ?? "—" },
    { key: "phone", title: w.phone, cell: (row) => row.phone ?? "—" },
    { key: "from", title: w.from, cell: (row) => showDate(row.from, locale), text: (row) => row.from },
    {
      key: "until",
      title: w.until,
      cell: (row) => (row.until ? showDate(row.until, locale) : w.now),
      text: (row) => row.until ?? "",
    },
  ];
  const acts = act(
    "appoint",
    w.appoint,
    appointLiaison,
    { accountId: undefined, division: grant?.division },
    {
      note: w.appointNote,
      initial: { from: today },
    },
  );
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      {acts.length > 0 && (
        <ActButtons
          acts={acts}
          given={{ fields: { ...all.fields, name: all.names.liaison }, help: all.help }}
          subjectId={grant?.division ?? undefined}
        />
      )}
      <div className="ledger-filters">
        <DivisionFilter
          label={base.division}
          value={state.filters.division}
          onChange={(value) => state.setFilter("division", value)}
        />
      </div>
      <Answer query={query}>
        {(data) => (
          <>
            <Section title={w.missing}>
              {data.missing.length === 0 ? (
                <Notice tone="good">{w.noneMissing}</Notice>
              ) : (
                <p className="link-row">
                  {data.missing.map((one) => (
                    <StatusWord key={one.division} tone="soon">
                      {one.divisionName}
                    </StatusWord>
                  ))}
                </p>
              )}
            </Section>
            <Section title={w.all}>
              <Ledger
                id="equipment-liaisons"
                caption={w.title}
                columns={columns}
                rows={data.liaisons}
                rowKey={(row) => row.id}
                empty={<Empty title={w.empty} />}
              />
            </Section>
          </>
        )}
      </Answer>
    </>
  );
}
