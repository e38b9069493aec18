import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Operation } from "../kernel/operation/define.ts";
import { InvalidInput, Refusal } from "../kernel/operation/errors.ts";
import { newId } from "../kernel/operation/ids.ts";
import { Phone } from "../kernel/sync/testing/phone.ts";
import type { TestHouse } from "../kernel/testing/house.ts";
import { recordExistingListing } from "../modules/credit/credit.contract.ts";
import { correctDonation, recordDonation } from "../modules/donations/donations.contract.ts";
import { recordExisting } from "../modules/organisations/organisations.contract.ts";
import { recordDeath } from "../modules/people/index.ts";
import { sendComplaint } from "../modules/portal/portal.contract.ts";
import { modules } from "./modules.ts";
import { type Position, positionsOf, publicAt, sees } from "./testing/positions.ts";
import { sampleInput } from "./testing/samples.ts";
import { buildScene, places, type Scene } from "./testing/scene.ts";

/** The input of an operation as its contract writes it. */
interface Asked {
  readonly properties?: Readonly<Record<string, { readonly type?: string }>>;
  readonly required?: readonly string[];
}
const askedOf = (operation: Operation) =>
  z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as Asked;

/** Every list that is read page by page; the steps of a job count on by numbers of their own. */
const lists = modules
  .flatMap((room) => room.handlers.map((one) => one.operation as Operation))
  .filter((one) => askedOf(one).properties?.after?.type === "string")
  .sort((a, b) => (a.id < b.id ? -1 : 1));

/** Other questions to the same list, where its order or its way of searching follows from what is asked. */
const questions: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  "equipment.list-discrepancies": [{ careHomeId: undefined }],
  "portal.list-corrections": [{ collection: "donations." }],
  "portal.list-published": [
    { collection: "donations.donation" },
    { collection: "donations.donation", order: "newest" },
    { collection: "donations.donation", division: places.own },
  ],
  "portal.search-organisations": [
    {},
    { q: "城东区" },
    { q: "城东" },
    { q: "cdq" },
    { division: places.own },
    { kind: "social_group" },
  ],
  "visiting-care.list-people": [{ order: "name" }, { order: "due" }, { order: "last-visit" }],
  "visiting-care.list-reminders": [{ personId: undefined }],
  "visiting-care.month-report": [{ month: "2026-05", division: undefined }],
};
const cases = lists.flatMap((list) => (questions[list.id] ?? [{}]).map((question) => ({ list, question })));
const label = (one: (typeof cases)[number]) => `${one.list.id} ${JSON.stringify(one.question)}`;

const id = "01a1fe2a-64c7-706d-9f89-1eb96b18e221";
const dashes = "-".repeat(36);
/** Each is what no column of some type can be compared with. */
const odd = ["", dashes, id, "2026-99-99", "2026-06-15T99:99:99.999Z", "9".repeat(19), "99999", "\u0000", "🀄\ud800"];
const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const hostile = [
  "",
  dashes,
  "\u0000",
  "🀄",
  "x".repeat(2_000),
  "x".repeat(5_000),
  "99999999999999999999",
  `2026-99-99|${id}`,
  `2026-99-99.${id}`,
  `2026-06-15|${dashes}`,
  `${"9".repeat(9)}.${dashes}`,
  `T${":".repeat(24)}|${id}`,
  `${id}.99999`,
  Buffer.from(`${dashes} x`).toString("base64url"),
  Buffer.from(`2026-99-99\u0001${id}`).toString("base64url"),
  ...[null, {}, [], [[]], [1, { a: 1 }], ["a".repeat(2_900)]].map(packed),
  ...[1, 2, 3, 4].flatMap((length) =>
    [dashes, "2026-99-99", "9".repeat(19)].map((part) => packed(Array(length).fill(part))),
  ),
];

/** A cursor with one of its parts after the other made odd. */
function spoilt(cursor: string): string[] {
  const parts = JSON.parse(Buffer.from(cursor, "base64url").toString()) as string[];
  return parts.flatMap((_, at) => odd.map((part) => packed(parts.with(at, part))));
}

