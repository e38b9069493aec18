import type { Establishment } from "../modules/organisations/applications.contract.ts";
import type { Kind } from "../modules/organisations/index.ts";
import * as op from "../modules/organisations/organisations.contract.ts";
import { inventedCreditCode, inventedPhone, type RegisteredKind } from "./codes.ts";
import { Dice } from "./dice.ts";
import { county, type InventedName, organisationName, personName } from "./names.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

const papersOf = (kind: RegisteredKind) =>
  (
    [
      "application",
      "capital",
      "premises",
      "identities",
      "charter",
      ...(kind === "social_group" ? (["members"] as const) : []),
    ] as const
  ).map((paper) => ({ paper, note: "原件核对无误" }));

/** Days before today on which each act of an application happened; an act without a day has not happened. */
interface Course {
  readonly drafted: number;
  readonly submitted?: number;
  readonly consented?: number;
  readonly dissented?: number;
  readonly corrected?: number;
  readonly resubmitted?: number;
  readonly accepted?: number;
  readonly approved?: number;
  readonly refused?: number;
  readonly withdrawn?: number;
}

/** Applications, changes, endings and filings at every state (登记业务演示). */
export class Applications {
  readonly #stage: Stage;
  readonly #register: Register;
  readonly #dice = new Dice("applications");
  readonly #names = new Set<string>();
  #phones = 100;
  /** Serials of codes given during the play: above those of the loaded registers. */
  #issued = 90_000;

  constructor(stage: Stage, register: Register) {
    this.#stage = stage;
    this.#register = register;
  }

