import { significant } from "../kernel/divisions/code.ts";
import type { Actor } from "../kernel/operation/context.ts";
import type { Operation } from "../kernel/operation/define.ts";
import type { GroundId } from "../modules/credit/credit.catalogue.ts";
import {
  addGround,
  answerObjection,
  answerStatement,
  applyRemoval,
  decideListing,
  dismissProposal,
  object,
  proposeListing,
  recordStatement,
  removeListing,
  serveNotice,
  verifyRemoval,
  withdrawListing,
} from "../modules/credit/credit.contract.ts";
import type { Recorded } from "./register.ts";
import type { Stage } from "./stage.ts";

/** What a listing rests on. */
export interface Ground {
  readonly list?: "abnormal" | "serious";
  readonly ground: GroundId;
  readonly facts: Record<string, unknown>;
}

export const grounds = {
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
export class Case {
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
