import { addDays, addYears } from "../kernel/clock/date.ts";
import { significant } from "../kernel/divisions/code.ts";
import type { Establishment } from "../modules/organisations/applications.contract.ts";
import type { Kind } from "../modules/organisations/index.ts";
import * as op from "../modules/organisations/organisations.contract.ts";
import { inventedCitizenId, inventedCreditCode, inventedPhone, type RegisteredKind } from "./codes.ts";
import { Dice } from "./dice.ts";
import { type InventedName, organisationName, personName } from "./names.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

const county = "630102";

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
    this.#endings();
    this.#sanctions();
    this.#filings();
    this.#files();
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

  #endings(): void {
    const stage = this.#stage;
    const registrar = stage.staff("registrar", county);
    const decider = stage.staff("decider", county);
    const list = this.#some(county, 5, (one) => one.unitName === null && one.kind === "social_group");
    const [gone, applied, winding, demanded, declined] = list as [Recorded, Recorded, Recorded, Recorded, Recorded];
    const surplus = "剩余财产按章程移交本区同类社会组织，用于公益事业。";
    const end = (one: Recorded, begun: number, asked?: number, accepted?: number, approved?: number) => {
      stage.on(
        stage.ago(begun),
        async () =>
          void (await stage.call(registrar, op.beginLiquidation, {
            organisationId: one.id,
            ground: "purpose-reached",
            reason: "完成章程规定的宗旨",
          })),
      );
      if (asked === undefined) return;
      let applicationId = "";
      stage.on(stage.ago(asked), async () => {
        const done = await stage.call(registrar, op.applyDeregistration, {
          organisationId: one.id,
          liquidationFinishedOn: stage.ago(asked + 4),
          surplus,
          evidence: [{ paper: "application" }, { paper: "liquidation-report" }],
        });
        applicationId = done.applicationId;
      });
      if (accepted !== undefined)
        stage.on(
          stage.ago(accepted),
          async () => void (await stage.call(registrar, op.acceptApplication, { applicationId })),
        );
      if (approved !== undefined)
        stage.on(
          stage.ago(approved),
          async () =>
            void (await stage.call(decider, op.approveDeregistration, {
              applicationId,
              certificateCollected: true,
              sealCollected: true,
            })),
        );
    };
    end(gone, 140, 85, 82, 70);
    end(applied, 66, 3);
    end(winding, 25);
    const demand = (one: Recorded, days: number) =>
      stage.on(
        stage.ago(days),
        async () =>
          void (await stage.call(registrar, op.demandTermination, {
            organisationId: one.id,
            demand: "termination",
            ground: "task-completed",
            reason: "设立任务已经完成，两年未开展活动",
          })),
      );
    demand(demanded, 11);
    demand(declined, 80);
    stage.on(
      stage.ago(62),
      async () =>
        void (await stage.call(decider, op.reviewDemand, {
          organisationId: declined.id,
          agree: false,
          reason: "经核查已恢复正常活动",
        })),
    );
  }

  #sanctions(): void {
    const stage = this.#stage;
    const registrar = stage.staff("registrar", county);
    const decider = stage.staff("decider", county);
    const [lifted, suspended] = this.#some(county, 2, (one) => one.kind === "social_service_institution") as [
      Recorded,
      Recorded,
    ];
    const [notified, stated, revoked, dropped] = this.#some(county, 4, (one) => one.kind === "social_group") as [
      Recorded,
      Recorded,
      Recorded,
      Recorded,
    ];
    const suspend = (one: Recorded, days: number, until: string) =>
      stage.on(stage.ago(days), async () => {
        await stage.call(decider, op.suspend, {
          organisationId: one.id,
          penaltyDecision: `演示罚字〔${stage.day.slice(0, 4)}〕${days}号`,
          reason: "违规使用票据",
          until,
        });
      });
    suspend(lifted, 200, stage.ago(110));
    stage.on(
      stage.ago(112),
      async () =>
        void (await stage.call(decider, op.liftSuspension, { organisationId: lifted.id, reason: "期满并已改正" })),
    );
    suspend(suspended, 85, addDays(stage.today, 4));
    const notify = (one: Recorded, days: number, ground: "no-inspection" | "beyond-scope") =>
      stage.on(stage.ago(days), async () => {
        await stage.call(registrar, op.notifyRevocation, {
          organisationId: one.id,
          ground,
          facts: "连续两年未按规定接受年度检查，经催告仍未改正。",
          evidence: "催告书及送达回证、核查笔录",
        });
      });
    const state = (one: Recorded, days: number) =>
      stage.on(stage.ago(days), async () => {
        await stage.call(stage.organisation(one.id, one.home), op.recordStatement, {
          organisationId: one.id,
          statement: "我会正在补办手续，请求从轻处理。",
        });
      });
    const decide = (one: Recorded, days: number, uphold: boolean) =>
      stage.on(stage.ago(days), async () => {
        await stage.call(decider, op.decideRevocation, {
          organisationId: one.id,
          uphold,
          reason: uphold ? "事实清楚，证据确凿。" : "情节轻微并已改正，不予处罚。",
        });
      });
    notify(notified, 3, "no-inspection");
    notify(stated, 12, "no-inspection");
    state(stated, 6);
    notify(revoked, 60, "no-inspection");
    decide(revoked, 38, true);
    notify(dropped, 90, "beyond-scope");
    state(dropped, 86);
    decide(dropped, 72, false);
  }

  /** Community organisations filed by a township, confirmed for the year, one grown up to registration, one gone. */
  #filings(): void {
    const stage = this.#stage;
    const town = "630102100";
    const registrar = stage.staff("registrar", town);
    const year = Number(stage.today.slice(0, 4));
    const day = `${year - 1}-03-12`;
    const filings = [...Array(9).keys()].map((at) => {
      const made = this.#freshName("community_organisation", "乐家湾镇");
      return {
        name: made.name,
        division: town,
        office: "乐家湾镇人民政府",
        sponsor: `${made.trade}社区`,
        leader: personName(this.#dice),
        leaderPhone: inventedPhone(this.#phones++),
        field: `${made.field}日常活动`,
        domicile: `乐家湾镇${made.trade}社区活动室`,
        members: 14 + at * 3,
        filedOn: addDays(day, -at * 9),
      };
    });
    const applicant = personName(this.#dice);
    stage.on(day, async () => {
      const ids = await stage.batch(registrar, op.fileCommunity, "filings", async (ctx) => {
        const out: string[] = [];
        for (const one of filings) out.push((await stage.within(ctx, op.fileCommunity, one)).organisationId);
        return out;
      });
      const confirm = (id: string, of: number, on: string, active: boolean) =>
        stage.on(
          on,
          async () =>
            void (await stage.call(registrar, op.confirmCommunity, {
              organisationId: id,
              year: of,
              active,
              members: 20,
            })),
        );
      for (const id of ids.slice(0, 3)) confirm(id, year, stage.ago(25), id !== ids[2]);
      stage.on(stage.ago(15), async () => {
        await stage.call(stage.staff("registrar", county), op.upgradeCommunity, {
          organisationId: ids[3] as string,
          kind: "social_group",
          applicant,
        });
      });
      stage.on(
        stage.ago(33),
        async () =>
          void (await stage.call(registrar, op.withdrawCommunity, {
            organisationId: ids[4] as string,
            reason: "连续一年未开展活动",
          })),
      );
    });
  }

  /** Officers with their terms, meetings and charters: enough files that a clerk finds full ones at once. */
  #files(): void {
    const stage = this.#stage;
    for (const code of ["63", county]) {
      const list = this.#register.all
        .filter(
          (one) =>
            significant(one.home) === code &&
            one.status === "registered" &&
            one.wave === "old" &&
            one.kind !== "community_organisation",
        )
        .slice(0, 26);
      stage.on(stage.ago(320), () => this.#officers(code, list));
      stage.on(stage.ago(300), () => this.#governance(code, list.slice(0, 12)));
    }
  }

  async #officers(code: string, list: readonly Recorded[]): Promise<void> {
    const stage = this.#stage;
    const dice = new Dice(`officers ${code}`);
    await stage.batch(stage.staff("registrar", code), op.recordOfficer, `officers ${code}`, async (ctx) => {
      for (const [at, one] of list.entries()) {
        const posts =
          one.kind === "social_group"
            ? (["legal_representative", "secretary_general"] as const)
            : (["legal_representative", "director"] as const);
        for (const [place, post] of posts.entries()) {
          const serial = at * 2 + place;
          const bornOn = `${1958 + dice.between(0, 34)}-0${dice.between(1, 9)}-1${dice.between(0, 9)}`;
          // Some terms have run out without an election, some end within weeks, most run on.
          const termTo =
            at % 9 === 0
              ? stage.ago(30 + at)
              : at % 7 === 0
                ? addDays(stage.today, 20 + at)
                : addYears(stage.today, 1 + (at % 3));
          const old = Number(termTo.slice(0, 4)) - Number(bornOn.slice(0, 4)) > 72;
          await stage.within(ctx, op.recordOfficer, {
            organisationId: one.id,
            name: place === 0 ? one.legalRepresentative : personName(dice),
            post,
            ...(serial % 3 === 0 && !old
              ? { citizenId: inventedCitizenId(bornOn, serial + (code === "63" ? 50 : 0)) }
              : {}),
            phone: inventedPhone(1_000 + serial + (code === "63" ? 500 : 0)),
            fullTime: place === 1,
            termFrom: addYears(termTo, -4),
            termTo,
            terms: 1 + (at % 2),
            despiteWarnings: true,
          });
        }
      }
      return { officers: list.length * 2 };
    });
  }

  async #governance(code: string, list: readonly Recorded[]): Promise<void> {
    const stage = this.#stage;
    const registrar = stage.staff("registrar", code);
    const heldOn = addDays(stage.day, -12);
    const meetings = await stage.batch(registrar, op.recordMeeting, `meetings ${code}`, async (ctx) => {
      const out: { organisationId: string; meetingId: string; passed: boolean | null }[] = [];
      for (const [at, one] of list.entries()) {
        const short = at % 5 === 4;
        const done = await stage.within(ctx, op.recordMeeting, {
          organisationId: one.id,
          body: one.kind === "social_group" ? "members" : "board",
          heldOn,
          matter: at % 2 === 0 ? "charter_amendment" : "officer_election",
          subject: at % 2 === 0 ? "修改章程" : "换届选举",
          entitled: 60,
          present: short ? 31 : 52,
          yes: short ? 25 : 47,
        });
        out.push({ organisationId: one.id, meetingId: done.meetingId, passed: done.passed });
      }
      return out;
    });
    await stage.batch(registrar, op.recordCharter, `charters ${code}`, async (ctx) => {
      const passed = meetings.filter((one, at) => one.passed === true && at % 2 === 0);
      for (const { organisationId, meetingId } of passed)
        await stage.within(ctx, op.recordCharter, {
          organisationId,
          adoptedOn: heldOn,
          approvedOn: stage.day,
          summary: "完善负责人产生程序与党建工作条款",
          meetingId,
        });
      return { charters: passed.length };
    });
  }
}
