import { z } from "zod";
import { defineCommand, defineQuery, type SheetColumn } from "../../kernel/operation/define.ts";
import { date, division, facts, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import {
  allocationState,
  discrepancyKind,
  discrepancyState,
  floodSeverity,
  homeKind,
  homeState,
  itemKind,
  itemState,
  readers,
  shipmentState,
  sizeClass,
  tilt,
} from "./equipment.shapes.ts";

const sheet: SheetColumn[] = [
  { field: "name", headers: ["机构名称", "敬老院名称", "养老机构", "名称", "home"], kind: "text", required: true },
  { field: "division", headers: ["区划代码", "所在区划代码", "division"], kind: "code", required: true },
  {
    field: "kind",
    headers: ["机构类别", "类别", "kind"],
    kind: "enum",
    values: {
      rural: ["农村敬老院", "敬老院", "农村", "rural"],
      public: ["公办养老机构", "福利院", "公办", "public"],
      private: ["民办养老机构", "民办", "private"],
    },
  },
  {
    field: "residents",
    headers: ["在院人数", "入住人数", "供养人数", "residents"],
    kind: "integer",
    required: true,
  },
  { field: "beds", headers: ["床位数", "床位", "beds"], kind: "integer" },
  { field: "paired", headers: ["定点帮扶和对口支援地区", "定点帮扶", "paired"], kind: "boolean" },
  { field: "poorest", headers: ["三区三州", "poorest"], kind: "boolean" },
  {
    field: "floodSeverity",
    headers: ["洪灾程度", "洪灾", "flood"],
    kind: "enum",
    values: {
      light: ["轻", "较轻", "light"],
      moderate: ["较重", "moderate"],
      serious: ["严重", "重", "serious"],
      extreme: ["特别严重", "特重", "extreme"],
    },
  },
  { field: "director", headers: ["院长", "负责人", "director"], kind: "text" },
  { field: "contact", headers: ["联系电话", "电话", "phone"], kind: "text" },
  {
    field: "served",
    headers: ["已配备物品", "此前已配备", "served"],
    kind: "enum",
    values: {
      both: ["制氧机、血氧仪", "两样", "是", "both"],
      oxygen_concentrator: ["制氧机"],
      oximeter: ["血氧仪"],
      none: ["无", "否", "none"],
    },
  },
  { field: "servedBatch", headers: ["此前批次", "配备批次", "batch"], kind: "text" },
];

const homeFields = {
  kind: homeKind.default("rural"),
  /** People who live there (在院人数). */
  residents: z.int().min(0).max(100_000),
  beds: z.int().min(0).max(100_000).optional(),
  paired: z.boolean().optional(),
  poorest: z.boolean().optional(),
  floodSeverity: floodSeverity.optional(),
  director: optionalText(60),
  /** Phone of the home's staff: sealed, never published. */
  contact: optionalText(100),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** What an earlier batch brought: both items, one of them, none. */
  served: z.enum(["both", "none", "oxygen_concentrator", "oximeter"]).optional(),
  /** Which batch that was, e.g. the one of the Spring Festival. */
  servedBatch: optionalText(100),
};

/** Records a home (登记养老机构): in the register of its county, by its village where that is known; one row per home, or a sheet. */
export const recordHome = defineCommand("equipment.record-home", {
  who: ["officer"],
  input: z.object({ name: text(200), division, ...homeFields }),
  output: z.object({ id, sizeClass: sizeClass.nullable(), served: z.array(itemKind), decisionId: id }),
  refusals: {
    "equipment/not-your-register": 403,
    "equipment/home-known": 409,
    "equipment/unknown-division": 422,
    "equipment/county-missing": 422,
  },
  privateFields: ["contact", "director"],
  sheet,
});

/** Changes what is known of a home (变更机构信息): only the fields that are sent; closing it keeps what was delivered. */
export const changeHome = defineCommand("equipment.change-home", {
  who: ["officer"],
  input: z.object({
    id,
    version: z.int(),
    name: text(200).optional(),
    division: division.optional(),
    kind: homeKind.optional(),
    residents: z.int().min(0).max(100_000).optional(),
    beds: z.int().min(0).max(100_000).nullable().optional(),
    paired: z.boolean().optional(),
    poorest: z.boolean().optional(),
    floodSeverity: floodSeverity.nullable().optional(),
    director: optionalText(60),
    contact: optionalText(100),
    latitude: z.number().min(-90).max(90).nullable().optional(),
    longitude: z.number().min(-180).max(180).nullable().optional(),
    served: z.enum(["both", "none", "oxygen_concentrator", "oximeter"]).optional(),
    servedBatch: optionalText(100),
    state: homeState.optional(),
    reason: text(300),
  }),
  output: z.object({ id, version: z.int() }),
  refusals: {
    "equipment/unknown-home": 404,
    "equipment/not-your-register": 403,
    "equipment/home-changed": 409,
    "equipment/home-known": 409,
    "equipment/unknown-division": 422,
    "equipment/other-county": 422,
    "equipment/on-the-way": 409,
  },
  privateFields: ["contact", "director"],
});

export const homeLine = z.object({
  id,
  name: z.string(),
  division: z.string(),
  divisionName: z.string(),
  kind: homeKind,
  state: homeState,
  residents: z.int(),
  sizeClass: sizeClass.nullable(),
  flags: z.array(tilt),
  /** Items an earlier batch brought. */
  served: z.array(itemKind),
  /** Items of which something was signed for here, and of which all was verified. */
  delivered: z.array(itemKind),
  verified: z.array(itemKind),
  /** Both items delivered and verified, as the handbook defines it (覆盖). */
  covered: z.boolean(),
  /** Staff trained in using them; a home with equipment and nobody trained is flagged. */
  trained: z.int(),
  untrained: z.boolean(),
  openDiscrepancies: z.int(),
});
export type HomeLine = z.infer<typeof homeLine>;

/** Homes of one's divisions (养老机构名册), by name; `q` is the beginning of the name. */
export const listHomes = defineQuery("equipment.list-homes", {
  who: readers,
  input: z.object({
    division: division.optional(),
    q: z.string().trim().max(60).optional(),
    kind: homeKind.optional(),
    state: homeState.optional(),
    sizeClass: sizeClass.optional(),
    flag: tilt.optional(),
    covered: z.enum(["yes", "no"]).optional(),
    /** Homes with a piece signed for, or verified: the rows behind the board's figures. */
    delivered: z.enum(["yes", "no"]).optional(),
    verified: z.enum(["yes", "no"]).optional(),
    untrained: z.enum(["yes", "no"]).optional(),
    ...page,
  }),
  output: z.object({ homes: z.array(homeLine), total: z.int().nullable(), next: z.string().nullable() }),
});

export const itemLine = z.object({
  id,
  item: itemKind,
  name: z.string(),
  serial: z.string(),
  state: itemState,
  careHomeId: id,
  shipmentId: id.nullable(),
  deliveredOn: date.nullable(),
  verifiedOn: date.nullable(),
  /** What may happen to it next, by the rule of its states. */
  events: z.array(z.string()),
});
export type ItemLine = z.infer<typeof itemLine>;

export const timelineLine = z.object({
  at: instant,
  event: z.string(),
  actor: z.string(),
  quantity: z.int().nullable(),
  serials: z.array(z.string()),
  note: z.string().nullable(),
  facts,
});

/** One home (机构档案): its equipment piece by piece, shipments, training, checks, discrepancies, the way everything went. */
export const getHome = defineQuery("equipment.get-home", {
  who: readers,
  input: z.object({ id }),
  output: homeLine.extend({
    beds: z.int().nullable(),
    floodSeverity: floodSeverity.nullable(),
    director: z.string().nullable(),
    /** Masked. */
    contact: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    servedBatch: z.string().nullable(),
    version: z.int(),
    decisionId: id.nullable(),
    items: z.array(itemLine),
    allocations: z.array(
      z.object({ id, planId: id, item: itemKind, quantity: z.int(), state: allocationState, rank: z.int().nullable() }),
    ),
    shipments: z.array(
      z.object({ id, state: shipmentState, shippedOn: date, dueOn: date, deliveredOn: date.nullable() }),
    ),
    trainings: z.array(
      z.object({
        id,
        on: date,
        topic: z.string(),
        people: z.int(),
        trainer: z.string().nullable(),
        photoIds: z.array(id),
      }),
    ),
    checks: z.array(
      z.object({
        id,
        kind: z.string(),
        item: itemKind,
        result: z.string(),
        seen: z.int(),
        on: date,
        note: z.string().nullable(),
        photoIds: z.array(id),
      }),
    ),
    discrepancies: z.array(
      z.object({
        id,
        kind: discrepancyKind,
        item: itemKind.nullable(),
        quantity: z.int(),
        state: discrepancyState,
        owner: z.string().nullable(),
        dueOn: date,
        late: z.boolean(),
      }),
    ),
    timeline: z.array(timelineLine),
  }),
  refusals: { "equipment/unknown-home": 404 },
});
