import { call } from "../../../apps/web/client.ts";
import { type ActInWords, inBoth, type MenuPage, type WebModule } from "../../../apps/web/web-module.ts";
import type { Role } from "../../../kernel/operation/define.ts";
import type { Locale } from "../../../kernel/text/words.ts";
import { board } from "../board.contract.ts";
import { getShipment, listItems, listShipments } from "../delivery.contract.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { fieldWords } from "../field.words.ts";
import { listHomes, recordHome } from "../homes.contract.ts";
import { listDiscrepancies, listEvaluationHomes, listLiaisons, listSamples } from "../oversight.contract.ts";
import { words as oversightWords } from "../oversight.words.ts";
import { listPlans, planAllocation } from "../plan.contract.ts";
import { words as boardWords } from "./board.web.words.ts";
import { words as deliveryWords } from "./delivery.web.words.ts";
import { words } from "./equipment.web.words.ts";
import { words as checkWords } from "./oversight.web.words.ts";

const both = inBoth(words);
const goods = inBoth(deliveryWords);
const checks = inBoth(checkWords);
const work = "giving" as const;

/** The menu of a role keeps to seven entries: who only reads finds everything of equipment among the figures. */
const onlyRead: readonly Role[] = ["decider", "auditor", "administrator"];
const lists: readonly Omit<MenuPage, "work">[] = [
  {
    group: "equipment",
    to: "/equipment",
    title: { zh: boardWords.zh.board.title, en: boardWords.en.board.title },
    who: board.who,
  },
  { group: "equipment", to: "/equipment/homes", title: both((w) => w.homes.title), who: listHomes.who },
  { group: "equipment", to: "/equipment/plans", title: goods((w) => w.plans.title), who: listPlans.who },
  { group: "equipment", to: "/equipment/shipments", title: goods((w) => w.shipments.title), who: listShipments.who },
  {
    group: "oversight",
    to: "/equipment/discrepancies",
    title: checks((w) => w.discrepancies.title),
    who: listDiscrepancies.who,
  },
  { group: "oversight", to: "/equipment/samples", title: checks((w) => w.samples.title), who: listSamples.who },
  { group: "oversight", to: "/equipment/liaisons", title: checks((w) => w.liaisons.title), who: listLiaisons.who },
];

type Input = Readonly<Record<string, unknown>>;
const list = (value: unknown): readonly Input[] => (Array.isArray(value) ? (value as readonly Input[]) : []);

/** A delivery signed on a phone, as the officer reads it who settles it (离线签收). */
function signed(input: Input, locale: Locale): ActInWords {
  const w = deliveryWords[locale].sign;
  const { shipmentId } = input;
  const items = moduleWords[locale].items as Readonly<Record<string, string>>;
  const lines = list(input.lines).map((one) => {
    const serials = Array.isArray(one.serials) ? one.serials.map(String) : [];
    return `${items[String(one.item)] ?? ""} ${serials.length}：${serials.join(" ")}`;
  });
  return {
    facts: [
      { term: w.fields.lines, value: lines.join("；") },
      {
        term: w.fields.signers,
        value: list(input.signers)
          .map((one) => String(one.name ?? ""))
          .join(locale === "zh" ? "、" : ", "),
      },
      { term: w.fields.note, value: String(input.note ?? "") },
    ].filter((one) => one.value !== ""),
    labels: { ...words[locale].fields, ...w.fields },
    ...(typeof shipmentId === "string"
      ? {
          to: `/equipment/shipments/${shipmentId}`,
          whose: async (signal: AbortSignal) => (await call(getShipment, { id: shipmentId }, { signal })).careHome,
        }
      : {}),
  };
}

/** A training or an event of a piece recorded on a phone. */
function described(fields: readonly (keyof (typeof words)["zh"]["fields"])[], to: (input: Input) => string) {
  return (input: Input, locale: Locale): ActInWords => {
    const w = words[locale];
    const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      topic: w.choices.topic,
      event: w.items.acts,
    };
    return {
      facts: fields
        .map((field) => ({
          term: w.fields[field],
          value: tables[field]?.[String(input[field])] ?? String(input[field] ?? ""),
        }))
        .filter((one) => one.value !== ""),
      labels: w.fields,
      to: to(input),
    };
  };
}

