import {
  changePurpose,
  correctDonation,
  issueReceipt,
  publishTotals,
  recordDonation,
  recordPledge,
  recordUse,
} from "../modules/donations/donations.contract.ts";
import { publishEvent } from "../modules/donations/donations.lists.contract.ts";
import { planBatch, recordProgramme } from "../modules/donations/programmes.contract.ts";
import { county } from "./names.ts";
import type { Register } from "./register.ts";
import type { Stage } from "./stage.ts";

const heating = "敬老院取暖";
const oxygen = "制氧机配备";
const flood = "2026年湟水洪涝（虚构）";

/**
 * Gifts of an invented foundation and company to an invented charity and to the county office (捐赠演示): promises, cash, goods with
 * numbers, uses, a change of use and one correction, each on its own day.
 */
export function planDonations(stage: Stage, register: Register): void {
  const officer = () => stage.staff("officer", county);
  const charity = () =>
    register.all.find((one) => one.home === county && one.kind !== "community_organisation" && one.creditCode)
      ?.creditCode;
  const own = () => {
    const organisation = charity();
    return organisation ? { organisation } : {};
  };
  let pledge = "";
  let masks = "";
  let programme = "";

  stage.on(stage.ago(90), async () => {
    const made = await stage.call(officer(), recordPledge, {
      ...own(),
      donor: "青穗公益基金会（虚构）",
      pledged: "20万元",
      agreement: "捐协〔2026〕3号",
      purpose: heating,
    });
    pledge = made.id;
    await stage.call(officer(), recordPledge, { ...own(), donor: "某爱心企业（虚构）", pledged: "近30万元" });
  });
  stage.on(stage.ago(80), async () => {
    const given = await stage.call(officer(), recordDonation, {
      ...own(),
      donor: "青穗公益基金会（虚构）",
      payer: "青穗公益基金会（虚构）",
      publishDonor: true,
      amount: "150,000.00",
      purpose: heating,
      agreement: "捐协〔2026〕3号",
      ...(pledge ? { pledge } : {}),
    });
    await stage.call(officer(), issueReceipt, { id: given.id });
  });
  stage.on(stage.ago(70), async () => {
    await stage.call(officer(), recordDonation, { ...own(), amountFen: 88_800 });
    await stage.call(officer(), recordDonation, {
      ...own(),
      donor: "城东区某商贸有限公司（虚构）",
      forwarder: "某街道办事处（虚构）",
      amountFen: 2_000_000,
      waiver: "捐赠人书面说明不需要票据",
    });
    const wrong = await stage.call(officer(), recordDonation, {
      donor: "某医疗用品有限公司（虚构）",
      publishDonor: true,
      item: "N95口罩",
      unit: "个",
      quantity: 3_600,
      valueFen: 1_080_000,
      valuation: "invoice",
    });
    masks = wrong.id;
  });
  stage.on(stage.ago(60), async () => {
    await stage.call(officer(), recordUse, {
      ...own(),
      amountFen: 9_000_000,
      purpose: heating,
      recipient: "柳湾敬老院（虚构）",
      description: "购买取暖设备和煤",
    });
    await stage.call(officer(), correctDonation, {
      id: masks,
      reason: "经核对发票，品名应为KN95口罩",
      right: { item: "KN95口罩" },
    });
    await stage.call(officer(), recordUse, {
      item: "KN95口罩",
      unit: "个",
      quantity: 1_000,
      recipient: "柳湾敬老院（虚构）",
      description: "发放防护口罩",
    });
  });
  stage.on(stage.ago(40), async () => {
    const serials = Array.from({ length: 6 }, (_, at) => `ZY2026${String(at + 1).padStart(4, "0")}`);
    await stage.call(officer(), recordDonation, {
      donor: "青穗公益基金会（虚构）",
      publishDonor: true,
      item: "制氧机",
      unit: "台",
      quantity: serials.length,
      serials,
      valueFen: 1_800_000,
      valuation: "invoice",
      purpose: oxygen,
    });
    programme = (await stage.call(officer(), recordProgramme, { name: oxygen, purpose: oxygen, budgetFen: 1_800_000 }))
      .id;
    await stage.call(officer(), planBatch, {
      programme,
      unitValueFen: 300_000,
      candidates: [
        { id: "柳湾敬老院（虚构）", in: ["定点帮扶"], need: 32 },
        { id: "北山敬老院（虚构）", floodSeverity: "较重", need: 50 },
        { id: "河滩敬老院（虚构）", need: 18 },
        { id: "东门敬老院（虚构）", need: 120, alreadyReceived: true },
      ],
    });
    await stage.call(officer(), recordUse, {
      item: "制氧机",
      unit: "台",
      serials: serials.slice(0, 2),
      quantity: 2,
      purpose: oxygen,
      recipient: "北山敬老院（虚构）",
      description: "配发制氧机",
    });
  });
  stage.on(stage.ago(30), async () => {
    await stage.call(officer(), changePurpose, {
      ...own(),
      from: heating,
      to: "敬老院消防改造",
      amountFen: 2_000_000,
      basis: "donor-consent",
      evidence: "捐赠人书面同意书",
    });
  });
  stage.on(stage.ago(20), async () => {
    const company = { donor: "城东区某商贸有限公司（虚构）", publishDonor: true, event: flood };
    await stage.call(officer(), recordDonation, { ...own(), ...company, amount: "3万元" });
    await stage.call(officer(), recordDonation, {
      ...company,
      item: "帐篷",
      unit: "顶",
      quantity: 40,
      valueFen: 2_400_000,
      valuation: "invoice",
    });
    await stage.call(officer(), recordUse, {
      item: "帐篷",
      unit: "顶",
      quantity: 25,
      recipient: "某镇人民政府（虚构）",
      description: "安置点搭设帐篷",
      event: flood,
    });
  });
  stage.on(stage.ago(5), async () => {
    await stage.call(stage.staff("publisher", county), publishEvent, { event: flood });
    await stage.call(stage.staff("publisher", county), publishTotals, { year: Number(stage.day.slice(0, 4)) });
  });
}
