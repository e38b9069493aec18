import { addDays } from "../kernel/clock/date.ts";
import {
  acceptRectification,
  conclude,
  exemptReport,
  fileReport,
  list,
  orderRectification,
  reportRectification,
  requestCorrection,
  saveDraft,
  submitReport,
  unitConsent,
  unitReturn,
} from "../modules/annual-inspection/annual-inspection.contract.ts";
import { type Outcome, reportFigures } from "./figures.ts";
import { county } from "./names.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

/** The running year of one county. */
interface Given {
  readonly year: number;
  readonly firstYear: number;
  /** A day of the running year; see Inspection. */
  readonly day: (monthDay: string) => string;
  readonly markRectifications: () => Promise<void>;
}

/** Who sends a report on line, so many with a supervisory unit, so many registered directly. */
const online = { led: 4, direct: 18 };
/** Who has sent none when the last day is over: with a unit, and without. */
const late = { led: 4, direct: 10 };

/** The year that is being worked on, in one county (进行中的年检): a report at every state there is. */
export class RunningYear {
  readonly #stage: Stage;
  readonly #register: Register;
  readonly #given: Given;
  readonly #sent = new Map<string, string>();
  /** The organisation whose account has a report to send. */
  toSubmit: Recorded | undefined;

  constructor(stage: Stage, register: Register, given: Given) {
    this.#stage = stage;
    this.#register = register;
    this.#given = given;
  }