/** Pages of donated equipment (捐赠设备). */
export const equipmentWeb: WebModule = {
  id: "equipment",
  routes: [
    { path: "equipment", lazy: () => import("./board.page.tsx") },
    { path: "equipment/figure", lazy: () => import("./figure.page.tsx") },
    { path: "equipment/homes", lazy: () => import("./homes-list.page.tsx") },
    { path: "equipment/homes/new", lazy: () => import("./home-new.page.tsx") },
    { path: "equipment/homes/:id", lazy: () => import("./home-file.page.tsx") },
    { path: "equipment/homes/:id/change", lazy: () => import("./home-change.page.tsx") },
    { path: "equipment/homes/:id/verify", lazy: () => import("./verify.page.tsx") },
    { path: "equipment/items", lazy: () => import("./items-list.page.tsx") },
    { path: "equipment/items/:id", lazy: () => import("./item-file.page.tsx") },
    { path: "equipment/trace", lazy: () => import("./trace.page.tsx") },
    { path: "equipment/plans", lazy: () => import("./plans-list.page.tsx") },
    { path: "equipment/plans/new", lazy: () => import("./plan-new.page.tsx") },
    { path: "equipment/plans/:id", lazy: () => import("./plan-file.page.tsx") },
    { path: "equipment/plans/:id/ship", lazy: () => import("./ship.page.tsx") },
    { path: "equipment/shipments", lazy: () => import("./shipments-list.page.tsx") },
    { path: "equipment/shipments/:id", lazy: () => import("./shipment-file.page.tsx") },
    { path: "equipment/shipments/:id/sign", lazy: () => import("./sign.page.tsx") },
    { path: "equipment/discrepancies", lazy: () => import("./discrepancies-list.page.tsx") },
    { path: "equipment/discrepancies/:id", lazy: () => import("./discrepancy-file.page.tsx") },
    { path: "equipment/samples", lazy: () => import("./samples-list.page.tsx") },
    { path: "equipment/samples/:id", lazy: () => import("./sample-file.page.tsx") },
    { path: "equipment/samples/:id/check/:homeId", lazy: () => import("./spot-check.page.tsx") },
    { path: "equipment/evaluation", lazy: () => import("./evaluation-list.page.tsx") },
    { path: "equipment/evaluation/:id", lazy: () => import("./evaluate.page.tsx") },
    { path: "equipment/liaisons", lazy: () => import("./liaisons.page.tsx") },
  ],
  pages: [
    ...lists.flatMap(({ who, ...page }) => [
      { ...page, work, who: who.filter((role) => !onlyRead.includes(role)) },
      { ...page, work: "statistics" as const, who: who.filter((role) => onlyRead.includes(role)) },
    ]),
    { work, to: "/equipment/evaluation", title: checks((w) => w.evaluation.title), who: listEvaluationHomes.who },
    { work, to: "/equipment/items", title: both((w) => w.items.title), who: listItems.who, task: true },
    { work, to: "/equipment/trace", title: both((w) => w.trace.title), who: listItems.who, task: true },
    { work, to: "/equipment/homes/new", title: both((w) => w.form.title), who: recordHome.who, task: true },
    { work, to: "/equipment/plans/new", title: goods((w) => w.create.title), who: planAllocation.who, task: true },
  ],
  sheets: [recordHome],
  operations: { zh: words.zh.operations, en: words.en.operations },
  sentences: [
    { zh: moduleWords.zh.errors, en: moduleWords.en.errors },
    { zh: moduleWords.zh.remarks, en: moduleWords.en.remarks },
    { zh: oversightWords.zh.errors, en: oversightWords.en.errors },
    { zh: fieldWords.zh.errors, en: fieldWords.en.errors },
    { zh: words.zh.problems, en: words.en.problems },
  ],
  duties: { zh: moduleWords.zh.duties, en: moduleWords.en.duties },
  causes: Object.fromEntries(
    (Object.keys(words.zh.causes) as (keyof typeof words.zh.causes)[]).map((cause) => [
      cause,
      {
        name: { zh: words.zh.causes[cause], en: words.en.causes[cause] },
        to: (subject: string) =>
          cause.startsWith("equipment.alloca")
            ? `/equipment/plans/${subject}`
            : cause === "equipment.scrapped"
              ? `/equipment/items/${subject}`
              : `/equipment/shipments/${subject}`,
      },
    ]),
  ),
  accountKinds: { zh: words.zh.accountKinds, en: words.en.accountKinds },
  heldSentences: { zh: words.zh.heldWhy, en: words.en.heldWhy },
  heldActs: {
    "equipment.sign-delivery": signed,
    "equipment.record-training": described(
      ["on", "topic", "people", "trainer", "note"],
      (input) => `/equipment/homes/${String(input.careHomeId ?? "")}`,
    ),
    "equipment.record-item-event": described(
      ["event", "note"],
      (input) => `/equipment/items/${String(input.itemId ?? "")}`,
    ),
  },
  finders: [
    {
      id: "care-homes",
      title: both((w) => w.finder),
      who: listHomes.who,
      find: async (typed, signal) => {
        const { homes } = await call(listHomes, { q: typed, limit: 8 }, { signal });
        return homes.map((one) => ({ to: `/equipment/homes/${one.id}`, label: one.name, note: one.divisionName }));
      },
    },
  ],
};
