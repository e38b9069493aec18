import { addDays } from "../kernel/clock/date.ts";
import { significant } from "../kernel/divisions/code.ts";
import type { Context } from "../kernel/operation/context.ts";
import { correctRecord, record, recordExistingListing } from "../modules/credit/credit.contract.ts";
import { Case, type Ground, grounds } from "./credit-case.ts";
import type { Laggard } from "./inspection.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

/** Days between service and decision that leave any statement period over, whatever holidays fall into it. */
const HEARD = 27;

/** Everything credit has to show (信用演示): both lists with their clocks, cases at every step, records of all classes. */
export class Credit {
  readonly #stage: Stage;
  readonly #register: Register;
  /** The organisation whose account shows what being listed looks like. */
  listed: Recorded | undefined;

  constructor(stage: Stage, register: Register) {
    this.#stage = stage;
    this.#register = register;
  }

  /** Organisations of a register that no other story uses. */
  #some(home: string, count: number, want: (one: Recorded) => boolean = () => true): Recorded[] {
    return this.#register.take(
      count,
      (one) =>
        one.home === home &&
        one.status === "registered" &&
        one.kind === "social_group" &&
        one.charityOn === null &&
        one.name.length < 30 &&
        want(one),
    );
  }

  /** Plans the cases whose days are counted back from today; called when the old register is loaded. */
  plan(): void {
    const county = this.#some("630102", 13);
    const province = this.#some("630000", 7);
    const city = this.#some("630100", 5);
    const next = (list: Recorded[]) => list.shift() as Recorded;

    // On the list, with the clocks of six and of twenty-four months before, at and after their day.
    this.#listed(next(county), grounds.warning, 178);
    this.#listed(next(county), grounds.fine, 188);
    this.listed = next(county);
    this.#listed(this.listed, grounds.unreachable, 96);
    this.#listed(next(province), grounds.unreachable, 716);
    this.#listed(next(province), grounds.unreachable, 742);
    this.#listed(next(province), grounds.party, 140);
    this.#listed(next(city), grounds.warning, 60);

    // On the serious list, one of them after two years on the other.
    this.#listed(next(province), grounds.heavyFine, 240);
    this.#listed(next(city), grounds.debtor, 330);
    const moved = next(province);
    this.#listed(moved, grounds.unreachable, 1_000);
    this.#listed(moved, grounds.twoYears, 235);

    // On the way to a decision.
    this.#underway(next(county), grounds.unreachable, { proposed: 2 });
    this.#underway(next(county), grounds.warning, { proposed: 5, noticed: 4 });
    this.#underway(next(county), grounds.unreachable, { proposed: 12, noticed: 11, stated: 3 });
    this.#underway(next(county), grounds.party, { proposed: 36, noticed: 34, stated: 25, answered: 9 });
    this.#underway(next(province), grounds.unreachable, { proposed: 42, noticed: 40 });
    this.#underway(next(city), grounds.unreachable, { proposed: 20, noticed: 19, stated: 14, accepted: 8 });

    // On the way off the list, and off it.
    this.#listed(next(county), grounds.unreachable, 130, (one) => this.#off(one, 5));
    this.#listed(next(county), grounds.unreachable, 150, (one) => this.#off(one, 9, 2));
    this.#listed(next(county), grounds.party, 260, (one) => this.#off(one, 120, 114, 110));
    this.#listed(next(city), grounds.warning, 420, (one) => this.#stage.on(this.#stage.ago(235), () => one.remove()));
    this.#listed(next(county), grounds.unreachable, 300, (one) =>
      this.#stage.on(this.#stage.ago(250), () => one.withdraw()),
    );
    this.#objections(next(county), next(city));
    this.#another(next(province));
    this.#legacy();
    this.#stage.on(this.#stage.ago(160), () => this.#records());
  }

  #listed(organisation: Recorded, ground: Ground, daysAgo: number, then?: (one: Case) => void): void {
    const one = new Case(this.#stage, organisation);
    const day = (back: number) => this.#stage.ago(daysAgo + back);
    this.#stage.on(day(HEARD + 3), async () => {
      if (!(await one.propose(ground))) return;
      this.#stage.on(day(HEARD), async () => {
        if (!(await one.notice())) return;
        this.#stage.on(day(0), async () => {
          if (await one.decide()) then?.(one);
        });
      });
    });
  }

  #underway(
    organisation: Recorded,
    ground: Ground,
    days: { proposed: number; noticed?: number; stated?: number; answered?: number; accepted?: number },
  ): void {
    const one = new Case(this.#stage, organisation);
    const on = (back: number | undefined, act: () => Promise<unknown>) => {
      if (back !== undefined)
        this.#stage.on(this.#stage.ago(back), async () => void (one.listingId !== "" && (await act())));
    };
    this.#stage.on(this.#stage.ago(days.proposed), async () => void (await one.propose(ground)));
    on(days.noticed, () => one.notice());
    on(days.stated, () => one.state());
    on(days.answered, () => one.answer("rejected"));
    on(days.accepted, () => one.answer("accepted"));
  }

  #off(one: Case, applied: number, verified?: number, removed?: number): void {
    this.#stage.on(this.#stage.ago(applied), () => one.apply());
    if (verified !== undefined) this.#stage.on(this.#stage.ago(verified), () => one.verify());
    if (removed !== undefined) this.#stage.on(this.#stage.ago(removed), () => one.remove());
  }

  #objections(open: Recorded, corrected: Recorded): void {
    this.#listed(open, grounds.unreachable, 80, (one) => {
      this.#stage.on(this.#stage.ago(50), async () => {
        const objection = await one.object();
        if (objection) this.#stage.on(this.#stage.ago(41), () => one.answerObjection(objection));
      });
      this.#stage.on(this.#stage.ago(3), async () => void (await one.object()));
    });
    this.#listed(corrected, grounds.unreachable, 200, (one) => {
      this.#stage.on(this.#stage.ago(190), async () => {
        const objection = await one.object();
        if (objection) this.#stage.on(this.#stage.ago(184), () => one.correctText(objection));
      });
    });
  }

  /** A second ground while on the list: with a notice and a decision of its own, it starts the clock again. */
  #another(organisation: Recorded): void {
    this.#listed(organisation, grounds.warning, 310, (one) => {
      this.#stage.on(this.#stage.ago(210), async () => {
        const added = await one.addGround(grounds.fine);
        if (!added) return;
        this.#stage.on(this.#stage.ago(207), async () => void (await added.notice()));
        this.#stage.on(this.#stage.ago(178), async () => void (await added.decide()));
      });
    });
  }

  /** Listings decided before this system: one still stands, one has left the serious list since. */
  #legacy(): void {
    const year = Number(this.#stage.today.slice(0, 4)) - 4;
    const [standing, removed] = this.#some("630100", 2) as [Recorded, Recorded];
    const load = (
      organisation: Recorded,
      list: "abnormal" | "serious",
      ground: "unreachable" | "heavy_fine",
      serial: number,
    ) =>
      this.#stage.call(this.#stage.staff("registrar", "6301"), recordExistingListing, {
        organisationId: organisation.id,
        list,
        ground,
        decisionNumber: `西民社异〔${year}〕${serial}号`,
        decidedOn: `${year}-11-${10 + serial}`,
        reasons: "见原决定书",
      });
    const day = `${year + 1}-02-01`;
    this.#stage.on(day, async () => void (await load(standing, "abnormal", "unreachable", 6)));
    this.#stage.on(day, async () => {
      const { listingId } = await load(removed, "serious", "heavy_fine", 7);
      const one = new Case(this.#stage, removed, listingId);
      this.#off(one, 62, 56, 52);
    });
  }

  /**
   * What follows from reports that never came (逾期后续): some proposals fall, some organisations are listed; of finished
   * years some send their report after all and leave the list again.
   */
  overdue(laggards: readonly Laggard[], finished: boolean, comesAfterAll: (one: Laggard, day: string) => void): void {
    const { day } = this.#stage;
    const on = (days: number, act: () => Promise<unknown>) =>
      this.#stage.on(addDays(day, days), async () => {
        await act();
      });
    for (const [at, laggard] of laggards.entries()) {
      const one = new Case(this.#stage, laggard.organisation, laggard.listingId);
      const turn = at % 4;
      if (turn === 3) {
        if (finished) on(6, () => one.dismiss());
        continue;
      }
      on(8, async () => {
        if (!(await one.notice())) return;
        if (turn === 2 && !finished) return;
        on(8 + HEARD, async () => {
          if (!(await one.decide()) || turn !== 0 || !finished) return;
          comesAfterAll(laggard, addDays(day, 62));
          on(70, () => one.apply());
          on(74, () => one.verify());
          on(77, () => one.remove());
        });
      });
    }
  }

  /** Records of all classes, entered from lists as offices receive them. */
  async #records(): Promise<void> {
    const sheet = this.#stage.open.house.sheets.get(record.id);
    if (!sheet) throw new Error("credit records cannot be entered");
    for (const code of ["63", "6301", "630102"]) {
      const own = this.#register.all.filter(
        (one) => significant(one.home) === code && one.status === "registered" && one.creditCode && one.wave === "old",
      );
      const today = this.#stage.day;
      const at = (back: number) => addDays(today, -back);
      const lines = own.flatMap((one, index) => {
        const base = { creditCode: one.creditCode as string };
        const out: Record<string, unknown>[] = [];
        if (one.grade)
          out.push({
            ...base,
            kind: "assessment_grade",
            title: `社会组织评估等级${one.grade.grade}`,
            authority: "演示省社会组织评估委员会",
            formedOn: minOf(one.grade.from, today),
            validTo: one.grade.to,
            public: true,
          });
        if (index % 9 === 2)
          out.push({
            ...base,
            kind: "honour",
            title: "先进社会组织",
            basis: `演示表彰〔${today.slice(0, 4)}〕${index}号`,
            authority: "演示表彰办公室",
            formedOn: at(3),
            validTo: addDays(today, 1_095),
            public: true,
          });
        if (index % 11 === 3)
          out.push({
            ...base,
            kind: "commission",
            title: "承接社区养老服务项目",
            authority: "演示街道办事处",
            formedOn: at(20),
            public: true,
          });
        if (index % 13 === 4)
          out.push({
            ...base,
            kind: "check_passed",
            title: "双随机抽查未发现问题",
            authority: "登记管理机关",
            formedOn: at(4),
          });
        if (index % 17 === 5)
          out.push({
            ...base,
            kind: "check_problem",
            title: "财务票据管理不规范，已责令改正",
            authority: "登记管理机关",
            formedOn: at(30),
            public: true,
          });
        if (index % 29 === 6)
          out.push({
            ...base,
            kind: "penalty_warning",
            title: "未按规定办理变更登记，警告",
            authority: "登记管理机关",
            basis: `演示罚字〔${today.slice(0, 4)}〕${index}号`,
            formedOn: at(6),
            public: true,
          });
        if (index % 37 === 7)
          out.push({
            ...base,
            kind: "other_good",
            title: "参加应急救援志愿服务",
            authority: "演示应急管理部门",
            formedOn: at(12),
          });
        return out;
      });
      if (lines.length === 0) continue;
      const first = await this.#stage.batch(
        this.#stage.staff("registrar", code),
        record,
        `credit ${code}`,
        async (ctx) => {
          const done = (await sheet.commit(
            ctx as Context,
            lines.map((line) => record.input.parse(line)),
            "demo",
          )) as Record<string, unknown>[];
          return String(done[0]?.id ?? "");
        },
      );
      if (code === "630102" && first !== "") {
        this.#stage.on(this.#stage.ago(90), async () => {
          await this.#stage.attempt(this.#stage.staff("registrar", code), correctRecord, {
            recordId: first,
            reason: "授予机关名称有误",
            authority: "演示市社会组织评估委员会",
          });
        });
      }
    }
  }
}

function minOf(one: string, other: string): string {
  return one < other ? one : other;
}