type Row = Readonly<Record<string, unknown>>;

async function rowOf(house: TestHouse, table: string): Promise<Row> {
  const [found] = await house.sql<{ row: Row }>(
    `select to_jsonb(one) as row from "${table}" as one where home_code = $1 limit 1`,
    [places.own],
  );
  if (!found) throw new Error(`the scene has no row of ${table}`);
  return found.row;
}

async function put(house: TestHouse, table: string, row: Row): Promise<void> {
  await house.sql(`insert into "${table}" select (jsonb_populate_record(null::"${table}", $1::jsonb)).*`, [
    JSON.stringify(row),
  ]);
}

/** A second row of what the scene has once, and what it has not, so that every list has a second page. */
async function doubled({ house, given, otherOrganisation }: Scene): Promise<void> {
  const twins: Readonly<Record<string, Row>> = {
    // Nobody has come yet, nothing is due, and the name has no reading.
    care_enrolment: {
      person_id: given({ id: "people.record-death" } as Operation).id,
      name_key: "",
      last_visit_sort: "1900-01-01T00:00:00Z",
      next_due_on: null,
    },
    donation_pledge: {},
    donation_programme: {},
    donation_purpose_change: {},
    donation_use: {},
    census_village: { campaign_id: newId() },
    document: { verification_code: "YB00-0000-0000", number: null },
    emergency: {},
    equipment_evaluation: {},
    export_batch: { number: 2 },
    monitor: {},
    care_visit: {},
    person_pair: { other_id: given({ id: "people.record-death" } as Operation).id },
    referral: {},
    sheet_batch: {},
    supporter_reminder: {},
    supervisory_unit: { name: "城东区样本体育局", name_key: "样本体育局" },
  };
  for (const [table, changes] of Object.entries(twins))
    await put(house, table, { ...(await rowOf(house, table)), id: newId(), ...changes });

  const placed = { home_code: places.own, division_code: places.own };
  const batch = await rowOf(house, "sheet_batch");
  const known = (await house.sql<{ id: string }>("select id from sheet_batch where home_code = $1", [places.own])).map(
    (one) => one.id,
  );
  expect(known).toContain(batch.id);
  for (const batchId of known)
    for (const ordinal of [0, 1])
      await put(house, "sheet_row", {
        ...placed,
        batch_id: batchId,
        ordinal,
        sheet: "样本表",
        row_number: ordinal + 2,
        verdict: "bad",
        problems: { problems: [{ field: "name", cell: `A${ordinal + 2}`, code: "required" }], warnings: [] },
      });
  for (const on_date of ["2026-06-01", "2026-06-02"])
    await put(house, "credit_run", {
      ...placed,
      id: newId(),
      kind: "overdue-reports",
      state: "done",
      on_date,
      digest: "样本",
      candidates: 1,
      max_count: 10,
      started_at: `${on_date}T02:00:00Z`,
      version: 1,
    });
  for (const division_code of [places.own, places.child])
    await put(house, "month_figure", {
      ...placed,
      division_code,
      month: "2026-05",
      revision: 1,
      name: "样本",
      visited: 1,
      enrolled: 2,
      refused: 0,
      rate: "50.0",
      closed_at: "2026-06-01T02:00:00Z",
    });
  // Reports that were missed this year and the year before.
  await house.sql("update inspection_report set state = 'overdue' where home_code = $1", [places.own]);
  const missed = await house.sql<{ row: Row }>(
    "select to_jsonb(one) as row from inspection_report as one where home_code = $1",
    [places.own],
  );
  for (const { row } of missed) await put(house, "inspection_report", { ...row, id: newId(), year: 2024 });
  await house.sql("update organisation set term_to = '2026-07-01' where home_code = $1", [places.own]);

  await house.as("registrar", places.own).call(recordExistingListing, {
    organisationId: otherOrganisation,
    list: "abnormal",
    ground: "annual_report",
    decisionNumber: "东民社〔2025〕10号",
    decidedOn: "2025-09-01",
    listedOn: "2025-09-01",
  });
  // Names as long as contracts allow: their sort key is part of the cursor.
  for (const last of ["一", "二"]) {
    const name = `城东区${"双".repeat(196)}${last}`;
    await house
      .as("registrar", places.own)
      .call(recordExisting, { name, kind: "social_group", registeredOn: "2015-03-01", legalRepresentative: "样小明" });
  }
  const officer = house.as("officer", places.own);
  for (const amountFen of [100, 200]) {
    const gift = await officer.call(recordDonation, { donor: "样本公司", amountFen, publishDonor: true });
    await officer.call(correctDonation, { id: gift.id, reason: "样本更正" });
  }
  await house.intake().call(sendComplaint, { division: places.own, text: "样本反映", contact: "13900000000" });
  const phone = new Phone(() => house.clock.now);
  await phone.register(officer, "样本第二部手机");
  phone.record(recordDeath.id, { id: newId(), on: "2026-06-01", source: "样本" });
  await phone.pushItems(officer);
}

