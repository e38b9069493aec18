import { addDays } from "../kernel/clock/date.ts";
import { significant } from "../kernel/divisions/code.ts";
import type { Actor, Context } from "../kernel/operation/context.ts";
import type { Operation } from "../kernel/operation/define.ts";
import type { GroundId } from "../modules/credit/credit.catalogue.ts";
import {
  addGround,
  answerObjection,
  answerStatement,
  applyRemoval,
  correctRecord,
  decideListing,
  dismissProposal,
  object,
  proposeListing,
  record,
  recordExistingListing,
  recordStatement,
  removeListing,
  serveNotice,
  verifyRemoval,
  withdrawListing,
} from "../modules/credit/credit.contract.ts";
import type { Laggard } from "./inspection.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

/** What a listing rests on. */
interface Ground {
  readonly list?: "abnormal" | "serious";
  readonly ground: GroundId;
  readonly facts: Record<string, unknown>;
}

const grounds = {
  unreachable: { ground: "unreachable", facts: { registered_mail_attempts: 2, signed: 0, gap_days: 20 } },
  warning: { ground: "light_penalty", facts: { penalty: "warning" } },
  fine: { ground: "light_penalty", facts: { penalty: "fine", amount: 8_000 } },
  party: { ground: "party_organisation", facts: { party_organisation_required: true, established: false } },
  idleFundraising: { ground: "no_public_fundraising_6_months", facts: { months_without_fundraising: 7 } },
  heavyFine: { list: "serious", ground: "heavy_fine", facts: { penalty: "fine", amount: 80_000 } },
  debtor: { list: "serious", ground: "dishonest_judgment_debtor", facts: { dishonest_judgment_debtor: true } },
  twoYears: { list: "serious", ground: "abnormal_24_months", facts: {} },
} as const satisfies Record<string, Ground>;

const remedy = "可以自收到本决定书之日起六十日内申请行政复议，或者六个月内提起行政诉讼。";
const reasons = "经核对登记系统、送达凭证与收件登记，事实清楚，证据充分，当事人未提出足以推翻的陈述申辩。";

/** One organisation's way onto a list and off it, act by act (一个列入案件). */
class Case {
  readonly #stage: Stage;
  readonly organisation: Recorded;
  listingId: string;
  #goesOn = true;

  constructor(stage: Stage, organisation: Recorded, listingId = "") {
    this.#stage = stage;
    this.organisation = organisation;
    this.listingId = listingId;
  }

  /** An act that waits for holidays nobody knows yet ends the case: nothing after it can have happened. */
  async #act<In, Sent, Out, Code extends string>(
    actor: Actor,
    operation: Operation<In, Sent, Out, Code>,
    input: Sent,
  ): Promise<Out | undefined> {
    if (!this.#goesOn) return undefined;
    const done = await this.#stage.attempt(actor, operation, input);
    this.#goesOn = done !== undefined;
    return done;
  }

  get #registrar() {
    return this.#stage.staff("registrar", significant(this.organisation.home));
  }

  get #decider() {
    return this.#stage.staff("decider", significant(this.organisation.home));
  }

  get #own() {
    return this.#stage.organisation(this.organisation.id, this.organisation.home);
  }

  async propose(ground: Ground): Promise<boolean> {
    const done = await this.#act(this.#registrar, proposeListing, {
      organisationId: this.organisation.id,
      list: ground.list ?? "abnormal",
      ground: ground.ground,
      facts: ground.facts,
      evidenceNote: "案卷第三册，挂号信回执与现场核查记录",
    });
    this.listingId = done?.listingId ?? "";
    return done !== undefined;
  }

  async notice(): Promise<boolean> {
    const done = await this.#act(this.#registrar, serveNotice, {
      listingId: this.listingId,
      method: "mail",
      serviceNote: "挂号信，回执存卷",
    });
    return done !== undefined;
  }

  async state(content = "我单位住所变更未及时申请登记，现已提交材料，请予复核。"): Promise<void> {
    await this.#act(this.#own, recordStatement, { listingId: this.listingId, content });
  }

  async answer(outcome: "accepted" | "rejected"): Promise<void> {
    const text = outcome === "accepted" ? "陈述属实，依据不足，不予列入。" : "所述情形不影响事实认定，维持拟列入意见。";
    await this.#act(this.#registrar, answerStatement, { listingId: this.listingId, outcome, reasons: text });
  }

  async dismiss(): Promise<void> {
    await this.#act(this.#registrar, dismissProposal, {
      listingId: this.listingId,
      reason: "经核实情形已消除，尚未送达告知，不再列入。",
    });
  }

  async decide(): Promise<boolean> {
    return (
      (await this.#act(this.#decider, decideListing, { listingId: this.listingId, reasons, remedy })) !== undefined
    );
  }

  async apply(): Promise<void> {
    await this.#act(this.#own, applyRemoval, {
      listingId: this.listingId,
      content: "有关事项已改正，材料随附，申请移出。",
    });
  }

  async verify(outcome: "fulfilled" | "not-fulfilled" = "fulfilled"): Promise<void> {
    const findings = outcome === "fulfilled" ? "经现场核查，改正属实。" : "材料不全，尚未改正。";
    await this.#act(this.#registrar, verifyRemoval, { listingId: this.listingId, outcome, findings });
  }

  async remove(): Promise<void> {
    await this.#act(this.#decider, removeListing, {
      listingId: this.listingId,
      reasons: "改正属实，符合移出条件。",
    });
  }

  async object(): Promise<string | undefined> {
    const done = await this.#act(this.#own, object, {
      listingId: this.listingId,
      content: "告知书寄往旧址，我单位未收到，请予核实。",
    });
    return done?.objectionId;
  }

  async answerObjection(objectionId: string): Promise<void> {
    await this.#act(this.#registrar, answerObjection, {
      objectionId,
      outcome: "dismissed",
      answer: "送达地址为登记住所，送达有效，异议不成立。",
    });
  }

  async correctText(objectionId: string): Promise<void> {
    await this.#act(this.#registrar, answerObjection, {
      objectionId,
      outcome: "upheld",
      answer: "列入事由表述有误，予以更正。",
      publicReason: "列入事由表述有误",
      correction: { groundText: "登记住所无法取得联系（两次挂号信均退回）" },
    });
  }

  async withdraw(): Promise<void> {
    await this.#act(this.#decider, withdrawListing, {
      listingId: this.listingId,
      basis: "reconsideration",
      basisNumber: "演示复决〔2025〕3号",
      reasons: "复议机关撤销原列入决定。",
      publicReason: "行政复议决定撤销原列入决定",
    });
  }

  async addGround(ground: Ground): Promise<Case | undefined> {
    const done = await this.#act(this.#registrar, addGround, {
      listingId: this.listingId,
      ground: ground.ground,
      facts: ground.facts,
      evidenceNote: "行政处罚决定书",
    });
    return done ? new Case(this.#stage, this.organisation, done.listingId) : undefined;
  }
}

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
