import { Link } from "react-router";
import type { z } from "zod";
import { listDuties, summariseDuties } from "../../../kernel/duty/duty.contract.ts";
import { useComposition } from "../composition.ts";
import { useSession } from "../session.tsx";
import { type CitationLike, CitationText } from "../ui/citation.tsx";
import { DutyBadge } from "../ui/duty-badge.tsx";
import { Figure, Figures } from "../ui/figure.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showDate } from "../ui/format.ts";
import { Ledger, LedgerChoice, type LedgerColumn } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Answer, Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./pages.words.ts";

type Duty = z.output<typeof listDuties.output>["duties"][number];

/** The name of a kind of duty in the reader's language, as its module words it. */
export function useDutyName(): (kind: string) => string {
  const modules = useComposition();
  const { locale } = usePreferences();
  return (kind) => {
    for (const one of modules) {
      const found = one.duties?.[locale]?.[kind];
      if (typeof found === "string") return found;
      if (typeof found === "object" && found !== null && "name" in found)
        return String((found as { name: unknown }).name);
    }
    return kind;
  };
}

/** A duty's link may be a console path or one with the /console prefix; both lead to the same page. */
export function consolePath(link: string): string {
  return link.replace(/^\/console(?=\/)/, "") || "/today";
}

/** What is due today (今天): the home page. Earliest first; an empty list is a good state. */
export function Component() {
  const w = useWords(words).today;
  const { locale } = usePreferences();
  const { me } = useSession();
  const nameOf = useDutyName();
  const state = useLedgerState(["due", "kind", "holder"]);
  const summary = useQueryOperation(summariseDuties, {});
  const due = state.filters.due === "overdue" || state.filters.due === "week" ? state.filters.due : "all";
  const holder = (["staff", "organisation", "unit"] as const).find((one) => one === state.filters.holder);
  const list = useQueryOperation(
    listDuties,
    { due, kind: state.filters.kind, holder, after: state.after, limit: 50 },
    { keepPrevious: true },
  );
  const columns: LedgerColumn<Duty>[] = [
    {
      key: "subject",
      title: w.columns.subject,
      cell: (duty) => <Link to={consolePath(duty.link)}>{duty.subject}</Link>,
      text: (duty) => duty.subject,
    },
    { key: "what", title: w.columns.what, cell: (duty) => nameOf(duty.kind), text: (duty) => nameOf(duty.kind) },
    {
      key: "due",
      title: w.columns.due,
      cell: (duty) => <DutyBadge dueOn={duty.dueOn} daysLeft={duty.daysLeft} />,
      text: (duty) => duty.dueOn,
    },
    {
      key: "holder",
      title: w.columns.holder,
      cell: (duty) => w.holders[duty.holder],
      text: (duty) => w.holders[duty.holder],
    },
    {
      key: "opened",
      title: w.columns.opened,
      cell: (duty) => showDate(duty.openedOn, locale),
      text: (duty) => duty.openedOn,
      optional: true,
    },
    {
      key: "division",
      title: w.columns.division,
      cell: (duty) => duty.division,
      text: (duty) => duty.division,
      optional: true,
    },
    {
      key: "law",
      title: w.columns.law,
      cell: (duty) => (
        <>
          {duty.law.map((law) => (
            <CitationText key={JSON.stringify(law)} law={law as unknown as CitationLike} />
          ))}
        </>
      ),
      text: (duty) => duty.law.map((law) => `${String(law.document)} ${String(law.article)}`).join("; "),
      optional: true,
    },
  ];
  return (
    <>
      <PageHead
        title={w.title}
        state={
          summary.data && w.greeting({ name: me.displayName, overdue: summary.data.overdue, week: summary.data.week })
        }
      />
      <Answer query={summary}>
        {(data) => (
          <Figures>
            <Figure
              title={w.overdue}
              value={data.overdue}
              unit={w.item}
              tone={data.overdue > 0 ? "late" : undefined}
              rows="/today?due=overdue"
            />
            <Figure
              title={w.week}
              value={data.week}
              unit={w.item}
              tone={data.week > 0 ? "soon" : undefined}
              rows="/today?due=week"
            />
            <Figure title={w.open} value={data.open} unit={w.item} rows="/today" />
          </Figures>
        )}
      </Answer>
      <Ledger
        id="today"
        caption={w.list}
        columns={columns}
        rows={list.data?.duties}
        rowKey={(duty) => duty.id}
        query={list}
        next={list.data?.next}
        state={state}
        filters={
          <>
            <LedgerChoice
              label={w.columns.due}
              value={state.filters.due}
              options={[
                { value: "overdue", label: w.onlyOverdue },
                { value: "week", label: w.onlyWeek },
              ]}
              onChange={(value) => state.setFilter("due", value)}
            />
            <LedgerChoice
              label={w.kind}
              value={state.filters.kind}
              options={(summary.data?.kinds ?? []).map((one) => ({
                value: one.kind,
                label: `${nameOf(one.kind)} (${one.open})`,
              }))}
              onChange={(value) => state.setFilter("kind", value)}
            />
            <LedgerChoice
              label={w.holder}
              value={state.filters.holder}
              options={(["staff", "organisation", "unit"] as const).map((value) => ({
                value,
                label: w.holders[value],
              }))}
              onChange={(value) => state.setFilter("holder", value)}
            />
          </>
        }
        empty={<Empty title={w.none}>{w.noneHelp}</Empty>}
      />
    </>
  );
}
