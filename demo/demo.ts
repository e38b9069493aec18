import { z } from "zod";
import { systemActor } from "../kernel/auth/sessions.ts";
import { addDays } from "../kernel/clock/date.ts";
import { sql } from "../kernel/database/sql.ts";
import type { OpenHouse } from "../kernel/house/house.ts";
import { sealJournal } from "../kernel/journal/seal.ts";
import { defineCommand } from "../kernel/operation/define.ts";
import { handle } from "../kernel/operation/handle.ts";
import { newId } from "../kernel/operation/ids.ts";
import { setSetting } from "../kernel/settings/settings.contract.ts";
import { engageStaff, grantBody, grantStaff, writeAccounts } from "./accounts.ts";
import { Applications } from "./applications.ts";
import { planCare } from "./care.ts";
import { planCareWork } from "./care-work.ts";
import { planComplaints } from "./complaints.ts";
import { Credit } from "./credit.ts";
import { planDonations } from "./donations.ts";
import { Endings } from "./endings.ts";
import { planEquipment } from "./equipment.ts";
import { planOversight } from "./equipment-oversight.ts";
import { Files } from "./files.ts";
import { Inspection } from "./inspection.ts";
import { county } from "./names.ts";
import { planPeople } from "./people.ts";
import { planRegister } from "./register.ts";
import { Stage } from "./stage.ts";

export { demoAccounts } from "./accounts.ts";

const accounts = z.record(z.string(), z.string());

/** Begins the demonstration (开始演示数据): all accounts in one transaction, which is also the mark that it was begun. */
const begin = defineCommand("demonstration.begin", {
  who: [],
  door: "internal",
  input: z.object({}),
  output: z.object({ accounts }),
});

/** Ends the demonstration (完成演示数据): the mark that everything is there. */
const finish = defineCommand("demonstration.finish", {
  who: [],
  door: "internal",
  input: z.object({ commands: z.int(), skipped: z.int() }),
  output: z.object({}),
});

const beginHandler = handle(begin)(async (_input, ctx) => {
  const ids = await writeAccounts(ctx);
  const { root } = ctx.house;
  ctx.journal(
    "demonstration-begun",
    { kind: "demonstration", id: null, home: ctx.actor.home, division: root },
    { accounts: ids },
  );
  return { accounts: ids };
});

const finishHandler = handle(finish)(async (input, ctx) => {
  ctx.journal(
    "demonstration-finished",
    { kind: "demonstration", id: null, home: ctx.actor.home, division: ctx.house.root },
    input,
  );
  return {};
});

/** What the journal says of the demonstration: not begun, begun and broken off, or finished (演示数据状态). */
interface Progress {
  readonly begun?: { readonly at: Date; readonly accounts: Readonly<Record<string, string>> };
  readonly finished: boolean;
  /** Somebody works here already: nothing invented may be mixed in. */
  readonly inUse: boolean;
}

async function progressOf(open: OpenHouse): Promise<Progress> {
  const { home } = systemActor(open.house.root);
  const [begun, finished] = await open.database.transaction({ kind: "system" }, async (tx) => {
    const entries = await tx.many<{ operation: string; at: Date; payload: { accounts?: Record<string, string> } }>(sql`
      select operation, at, payload from journal_entry where home_code = ${home} and operation = any(${[begin.id, finish.id]}) and not refused`);
    return [entries.find((one) => one.operation === begin.id), entries.find((one) => one.operation === finish.id)];
  });
  const inUse = await open.database.transaction({ kind: "auth" }, (tx) =>
    tx.maybe(sql`select 1 as found from account limit 1`),
  );
  return {
    ...(begun?.payload.accounts ? { begun: { at: begun.at, accounts: begun.payload.accounts } } : {}),
    finished: finished !== undefined,
    inUse: inUse !== undefined,
  };
}

async function run(open: OpenHouse, handler: typeof beginHandler, input: unknown, now: Date): Promise<unknown> {
  return open.executor.run(handler, input, { actor: systemActor(open.house.root), requestId: newId(), now });
}

