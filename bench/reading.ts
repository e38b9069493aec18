import { nameTokens, queryTokens } from "../kernel/search/tokens.ts";
import { against, as, type Desk, fromAnywhere, get, type Measure, ms, per } from "./desk.ts";
import { bigCounty } from "./organisations.ts";
import { median, seeded } from "./random.ts";
import type { Figure } from "./table.ts";

async function someOf(desk: Desk, count: number): Promise<{ id: string; name: string; credit_code: string | null }[]> {
  return desk.sql("select id, name, credit_code from organisation where id = any($1::uuid[])", [
    sampleIds(desk.size, count),
  ]);
}

/** Ids of organisations spread over the register; the generator counts them from one. */
export function sampleIds(size: number, count: number, seed = 7): string[] {
  const random = seeded(seed);
  return Array.from(
    { length: count },
    () => `01900000-0000-7000-8000-${(1 + Math.floor(random() * size)).toString(16).padStart(12, "0")}`,
  );
}

/** What people type: pairs of characters, the most frequent ones among them, four characters, initials, codes. */
async function queries(desk: Desk): Promise<string[]> {
  const random = seeded(11);
  const names = await someOf(desk, 800);
  const counted = new Map<string, number>();
  for (const { name } of names)
    for (const token of nameTokens(name))
      if (/^\p{Script=Han}{2}$/u.test(token)) counted.set(token, (counted.get(token) ?? 0) + 1);
  const common = [...counted]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 25)
    .map(([token]) => token);
  const out: string[] = [];
  for (const { name, credit_code } of names) {
    const characters = [...name];
    const at = Math.floor(random() * Math.max(1, characters.length - 4));
    const kind = out.length % 6;
    if (kind === 0) out.push(common[Math.floor(random() * common.length)] as string);
    else if (kind === 1) out.push(characters.slice(at, at + 2).join(""));
    else if (kind === 2) out.push(characters.slice(at, at + 4).join(""));
    else if (kind === 3) out.push(characters.slice(-4).join(""));
    else if (kind === 4)
      out.push(
        (nameTokens(name).find((token) => /^[a-z]{4,12}$/.test(token)) ?? "hzs").slice(0, 2 + Math.floor(random() * 4)),
      );
    else out.push((credit_code ?? "51330106").slice(0, random() < 0.5 ? 18 : 8));
  }
  return out.filter((q) => queryTokens(q).kind !== "too-short");
}

export const portalSearch: Measure = async (desk) => {
  const shots = (await queries(desk)).map((q, at) =>
    get("portal.search-organisations", { q, limit: 20 }, fromAnywhere(at)),
  );
  const { ours, floor, sent } = await against(desk, "portal-search", shots, { recorded: shots.length });
  return [
    {
      figure: `portal search, ${desk.clients} clients, p95`,
      value: `${ms(ours.p95)} ms (${per(ours.rate)})`,
      goal: "<= 50 ms",
      floor: `${ms(floor.p95)} ms (${per(floor.rate)})`,
      ratio: ours.rate / floor.rate,
      reached: ours.p95 <= 50,
      note: `p50 ${ms(ours.p50)}, p99 ${ms(ours.p99)} ms; ${sent.toFixed(1)} statements a search`,
    },
  ];
};

/** The address of page 100, by going there. */
async function hundredth(desk: Desk, person: "administrator" | "clerk"): Promise<{ cursor: string; page: number }> {
  let cursor = "";
  for (let page = 1; page < 100; page++) {
    const response = await desk.app.inject({
      method: "GET",
      url: get("organisations.list", { limit: 50, ...(cursor ? { after: cursor } : {}) }, {}).path,
      headers: as(person),
    });
    const next = (response.json() as { next: string | null }).next;
    if (!next) return { cursor, page };
    cursor = next;
  }
  return { cursor, page: 100 };
}

export const registerList: Measure = async (desk) => {
  const figures: Figure[] = [];
  const p95 = new Map<string, number>();
  for (const person of ["administrator", "clerk"] as const) {
    const far = await hundredth(desk, person);
    for (const [page, input] of [
      ["page 1", { limit: 50 }],
      [`page ${far.page}`, { limit: 50, ...(far.cursor ? { after: far.cursor } : {}) }],
    ] as const) {
      const { ours, floor, sent } = await against(desk, `list-${person}-${page.replace(" ", "-")}`, [
        get("organisations.list", input, as(person)),
      ]);
      p95.set(`${person} ${page === "page 1" ? "1" : "100"}`, ours.p95);
      figures.push({
        figure: `register list as ${person}, ${page}, p95`,
        value: `${ms(ours.p95)} ms (${per(ours.rate)})`,
        goal: "<= 50 ms",
        floor: `${ms(floor.p95)} ms (${per(floor.rate)})`,
        ratio: ours.rate / floor.rate,
        reached: ours.p95 <= 50,
        note: `p50 ${ms(ours.p50)}, p99 ${ms(ours.p99)} ms; ${sent.toFixed(1)} statements`,
      });
    }
  }
  for (const page of ["1", "100"]) {
    const ratio = (p95.get(`clerk ${page}`) ?? Number.NaN) / (p95.get(`administrator ${page}`) ?? Number.NaN);
    figures.push({
      figure: `register list page ${page}, clerk / administrator`,
      value: `${ratio.toFixed(2)} x`,
      goal: "<= 1.3 x",
      reached: ratio <= 1.3,
    });
  }
  return figures;
};

export const organisationPage: Measure = async (desk) => {
  const shots = sampleIds(desk.size, 400).map((id) => get("organisations.get", { id }, as("administrator")));
  const { ours, floor, sent } = await against(desk, "organisation-page", shots, { recorded: 300 });
  const ratio = ours.rate / floor.rate;
  return [
    {
      figure: `organisation page, ${desk.clients} clients, throughput`,
      value: per(ours.rate),
      goal: ">= 0.75 of floor",
      floor: per(floor.rate),
      ratio,
      reached: ratio >= 0.75,
      note: `p95 ${ms(ours.p95)} ms, floor ${ms(floor.p95)} ms; ${sent.toFixed(1)} statements`,
    },
  ];
};

export const statistics: Measure = async (desk) => {
  const figures: Figure[] = [];
  for (const [name, division] of [
    ["nation", ""],
    ["province", "33"],
    ["city", "3301"],
    ["county", bigCounty],
  ] as const) {
    const shot = get("organisations.statistics", division ? { division } : {}, as("administrator"));
    const { ours, floor, sent } = await against(desk, `statistics-${name}`, [shot], { clients: 1 });
    figures.push({
      figure: `statistics of a ${name}, 1 client, p50`,
      value: `${ms(ours.p50)} ms`,
      goal: "<= 5 ms",
      floor: `${ms(floor.p50)} ms`,
      ratio: ours.rate / floor.rate,
      reached: median([ours.p50]) <= 5,
      note: `p95 ${ms(ours.p95)} ms; ${sent.toFixed(1)} statements`,
    });
  }
  return figures;
};
