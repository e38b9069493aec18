import type { TestHouse } from "../../kernel/testing/house.ts";
import { recordCensus, setContacts } from "../../modules/people/index.ts";
import {
  enrol,
  openCampaign,
  openEmergency,
  openReferral,
  prepareExport,
  recordVisit,
  registerMonitor,
  remindSupporter,
} from "../../modules/visiting-care/index.ts";
import type { KnownFields } from "./samples.ts";

/** A village of the own county where none of the asking workers works, and no street of the scene lies above it. */
const village = "630102100201";

/** People in the register and one of everything that care leaves behind (探访权限场景): what each operation is asked about. */
export async function careScene(house: TestHouse): Promise<Readonly<Record<string, KnownFields>>> {
  const officer = house.as("officer", "630102");
  const [place] = await house.sql<{ code: string }>(
    "select code from division where code like '630102100___' and valid_to is null order by code limit 1",
  );
  const division = place?.code ?? village;
  const person = async (name: string, bornOn: string) =>
    (
      await officer.call(recordCensus, {
        name,
        bornOn,
        sex: "female",
        division,
        living: "alone",
        categories: ["living_alone"],
        phone: "13800005678",
        contactName: "样近邻",
        contactRelation: "邻居",
        contactPhone: "13900005678",
        confirmed: true,
      })
    ).id;
  const one = await person("样桂兰", "1941-03-05");
  const other = await person("样桂蓝", "1941-03-05");
  const outside = await person("样秋月", "1944-08-09");
  await officer.call(enrol, { personId: one, modes: ["home"] });
  const visit = await officer.call(recordVisit, { personId: one, mode: "home", met: "person" });
  const referral = await officer.call(openReferral, { personId: one, kind: "medical", text: "需要家庭医生上门" });
  const emergency = await officer.call(openEmergency, { personId: one, found: "injured" });
  const campaign = await officer.call(openCampaign, {
    title: "样本摸底",
    division,
    from: "2026-06-01",
    to: "2026-06-30",
  });
  const monitor = await officer.call(registerMonitor, { personId: one, kind: "motion", label: "样本感应器" });
  await officer.call(setContacts, {
    id: one,
    contacts: [{ kind: "supporter", name: "样远行", relation: "儿子", phone: "13700005678" }],
  });
  const [contact] = await house.sql<{ id: string }>(
    "select id from person_contact where person_id = $1 and ended_on is null limit 1",
    [one],
  );
  await officer.call(remindSupporter, { personId: one, contactId: contact?.id ?? "", way: "phone", reached: true });
  const exported = await officer.call(prepareExport, { kind: "full" });
  const [pair] = await house.sql<{ id: string }>("select id from person_pair where home_code = '630102' limit 1");
  const about = { personId: one };
  const renamed = { on: "2026-06-15", changes: [{ from: division, to: division, name: "样本村民委员会" }] };
  return {
    "people.get": { id: one },
    "people.list": { state: undefined },
    "people.correct": { id: one, version: 1 },
    "people.set-category": { id: one },
    "people.set-contacts": { id: one },
    "people.record-consent": { id: one },
    "people.withdraw-consent": { id: one },
    "people.move": { id: one, to: division },
    "people.confirm-arrival": { id: one, division },
    "people.record-death": { id: outside, on: "2026-06-10" },
    "people.record-census": { name: "样新来", bornOn: "1939-01-02", division },
    "people.list-pairs": {},
    "people.settle-pair": { id: pair?.id ?? other },
    "people.merge": { keep: one, merge: other },
    "people.unmerge": { id: other },
    "visiting-care.get-person": { id: one },
    "visiting-care.void-visit": { id: visit.id },
    "visiting-care.record-visit": { ...about, mode: "home", met: "person" },
    "visiting-care.enrol": { personId: outside },
    "visiting-care.propose": { personId: outside, risk: "general" },
    "visiting-care.refuse": about,
    "visiting-care.reassess": { ...about, version: 1, modes: ["home"] },
    "visiting-care.close": { ...about, on: "2026-06-14" },
    "visiting-care.list-people": {},
    "visiting-care.list-visits": about,
    "visiting-care.list-workers": { division },
    "visiting-care.monthly-rate": { division, month: "2026-06" },
    "visiting-care.dashboard": { division, year: 2026 },
    "visiting-care.figures": { division, month: "2026-06" },
    "visiting-care.month-report": { division, month: "2026-05" },
    "visiting-care.close-month": { month: "2026-05" },
    "visiting-care.correct-month": { division, month: "2026-05" },
    "visiting-care.open-period": { month: "2026-07" },
    "visiting-care.call-extra-visits": { division, from: "2026-06-16", by: "2026-06-20" },
    "visiting-care.hand-over": { division },
    "visiting-care.open-emergency": about,
    "visiting-care.record-step": { emergencyId: emergency.id, step: "call_rescue" },
    "visiting-care.file-emergency": { id: emergency.id },
    "visiting-care.open-referral": about,
    "visiting-care.take-referral": { id: referral.id },
    "visiting-care.settle-referral": { id: referral.id },
    "visiting-care.acknowledge-referral": { id: referral.id },
    "visiting-care.remind-supporter": { ...about, contactId: contact?.id ?? "" },
    "visiting-care.list-reminders": about,
    "visiting-care.open-campaign": { division, from: "2026-07-01", to: "2026-07-31" },
    "visiting-care.get-campaign": { id: campaign.id },
    "visiting-care.finish-village": { campaignId: campaign.id, division },
    "visiting-care.print-census": { campaignId: campaign.id, division },
    "visiting-care.close-campaign": { id: campaign.id },
    "visiting-care.register-monitor": about,
    "visiting-care.retire-monitor": { id: monitor.id },
    "visiting-care.download-export": { id: exported.id },
    "visiting-care.record-receipt": { id: exported.id },
    "divisions.change": renamed,
    "divisions.preview-change": renamed,
  };
}
