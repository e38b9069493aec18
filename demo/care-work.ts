import { createHmac } from "node:crypto";
import { addDays } from "../kernel/clock/date.ts";
import { list as listPeople, get as personFile, specialDifficulty } from "../modules/people/index.ts";
import {
  acknowledgeReferral,
  enrol,
  fileEmergency,
  finishVillage,
  getCampaign,
  listPeople as listCare,
  openCampaign,
  openEmergency,
  openReferral,
  prepareExport,
  receiveSignal,
  recordReceipt,
  recordStep,
  registerMonitor,
  remindSupporter,
  settleReferral,
  takeReferral,
} from "../modules/visiting-care/index.ts";
import { county } from "./names.ts";
import type { Stage } from "./stage.ts";

const township = "630102100";

/** The work around visits (探访工作演示): two emergencies, referrals in every state, half a census, three devices, one export. */
export function planCareWork(stage: Stage): void {
  const officer = () => stage.staff("officer", county);
  let people: string[] = [];
  const someone = (at: number) => people[at % people.length] as string;

  stage.on(stage.ago(25), async () => {
    const found = await stage.call(officer(), listPeople, {
      division: township,
      state: "present",
      ageFrom: 65,
      limit: 40,
    });
    people = found.people.map((one) => one.id);
    await planEmergency(stage, someone(0));
    await planCensus(stage);
  });
  stage.on(stage.ago(20), async () => {
    const open = (at: number, kind: "policy" | "medical" | "charity" | "housing" | "legal", text: string) =>
      stage.call(officer(), openReferral, { personId: someone(at), kind, text });
    await open(1, "policy", "想了解高龄津贴如何申请");
    const [taken, done, declined, seen] = [
      await open(2, "housing", "屋顶漏雨"),
      await open(3, "medical", "需要陪同复诊"),
      await open(4, "legal", "与邻居有宅基地纠纷"),
      await open(5, "charity", "冬季取暖困难"),
    ];
    for (const one of [taken, done, seen])
      await stage.call(officer(), takeReferral, { id: one.id, by: "乐家湾镇社会事务办" });
    for (const one of [done, seen])
      await stage.call(officer(), settleReferral, { id: one.id, outcome: "done", result: "已联系办理，老人满意。" });
    await stage.call(officer(), settleReferral, {
      id: declined.id,
      outcome: "declined",
      result: "已告知向司法所申请调解。",
    });
    await stage.call(officer(), acknowledgeReferral, { id: seen.id });
    await remind(stage, someone(6));
  });
  stage.on(stage.ago(10), () => planExport(stage));
  stage.on(stage.today, async () => {
    await planMonitors(stage, [someone(7), someone(8), someone(9)]);
    const { id } = await stage.call(officer(), openEmergency, {
      personId: someone(10),
      found: "injured",
      note: "在院中滑倒",
    });
    await stage.call(officer(), recordStep, { emergencyId: id, step: "call_rescue", reached: true, who: "120" });
  });
}

async function planEmergency(stage: Stage, personId: string): Promise<void> {
  const officer = stage.staff("officer", county);
  const { id } = await stage.call(officer, openEmergency, { personId, found: "acute_illness", note: "胸闷、出冷汗" });
  for (const step of ["call_rescue", "call_family", "stay", "notify_community"] as const)
    await stage.call(officer, recordStep, { emergencyId: id, step, reached: true });
  await stage.call(officer, fileEmergency, { id, outcome: "hospital", summary: "急救车送医，家属已到医院。" });
}

async function planCensus(stage: Stage): Promise<void> {
  const officer = stage.staff("officer", county);
  const { id } = await stage.call(officer, openCampaign, {
    title: "特殊困难老年人摸底排查",
    division: township,
    from: stage.day,
    to: addDays(stage.day, 40),
  });
  const { villages } = await stage.call(officer, getCampaign, { id });
  for (const village of villages.slice(0, Math.ceil(villages.length / 2)))
    await stage.call(officer, finishVillage, { campaignId: id, division: village.division });
}

/** Reminds the first supporter there is, by telephone. */
async function remind(stage: Stage, personId: string): Promise<void> {
  const officer = stage.staff("officer", county);
  const { contacts } = await stage.call(officer, personFile, { id: personId });
  const supporter = contacts.find((one) => one.kind === "supporter");
  if (supporter)
    await stage.call(officer, remindSupporter, {
      personId,
      contactId: supporter.id,
      way: "phone",
      reached: true,
      answer: "答应周末回来看望。",
    });
}

/** A first batch, of which the national side has sent one row back. */
async function planExport(stage: Stage): Promise<void> {
  const officer = stage.staff("officer", county);
  const care = await stage.call(officer, listCare, { state: "enrolled", limit: 1 });
  if (care.people.length === 0) await enrolSome(stage);
  const batch = await stage.call(officer, prepareExport, { kind: "full" });
  const rows = [{ row: 1, accepted: false, reason: "住址不完整" }];
  await stage.call(officer, recordReceipt, { id: batch.id, restAccepted: true, rows });
}

/** A dozen of those who are owed visits, where nobody else has enrolled any. */
async function enrolSome(stage: Stage): Promise<void> {
  const officer = stage.staff("officer", county);
  const { people } = await stage.call(officer, listPeople, {
    division: township,
    state: "present",
    ageFrom: 65,
    limit: 200,
  });
  const owed = people.filter((one) => one.categories.some((category) => specialDifficulty.includes(category)));
  for (const one of owed.slice(0, 12)) await stage.call(officer, enrol, { personId: one.id });
}

/** One that is heard, one that has raised an alarm, one that was never heard. */
async function planMonitors(stage: Stage, people: readonly string[]): Promise<void> {
  const officer = stage.staff("officer", county);
  const kinds = ["motion", "button", "smoke_gas"] as const;
  for (const [at, personId] of people.entries()) {
    const { id, key } = await stage.call(officer, registerMonitor, {
      personId,
      kind: kinds[at] ?? "other",
      label: "卧室",
    });
    const signals = [["heartbeat", "activity"], ["heartbeat", "alarm"], []][at] ?? [];
    for (const [sequence, kind] of signals.entries()) {
      const body = JSON.stringify({
        kind,
        at: stage.instant,
        sequence: sequence + 1,
        ...(kind === "alarm" ? { alarm: "help_button" } : {}),
      });
      const signature = createHmac("sha256", Buffer.from(key, "base64url")).update(body).digest("hex");
      await stage.call(stage.anybody, receiveSignal, { device: id, body, signature });
    }
  }
}