  #take(owing: readonly Recorded[], count: { led: number; direct: number }, unit = ""): Recorded[] {
    const free = owing.filter((one) => one.kind !== "foundation" && one.status === "registered");
    return [
      ...this.#register.take(count.led, (one) => free.includes(one) && one.unitName?.endsWith(unit) === true),
      ...this.#register.take(count.direct, (one) => free.includes(one) && one.unitId === null),
    ];
  }

  /** Chooses who is late, and plans how some of them come after all. */
  late(owing: readonly Recorded[]): Recorded[] {
    // Those with a unit belong to the one that has an account here: it finds work when it signs in.
    const chosen = this.#take(owing, late, "教育局");
    this.toSubmit = chosen.at(-1);
    for (const [at, one] of chosen.entries()) this.#comesLate(one, at);
    return chosen;
  }

  /** Chooses who sends on line, and plans what becomes of each report. */
  online(owing: readonly Recorded[]): Recorded[] {
    const chosen = this.#take(owing, online);
    const direct = chosen.filter((one) => one.unitId === null);
    for (const [at, one] of direct.entries()) this.#reports(one, at);
    for (const [at, one] of chosen.filter((each) => each.unitId !== null).entries())
      this.#send(one, this.#given.day(`03-0${2 + at}`), "plain");
    return chosen;
  }

  #own(one: Recorded) {
    return this.#stage.organisation(one.id, one.home);
  }

  get #registrar() {
    return this.#stage.staff("registrar", county);
  }

  get #decider() {
    return this.#stage.staff("decider", county);
  }

  #on(day: string, act: () => Promise<unknown>): void {
    this.#stage.on(day, async () => {
      await act();
    });
  }

  async #submit(one: Recorded, outcome: Outcome): Promise<string> {
    const { year, firstYear } = this.#given;
    const idle = outcome === "idle";
    const activity = {
      name: "年度公益活动",
      heldOn: `${year}-09-10`,
      place: one.domicile,
      participants: 40 + (one.scale % 60),
    };
    const { organisation } = one.party;
    const done = await this.#stage.call(this.#own(one), submitReport, {
      year,
      figures: {
        ...reportFigures(one, year, firstYear, outcome),
        partyOrganisation: organisation === "unknown" ? null : organisation,
        partyMembers: one.party.members,
        staffFullTime: one.employees,
        staffPartTime: 1,
      },
      details: { activities: idle ? [] : [activity] },
    });
    return done.reportId;
  }

  /** Sends a report, through the supervisory unit where there is one; `then` goes on when it has reached the registrar. */
  #send(one: Recorded, day: string, outcome: Outcome, then: (reportId: string) => void = () => {}): void {
    const stage = this.#stage;
    stage.on(day, async () => {
      const reportId = await this.#submit(one, outcome);
      const { unitId } = one;
      if (unitId === null) return then(reportId);
      this.#on(addDays(day, 3), () => stage.call(stage.unit(unitId), unitConsent, { reportId, opinion: "初审同意" }));
      stage.on(addDays(day, 5), async () => {
        await stage.call(this.#own(one), fileReport, { year: this.#given.year });
        then(reportId);
      });
    });
  }

  #conclude(reportId: string, conclusion: "basic" | "failed") {
    const issues =
      conclusion === "failed" ? [{ text: "将捐赠款用于章程以外的用途", severity: "serious" as const }] : [];
    return this.#stage.call(this.#decider, conclude, { reportId, conclusion, issues });
  }

  #order(reportId: string) {
    const items = ["恢复按章程开展活动", "完善档案与财务资料"];
    return this.#stage.call(this.#decider, orderRectification, { reportId, items });
  }

  /** Reports sent by the organisations themselves: one for every state after filing. */
  #reports(one: Recorded, at: number): void {
    const stage = this.#stage;
    const { day } = this.#given;
    const sent = day(`0${2 + (at % 3)}-${10 + (at % 15)}`);
    const rectify = (reportId: string, decided: string) => {
      this.#on(decided, () => this.#conclude(reportId, "basic"));
      this.#on(addDays(decided, 4), () => this.#order(reportId));
    };
    const report = (when: string) =>
      this.#on(when, () =>
        stage.call(this.#own(one), reportRectification, {
          year: this.#given.year,
          text: "已恢复活动，补齐档案，材料随附。",
        }),
      );
    if (at === 0) {
      // Ordered early and never answered: the day of the rectification passes.
      const decided = day("03-01");
      this.#send(one, day("01-25"), "idle", (id) => rectify(id, decided));
      stage.on(addDays(decided, 100), () => this.#given.markRectifications());
    } else if (at === 1) {
      this.#send(one, sent, "idle", (id) => {
        const decided = day("05-10");
        rectify(id, decided);
        report(addDays(decided, 40));
        const note = "现场核查属实";
        this.#on(addDays(decided, 45), () => stage.call(this.#registrar, acceptRectification, { reportId: id, note }));
      });
    } else if (at === 2 || at === 3) {
      this.#send(one, sent, "idle", (id) => {
        rectify(id, stage.ago(40 + at));
        if (at === 3) report(stage.ago(5));
      });
    } else if (at === 4)
      this.#send(one, sent, "idle", (id) => this.#on(stage.ago(6), () => this.#conclude(id, "failed")));
    else if (at === 5) this.#send(one, sent, "idle", (id) => this.#on(stage.ago(4), () => this.#conclude(id, "basic")));
    else if (at <= 9) this.#corrected(one, stage.ago([9, 16, 27, 35][at - 6] ?? 9), at);
    else this.#send(one, sent, "plain");
  }

  /** Corrections asked: one just now, one ending within days, one whose day has passed, one answered. */
  #corrected(one: Recorded, sent: string, at: number): void {
    const stage = this.#stage;
    const asked = addDays(sent, 5);
    this.#send(one, sent, "plain", (reportId) => {
      const gaps = ["缺少财务会计报告", "活动明细未填写参加人数"];
      this.#on(asked, () => stage.call(this.#registrar, requestCorrection, { reportId, gaps }));
      if (at === 9) this.#on(addDays(asked, 7), () => this.#submit(one, "plain"));
    });
  }

  /** Reports that come after their day, or do not come: with the unit, returned, agreed, excused, begun and not sent. */
  #comesLate(one: Recorded, at: number): void {
    const stage = this.#stage;
    const { unitId } = one;
    const { year, firstYear } = this.#given;
    if (unitId !== null && at < 4)
      this.#on(stage.ago([8, 3, 20, 12][at] ?? 8), async () =>
        this.#sent.set(one.id, await this.#submit(one, "plain")),
      );
    const sent = () => this.#sent.get(one.id) ?? "";
    if (unitId !== null && at === 2) {
      const reason = "财务数据与审计报告不一致，请核对后重报";
      this.#on(stage.ago(9), () => stage.call(stage.unit(unitId), unitReturn, { reportId: sent(), reason }));
    }
    if (unitId !== null && at === 3) {
      const opinion = "初审同意，请尽快报送登记管理机关";
      this.#on(stage.ago(4), () => stage.call(stage.unit(unitId), unitConsent, { reportId: sent(), opinion }));
    }
    if (at === 6)
      this.#on(this.#given.day("05-25"), () =>
        stage.batch(this.#decider, exemptReport, "exempt", async (ctx) => {
          const { rows } = await stage.within(ctx, list, { year, limit: 200 });
          const reportId = rows.find((row) => row.organisationId === one.id)?.id ?? "";
          const reason = "经批准停业装修，全年无活动";
          return stage.within(ctx, exemptReport, { reportId, reason });
        }),
      );
    if (one === this.toSubmit)
      this.#on(stage.ago(1), () => {
        const { incomeTotalFen, donationIncomeFen, spendTotalFen } = reportFigures(one, year, firstYear, "plain");
        return stage.call(this.#own(one), saveDraft, {
          year,
          figures: { incomeTotalFen, donationIncomeFen, spendTotalFen },
        });
      });
  }
}
