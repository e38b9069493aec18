import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import { type Handler, handle } from "../../../kernel/operation/handle.ts";
import { refreshCategories } from "../people.contract.ts";
import type { PersonEvents } from "./index.ts";
import { changePerson } from "./keep.handlers.ts";
import { lockPeople } from "./people.store.ts";
import { inOrder, subjectOf } from "./person.shape.ts";
import { type CategoryRow, categoriesOf, turnedCategories } from "./relations.store.ts";

/** People in one command: short transactions, so that nobody at work waits for the calendar. */
const BATCH = 50;
/** A class is looked for this many days after its first day: longer than any pause of the machine. */
const LOOK_BACK_DAYS = 62;

const inForce = (row: CategoryRow, today: string) => row.from_on <= today && (row.to_on === null || row.to_on > today);

/** Closes classes whose last day has passed and opens those whose first day has come, and tells the rooms that listen. */
const refresh = (events: readonly PersonEvents[]) =>
  handle(refreshCategories)(async (input, ctx) => {
    const people = (await lockPeople(ctx.tx, input.ids)).filter((one) => one.state === "present");
    const rows = await categoriesOf(ctx.tx, input.ids);
    const since = addDays(ctx.today, -LOOK_BACK_DAYS);
    let changed = 0;
    for (const before of people) {
      const own = rows.filter((row) => row.person_id === before.id && row.home_code === before.home_code);
      const held = new Set(own.filter((row) => inForce(row, ctx.today)).map((row) => row.category));
      const over = own.filter((row) => !held.has(row.category) && before.categories.includes(row.category));
      const ended = new Map(over.flatMap((row) => (row.to_on ? [[row.category, row.to_on] as const] : [])));
      const begun = own.filter(
        (row) => inForce(row, ctx.today) && row.from_on > since && !before.categories.includes(row.category),
      );
      if (ended.size === 0 && begun.length === 0) continue;
      const kept = before.categories.filter((one) => !ended.has(one));
      const categories = inOrder([...kept, ...begun.map((row) => row.category)]);
      const on = [...ended.values(), ...begun.map((row) => row.from_on)].sort().at(-1) ?? ctx.today;
      const after = await changePerson(ctx, events, before, { categories }, on);
      ctx.journal("categories-refreshed", subjectOf(after), {
        ended: [...ended.keys()],
        begun: begun.map((row) => row.category),
        on,
      });
      changed += 1;
    }
    return { changed };
  });

/** Looks every hour for classes that began or ended by their own dates (类别到期检查); the command only when there are some. */
export const refreshJob: JobKind = {
  id: "people.refresh-categories",
  everyMinutes: 60,
  run: async (job) => {
    const today = dateInShanghai(job.now());
    const ids = await job.database.transaction({ kind: "system" }, (tx) =>
      turnedCategories(tx, today, addDays(today, -LOOK_BACK_DAYS)),
    );
    for (let at = 0; at < ids.length; at += BATCH) {
      await job.call(refreshCategories.id, { ids: ids.slice(at, at + BATCH) });
      await job.progress({ done: Math.min(at + BATCH, ids.length), of: ids.length });
    }
  },
};

export const refreshHandlers = (events: readonly PersonEvents[]): Handler[] => [refresh(events)];
