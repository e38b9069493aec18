import type { TestHouse } from "../../kernel/testing/house.ts";
import { changePurpose, recordDonation, recordPledge, recordUse } from "../../modules/donations/donations.contract.ts";
import { planBatch, recordProgramme } from "../../modules/donations/programmes.contract.ts";
import type { KnownFields } from "./samples.ts";

const purpose = "样本助学";

/** Gifts to an organisation of the register and one of everything that comes of them (捐赠权限场景). */
export async function donationScene(
  house: TestHouse,
  organisation: string,
): Promise<Readonly<Record<string, KnownFields>>> {
  const officer = house.as("officer", "630102");
  const own = { organisation };
  const cash = await officer.call(recordDonation, { ...own, donor: "样本公司", amountFen: 90_000, purpose });
  const goods = await officer.call(recordDonation, {
    ...own,
    donor: "样本公司",
    item: "样本仪",
    unit: "台",
    serials: ["YB-1", "YB-2"],
    event: "样本洪涝",
  });
  const use = await officer.call(recordUse, { ...own, amountFen: 10_000, purpose, description: "样本书籍" });
  await officer.call(recordPledge, { ...own, donor: "样本公司", pledged: "5万元" });
  await officer.call(changePurpose, {
    ...own,
    from: purpose,
    to: "样本助医",
    amountFen: 1_000,
    basis: "donor-consent",
    evidence: "样本同意书",
  });
  const programme = await officer.call(recordProgramme, { ...own, name: "样本项目", budgetFen: 100_000 });
  const batch = await officer.call(planBatch, {
    programme: programme.id,
    unitValueFen: 1_000,
    candidates: [{ id: "样本院", need: 1 }],
  });
  return {
    "donations.get": { id: goods.id },
    "donations.correct-donation": { id: goods.id },
    "donations.issue-receipt": { id: cash.id },
    "donations.correct-use": { id: use.id },
    "donations.get-programme": { id: programme.id },
    "donations.get-batch": { id: batch.id },
    "donations.plan-batch": { programme: programme.id, candidates: [{ id: "样本二院" }] },
    "ledger.balance": { account: cash.accountId },
    "ledger.list-postings": { account: cash.accountId },
    "ledger.trace": { posting: cash.entryId },
    "ledger.trace-serial": { serial: "YB-1" },
  };
}