type Page = Row & { readonly next: string | null };
/** The rows of a page; what else an answer lists is the same on every page. */
const listed = (page: Page, name: string) => page[name] as readonly unknown[];
function nameOfRows(whole: Page): string {
  const arrays = Object.entries(whole).flatMap(([name, value]) => (Array.isArray(value) ? [{ name, value }] : []));
  return arrays.sort((a, b) => b.value.length - a.value.length)[0]?.name ?? "";
}

let scene: Scene;
let positions: Position[];
beforeAll(async () => {
  scene = await buildScene();
  await doubled(scene);
  positions = positionsOf(scene).filter(sees);
});
afterAll(() => scene.house.close());

/** What a list is asked for: what it must be told, and no more, so that it shows all there is. */
function inputOf({ list, question }: (typeof cases)[number]): Row {
  const given = scene.given(list);
  const sample = sampleInput(list, { ...scene.fields, ...scene.known, ...question }, given);
  const needed = askedOf(list).required ?? [];
  const kept = Object.entries(sample).filter(([name]) => needed.includes(name) || name in given);
  return { ...Object.fromEntries(kept), ...question };
}

const ask = (one: (typeof cases)[number], who: Position, page: Row) =>
  who.who.call(one.list, { ...inputOf(one), ...page } as never) as Promise<Page>;

/** Who may ask, those first who find a second page. */
async function asking(one: (typeof cases)[number]): Promise<{ who: Position; first: Page }> {
  const all = one.list.door === "app" ? positions : [publicAt(scene, one.list.door)];
  let best: { who: Position; first: Page } | undefined;
  for (const who of all.filter((position) => one.list.who.includes(position.role))) {
    const first = await ask(one, who, { limit: 1 });
    if (first.next !== null) return { who, first };
    best ??= { who, first };
  }
  if (!best) throw new Error(`nobody may ask ${label(one)}`);
  return best;
}

describe("a cursor nobody gave is answered or refused in words, never a fault", () => {
  for (const one of cases)
    it(label(one), async () => {
      const { who, first } = await asking(one);
      const wrong: string[] = [];
      for (const after of [...hostile, ...(first.next === null ? [] : spoilt(first.next))])
        try {
          await ask(one, who, { after, limit: 1 });
        } catch (error) {
          if (!(error instanceof Refusal || error instanceof InvalidInput))
            wrong.push(`${after.slice(0, 80)}: ${(error as Error).message}`);
        }
      expect(wrong).toEqual([]);
    });
});

describe("a page's own cursor leads to what follows, to the end and nothing twice", () => {
  for (const one of cases)
    it(label(one), async () => {
      const { who, first } = await asking(one);
      expect(first.next, `the scene has no second page of ${label(one)}`).not.toBeNull();
      const whole = await ask(one, who, { limit: 100 });
      const rows = nameOfRows(whole);
      const seen = [...listed(first, rows)];
      let { next } = first;
      for (let pages = 1; next !== null && pages < 100; pages++) {
        const page = await ask(one, who, { after: next, limit: 1 });
        seen.push(...listed(page, rows));
        ({ next } = page);
      }
      expect(next).toBeNull();
      expect(seen).toEqual(listed(whole, rows));
    });
});
