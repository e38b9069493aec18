import { addDays } from "../kernel/clock/date.ts";
import * as op from "../modules/organisations/organisations.contract.ts";
import { county } from "./names.ts";
import type { Recorded, Register } from "./register.ts";
import type { Stage } from "./stage.ts";

/** How organisations end and are sanctioned (终止与处罚演示): liquidation, demands of the departments, suspension, annulment. */
export class Endings {
  readonly #stage: Stage;
  readonly #register: Register;

  constructor(stage: Stage, register: Register) {
    this.#stage = stage;
    this.#register = register;
  }

  plan(): void {
    this.#endings();
    this.#sanctions();
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
}
