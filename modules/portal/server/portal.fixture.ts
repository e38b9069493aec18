import { gather } from "../../../kernel/indicator/indicator.ts";
import { nameTokens, pinyinKey } from "../../../kernel/search/tokens.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { complaintsModule } from "../../complaints/server/index.ts";
import { organisationsModule, registered, stock } from "../../organisations/server/index.ts";
import { portalModule } from "./portal.module.ts";

/** One invented organisation for a test of the portal. */
export interface Invented {
  readonly id?: string;
  readonly name: string;
  readonly code: string;
  readonly division: string;
  readonly kind?: string;
  readonly status?: string;
  readonly grade?: string | null;
  readonly listing?: string;
  readonly registeredOn?: string;
  readonly charity?: boolean;
  readonly fundraisingQualified?: boolean;
  readonly expires?: string;
  readonly formerNames?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A house with a register, complaints and a portal; all data in it is invented by the test. */
export async function portalHouse(): Promise<TestHouse> {
  return testHouse([organisationsModule, complaintsModule, portalModule([organisationsModule])]);
}

/** Publishes invented organisations with their tokens and counters, as the register does. */
export async function publishInvented(house: TestHouse, all: readonly Invented[]): Promise<void> {
  const rows = all.map((one) => {
    const { id: _id, expires, extra, division, ...facts } = one;
    return {
      key: one.code,
      subject_id: one.id ?? null,
      division_code: division,
      title: one.name,
      sort_key: pinyinKey(one.name),
      expires_on: expires ?? null,
      body: {
        kind: "social_group",
        status: "registered",
        grade: null,
        listing: "none",
        registeredOn: "2020-05-01",
        registrationAuthority: "城东区民政局",
        charity: false,
        fundraisingQualified: false,
        ...facts,
        ...extra,
      } as Record<string, unknown>,
    };
  });
  await house.sql(
    `insert into publication.item (collection, key, subject_id, division_code, title, sort_key, body, published_on, expires_on, version)
     select 'organisations.organisation', key, subject_id, division_code, title, sort_key, body, '2026-01-01', expires_on, 1
     from jsonb_to_recordset($1::jsonb) as row (key text, subject_id uuid, division_code text, title text, sort_key text, body jsonb, expires_on date)`,
    [JSON.stringify(rows)],
  );
  const tokens = rows.flatMap((row) =>
    [
      ...new Set([
        ...nameTokens(row.title),
        ...(row.body.formerNames ? nameTokens(String(row.body.formerNames)) : []),
        row.key,
      ]),
    ].map((token) => ({ token, sort_key: row.sort_key, key: row.key })),
  );
  await house.sql(
    `insert into publication.search_token (collection, token, sort_key, key)
     select 'organisations.organisation', token, sort_key, key from jsonb_to_recordset($1::jsonb) as row (token text, sort_key text, key text)`,
    [JSON.stringify(tokens)],
  );
  for (const row of rows)
    if (row.body.formerNames)
      await publishItem(house, {
        collection: "organisations.former-name",
        key: row.key,
        division: row.division_code,
        title: row.title,
        body: { name: row.title, formerNames: row.body.formerNames },
      });
  const cells = gather(
    rows.flatMap(({ body, division_code }) => {
      const at = { home: division_code.slice(0, 6).padEnd(6, "0"), division: division_code, delta: 1 };
      return [
        {
          ...at,
          indicator: stock,
          key: [String(body.kind), String(body.status), String(body.grade ?? "-"), String(body.listing)],
        },
        { ...at, indicator: registered, period: String(body.registeredOn).slice(0, 4), key: [String(body.kind)] },
      ];
    }),
  );
  await house.sql(
    `insert into publication.figure as cell (indicator, division_code, period, key, value)
     select indicator, division_code, period, key, value from jsonb_to_recordset($1::jsonb) as row (indicator text, division_code text, period text, key text, value bigint)
     on conflict (indicator, period, division_code, key) do update set value = cell.value + excluded.value`,
    [JSON.stringify(cells)],
  );
}

/** Publishes one item of another collection. */
export async function publishItem(
  house: TestHouse,
  item: {
    readonly collection: string;
    readonly key: string;
    readonly subject?: string;
    readonly division: string;
    readonly title: string;
    readonly sortKey?: string;
    readonly expires?: string;
    readonly body: object;
  },
): Promise<void> {
  await house.sql(
    `insert into publication.item (collection, key, subject_id, division_code, title, sort_key, body, published_on, expires_on, version)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, '2026-01-02', $8, 1)`,
    [
      item.collection,
      item.key,
      item.subject ?? null,
      item.division,
      item.title,
      item.sortKey ?? item.title,
      JSON.stringify(item.body),
      item.expires ?? null,
    ],
  );
}