  plan(): void {
    const unit = (place: string, name: string) => this.#register.units.get(`${place} ${name}`);
    const school = unit("630102", "西宁市城东区教育局");
    const farm = unit("630102", "西宁市城东区农业农村局");
    const province = unit("630000", "青海省文化和旅游厅");
    this.#registration(
      "63",
      "social_group",
      { unitId: province },
      { drafted: 120, submitted: 118, consented: 110, accepted: 107, approved: 70 },
    );
    this.#registration("63", "foundation", {}, { drafted: 90, submitted: 88, accepted: 86, approved: 48 });
    this.#registration("63", "foundation", {}, { drafted: 20, submitted: 18, accepted: 14 });
    this.#registration(
      county,
      "social_group",
      { unitId: school },
      { drafted: 95, submitted: 93, consented: 86, corrected: 84, resubmitted: 78, accepted: 76, approved: 40 },
    );
    this.#registration(
      county,
      "social_service_institution",
      { unitId: school },
      { drafted: 60, submitted: 58, consented: 50, accepted: 48, approved: 20 },
    );
    this.#registration(county, "social_group", {}, { drafted: 70, submitted: 69, accepted: 66, refused: 30 });
    this.#registration(county, "social_service_institution", {}, { drafted: 50, submitted: 49, withdrawn: 46 });
    this.#registration(
      county,
      "social_group",
      { unitId: school },
      { drafted: 57, submitted: 56, consented: 55, accepted: 54 },
    );
    this.#registration(county, "social_service_institution", {}, { drafted: 6, submitted: 2 });
    this.#registration(county, "social_group", {}, { drafted: 12, submitted: 9, corrected: 5 });
    this.#registration(county, "social_service_institution", { unitId: school }, { drafted: 8, submitted: 7 });
    this.#registration(county, "social_group", { unitId: farm }, { drafted: 30, submitted: 28, dissented: 21 });
    this.#registration(county, "social_service_institution", {}, { drafted: 1 });
    this.#changes();
  }

  #some(home: string, count: number, want: (one: Recorded) => boolean = () => true): Recorded[] {
    return this.#register.take(
      count,
      (one) =>
        one.home === home &&
        one.status === "registered" &&
        one.kind !== "foundation" &&
        one.kind !== "community_organisation" &&
        one.name.length < 30 &&
        want(one),
    );
  }

  #freshName(kind: Kind, place: string): InventedName {
    let made = organisationName(this.#dice, kind, place);
    while (this.#names.has(made.name) || this.#register.all.some((one) => one.name === made.name))
      made = organisationName(this.#dice, kind, place);
    this.#names.add(made.name);
    return made;
  }

  #establishment(
    code: string,
    kind: RegisteredKind,
    unitId: string | undefined,
  ): Establishment & Record<string, unknown> {
    const place = code === county ? "西宁市城东区" : "青海省";
    const made = this.#freshName(kind, place);
    return {
      name: made.name,
      kind,
      divisionName: made.place,
      ...(made.trade ? { tradeName: made.trade } : {}),
      field: made.field,
      form: made.form,
      level: "local",
      domicile: `${place}金穗巷${this.#dice.between(1, 90)}号`,
      domicileDivision: code === county ? "630102007" : "630104",
      scope: `开展${made.field}的交流、培训与公益服务。`,
      activityArea: place,
      fundsFen: kind === "foundation" ? 800_000_000 : 8_000_000,
      cashInBank: true,
      nonStateAssets: true,
      individualMembers: kind === "social_group" ? 62 : 0,
      unitMembers: 0,
      staff: 4,
      directors: 9,
      termYears: 4,
      publicFundraising: false,
      charity: kind === "foundation",
      directRegistration: unitId === undefined,
      ...(unitId ? { unitId } : {}),
      legalRepresentative: personName(this.#dice),
      evidence: papersOf(kind),
    };
  }

  #registration(code: string, kind: RegisteredKind, given: { unitId?: string | undefined }, course: Course): void {
    const stage = this.#stage;
    const registrar = () => stage.staff("registrar", code);
    const decider = () => stage.staff("decider", code);
    const facts = this.#establishment(code, kind, given.unitId);
    const phone = inventedPhone(this.#phones++);
    let applicationId = "";
    const on = (days: number | undefined, act: () => Promise<unknown>) => {
      if (days !== undefined) stage.on(stage.ago(days), async () => void (await act()));
    };
    on(course.drafted, async () => {
      applicationId = (
        await stage.call(registrar(), op.draftRegistration, {
          ...facts,
          applicant: personName(new Dice(facts.name)),
          applicantPhone: phone,
        })
      ).applicationId;
    });
    on(course.submitted, () => stage.call(registrar(), op.submitApplication, { applicationId }));
    on(course.consented, () =>
      stage.call(stage.unit(given.unitId ?? ""), op.giveConsent, { applicationId, opinion: "同意发起成立" }),
    );
    on(course.dissented, () =>
      stage.call(stage.unit(given.unitId ?? ""), op.refuseConsent, {
        applicationId,
        opinion: "业务范围与本单位职责不符，不同意作为业务主管单位",
      }),
    );
    on(course.corrected, () =>
      stage.call(registrar(), op.requestCorrections, {
        applicationId,
        gaps: [{ paper: "premises", what: "住所使用权证明期限不足一年" }],
      }),
    );
    on(course.resubmitted, () =>
      stage.call(registrar(), op.resubmitApplication, {
        applicationId,
        evidence: [{ paper: "premises", note: "续签租赁合同" }],
      }),
    );
    on(course.accepted, () => stage.attempt(registrar(), op.acceptApplication, { applicationId }));
    on(course.approved, () =>
      stage.call(decider(), op.approveRegistration, {
        applicationId,
        creditCode: inventedCreditCode(kind, code.padEnd(6, "0"), this.#issued++),
      }),
    );
    on(course.refused, () =>
      stage.call(decider(), op.refuseApplication, {
        applicationId,
        reasons: [
          { ground: "conditions", article: "11", reason: "会员数量经核实未达到法定要求，部分发起人声明未参加。" },
        ],
      }),
    );
    on(course.withdrawn, () =>
      stage.call(registrar(), op.withdrawApplication, { applicationId, reason: "发起人决定暂缓筹办" }),
    );
  }

  #changes(): void {
    const stage = this.#stage;
    const direct = this.#some(county, 3, (one) => one.unitName === null);
    const led = this.#some(county, 1, (one) => one.unitName === "西宁市城东区教育局" && one.unitId !== null);
    const evidence = [{ paper: "application" as const }, { paper: "minutes" as const }];
    const change = (
      one: Recorded,
      changes: Record<string, unknown>,
      days: { applied: number; accepted?: number; approved?: number },
    ) => {
      let applicationId = "";
      const registrar = stage.staff("registrar", county);
      stage.on(stage.ago(days.applied), async () => {
        const done = await stage.call(registrar, op.applyChange, {
          organisationId: one.id,
          changes,
          reason: "经会员大会（理事会）表决通过",
          auditReport: true,
          evidence,
        });
        applicationId = done.applicationId;
      });
      if (days.accepted !== undefined)
        stage.on(
          stage.ago(days.accepted),
          async () => void (await stage.call(registrar, op.acceptApplication, { applicationId })),
        );
      if (days.approved !== undefined)
        stage.on(
          stage.ago(days.approved),
          async () => void (await stage.call(stage.staff("decider", county), op.approveChange, { applicationId })),
        );
    };
    const [renamed, moved, waiting] = direct as [Recorded, Recorded, Recorded];
    change(
      renamed,
      { name: renamed.name.replace("西宁市城东区", "西宁市城东区新") },
      { applied: 75, accepted: 73, approved: 60 },
    );
    change(
      moved,
      { domicile: "西宁市城东区雪菊路18号", legalRepresentative: personName(this.#dice) },
      { applied: 40, accepted: 38, approved: 26 },
    );
    change(waiting, { scope: `${waiting.scope}开展志愿服务。` }, { applied: 16, accepted: 13 });
    change(led[0] as Recorded, { fundsFen: 12_000_000 }, { applied: 4 });
  }
}