/** Local values of dated settings: what a county and a city decided for themselves (参数地方值). */
function planSettings(stage: Stage, day: string): void {
  const admin = stage.staff("administrator", stage.open.house.root);
  const set = (division: string, id: string, value: number | boolean, reason: string) =>
    stage.on(day, async () => {
      await stage.call(admin, setSetting, { id, division, from: stage.day, value, reason });
    });
  set(county, "annual.overdue-run-limit", 0, "本区逾期认定一律由人工核对后启动");
  set("6301", "annual.correction-days", 20, "本市补正期限延长为二十日");
  set("6328", "leadership.remind-days", 90, "州内交通不便，提前三个月提醒换届");
  set("63", "credit.answer-working-days", 8, "全省统一陈述申辩复核时限");
}

/**
 * Fills an empty installation with an invented province (演示数据). Broken off in the middle, it goes on at the next start
 * from the last command that was kept; finished, or with other people's work in the house, it does nothing.
 */
export async function demonstrate(
  open: OpenHouse,
  say: (line: string) => void,
): Promise<"made" | "continued" | "there" | "in-use"> {
  const before = await progressOf(open);
  if (before.finished) return "there";
  if (!before.begun && before.inUse) return "in-use";
  say(
    before.begun
      ? "示范数据续建 demonstration data: continued where it was broken off"
      : "示范数据生成中 demonstration data: being invented, about half a minute",
  );
  const started = Date.now();
  const now = before.begun?.at ?? open.clock();
  const ids =
    before.begun?.accounts ??
    ((await run(open, beginHandler, {}, now)) as { accounts: Record<string, string> }).accounts;

  const stage = new Stage(open, now);
  engageStaff(stage, ids);
  const { register, oldOn, youngOn } = planRegister(stage);
  const credit = new Credit(stage, register);
  const inspection: Inspection = new Inspection(stage, register, {
    overdue: (laggards, finished) =>
      credit.overdue(laggards, finished, ({ organisation, year }, day) =>
        inspection.comesAfterAll(organisation, year, day),
      ),
  });
  stage.on(oldOn, () => grantStaff(stage, ids));
  stage.on(addDays(oldOn, 1), async () => {
    credit.plan();
    new Applications(stage, register).plan();
    new Endings(stage, register).plan();
    new Files(stage, register).plan();
    if (open.handlers.has("complaints.accept")) planComplaints(stage, register);
    if (open.handlers.has("donations.record-donation")) planDonations(stage, register);
  });
  planSettings(stage, youngOn);
  if (open.handlers.has("people.record-census")) planPeople(stage);
  if (open.handlers.has("visiting-care.enrol")) planCare(stage);
  if (open.handlers.has("visiting-care.open-emergency")) planCareWork(stage);
  if (open.handlers.has("equipment.record-home")) {
    planEquipment(stage);
    planOversight(stage, register);
  }
  inspection.plan();
  stage.on(stage.today, async () => {
    const unit = register.units.get(`${county} 西宁市城东区教育局`);
    if (unit) await grantBody(stage, ids, "zhuguan", { unit, label: "西宁市城东区教育局" });
    const { toSubmit } = inspection.running;
    if (toSubmit)
      await grantBody(stage, ids, "zuzhi-nianbao", {
        organisation: toSubmit.id,
        home: toSubmit.home,
        label: toSubmit.name,
      });
    const { listed } = credit;
    if (listed)
      await grantBody(stage, ids, "zuzhi-yichang", { organisation: listed.id, home: listed.home, label: listed.name });
  });
  await stage.play();
  await run(open, finishHandler, { commands: stage.calls, skipped: stage.skipped }, now);
  const sealed = await sealJournal(open.database, open.house.keys, open.clock);
  const seconds = ((Date.now() - started) / 1_000).toFixed(1);
  say(
    `示范数据完成 demonstration data: ${register.all.length} organisations, ${stage.calls} commands, ${sealed} journal entries sealed, ${seconds} s`,
  );
  if (stage.skipped > 0)
    say(
      `其中 ${stage.skipped} 项因节假日未知未办 ${stage.skipped} acts left out: holidays not known yet, import them in the console`,
    );
  return before.begun ? "continued" : "made";
}
