import {
  appointLiaison,
  assignMeasure,
  closeDiscrepancy,
  drawSample,
  grantEvaluation,
  listDiscrepancies,
  listEvaluationHomes,
  markDone,
  openDiscrepancy,
  publishProgress,
  recordCheck,
  recordEvaluation,
  verifyDiscrepancy,
} from "../modules/equipment/index.ts";
import { county } from "./names.ts";
import type { Register } from "./register.ts";
import type { Stage } from "./stage.ts";

const seen = (item: "oxygen_concentrator" | "oximeter") => ({ item, result: "ok" as const, seen: 1 });

/**
 * Who looks after donated equipment (跟踪问效演示): liaisons of three offices, a spot check and an evaluation drawn by lot, one piece
 * found missing and put right again, one discrepancy that is late, and what the public is told.
 */
export function planOversight(stage: Stage, register: Register): void {
  const office = (code: string) => stage.staff("officer", code);
  let spot: { id: string; drawn: readonly { careHomeId: string; division: string }[] } | undefined;

  stage.on(stage.ago(58), async () => {
    for (const [code, name] of [
      ["63", "省联络员（虚构）"],
      ["6301", "市联络员（虚构）"],
      [county, "区联络员（虚构）"],
    ] as const)
      await stage.call(office(code), appointLiaison, { name, post: "养老服务科", phone: "13800000000" });
  });
  stage.on(stage.ago(27), async () => {
    spot = await stage.call(office("63"), drawSample, {
      name: "敬老院设备抽查（2026年第一次，虚构）",
      purpose: "spot_check",
      size: 3,
      seed: "虚构彩票第2026061期 08-13-27",
      witness: "某律师（虚构）",
    });
  });
  stage.on(stage.ago(26), async () => {
    for (const [at, home] of (spot?.drawn ?? []).entries()) {
      // The one thing every drawn home has, whatever the lot says.
      const item = "oxygen_concentrator" as const;
      const line = { item, result: "missing" as const, seen: 0, note: "借往卫生院（虚构）" };
      await stage.call(office("63"), recordCheck, {
        sampleId: spot?.id ?? "",
        careHomeId: home.careHomeId,
        lines: [at === 0 ? line : seen(item)],
      });
    }
  });
  stage.on(stage.ago(24), async () => {
    const home = spot?.drawn[0];
    if (!home) return;
    const own = office(home.division.slice(0, 6));
    const { discrepancies } = await stage.call(own, listDiscrepancies, { careHomeId: home.careHomeId });
    const id = discrepancies.find((one) => one.source === "spot_check")?.id;
    if (!id) return;
    await stage.call(own, assignMeasure, { id, measure: "收回并登记借用（虚构）", dueOn: stage.ago(15) });
    await stage.call(own, markDone, { id, proof: "已收回，放回护理站（虚构）" });
    const other = { ...own, accountId: stage.staff("decider", home.division.slice(0, 6)).accountId };
    await stage.call(other, verifyDiscrepancy, { id });
    await stage.call(own, closeDiscrepancy, { id });
  });
  stage.on(stage.ago(25), async () => {
    const home = spot?.drawn[1];
    if (home)
      await stage.call(office(home.division.slice(0, 6)), openDiscrepancy, {
        careHomeId: home.careHomeId,
        kind: "other",
        description: "说明书和合格证没有随货（虚构）",
        dueOn: stage.ago(12),
      });
  });
  stage.on(stage.ago(22), async () => {
    const evaluator = register.all.find((one) => one.home === county && one.kind === "social_service_institution");
    if (!evaluator) return;
    const sample = await stage.call(office("63"), drawSample, {
      name: "第三方评估（2026年，虚构）",
      purpose: "evaluation",
      size: 3,
      seed: "虚构彩票第2026063期 02-19-30",
      witness: "某公证员（虚构）",
    });
    await stage.call(office("63"), grantEvaluation, {
      sampleId: sample.id,
      organisation: evaluator.id,
      until: stage.ago(-14),
    });
    const them = stage.organisation(evaluator.id, evaluator.home);
    const { homes } = await stage.call(them, listEvaluationHomes, {});
    const whole = homes.find((one) => one.expected.length === 2 && one.expected.every((each) => each.quantity === 1));
    if (whole)
      await stage.call(them, recordEvaluation, {
        evaluationId: whole.id,
        lines: whole.expected.map((one) => seen(one.item)),
      });
  });
  stage.on(stage.ago(2), async () => {
    for (const code of [county, "6301", "63"]) await stage.call(office(code), publishProgress, {});
  });
}
