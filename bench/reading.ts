import { nameTokens, queryTokens } from "../kernel/search/tokens.ts";
import { against, as, ask, type Desk, fromAnywhere, get, type Measure, ms, per, told } from "./desk.ts";
import { bigCounty, idOf, organisations } from "./organisations.ts";
import { seeded } from "./random.ts";
import type { Figure } from "./table.ts";

/** Ids of organisations spread over the register; the generator counts them from one. */
export function sampleIds(size: number, count: number): string[] {
  const random = seeded(7);
  return Array.from({ length: count }, () => idOf(1 + Math.floor(random() * size)));
}

/** What people type: pairs of characters, the most frequent ones among them, four characters, initials, codes. */
function queries(size: number): string[] {
  const random = seeded(11);
  const names: { name: string; code: string | null }[] = [];
  const step = Math.max(1, Math.floor(size / 800));
  let at = 0;
  for (const row of organisations(size)) if (at++ % step === 0) names.push({ name: row.name, code: row.credit_code });
  const counted = new Map<string, number>();
  for (const { name } of names)
    for (const token of nameTokens(name))
      if (/^\p{Script=Han}{2}$/u.test(token)) counted.set(token, (counted.get(token) ?? 0) + 1);
  const common = [...counted].sort((a, b) => b[1] - a[1]).map(([token]) => token);
  const out = names.map(({ name, code }, kind) => {
    const characters = [...name];
    const from = Math.floor(random() * Math.max(1, characters.length - 4));
    const letters = nameTokens(name).filter((token) => /^[a-z]{4,12}$/.test(token));
    switch (kind % 6) {
      case 0:
        return common[Math.floor(random() * 25)] as string;
      case 1:
        return characters.slice(from, from + 2).join("");
      case 2:
        return characters.slice(from, from + 4).join("");
      case 3:
        return characters.slice(-4).join("");
      case 4:
        return (letters[0] ?? "hzs").slice(0, 2 + Math.floor(random() * 4));
      default:
        return (code ?? "51330106").slice(0, random() < 0.5 ? 18 : 8);
    }
  });
  return out.filter((q) => queryTokens(q).kind !== "too-short");
}

export const portalSearch: Measure = async (desk) => {
  const shots = queries(desk.size).map((q, at) =>
    get("portal.search-organisations", { q, limit: 20 }, fromAnywhere(at)),
  );
  const { ours, floor, ratio, behind } = await against(desk, "portal-search", shots, { recorded: shots.length });
  return [
    {
      figure: `portal search, ${desk.clients} clients, p95`,
      value: told("p95", ours),
      goal: "<= 50 ms",
      ...(floor ? { floor: told("p95", floor), ratio } : {}),
      reached: ours.p95 <= 50,
      note: behind,
    },
  ];
};

/** The address of page 100, by going there; of the last page where there are fewer. */
async function hundredth(desk: Desk, person: "administrator" | "clerk"): Promise<{ cursor: string; page: number }> {
  let cursor = "";
  for (let page = 1; page < 100; page++) {
    const shot = get("organisations.list", { limit: 50, ...(cursor ? { after: cursor } : {}) }, as(person));
    const { next } = await ask<{ next: string | null }>(desk, shot);
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
    for (const [page, number, cursor] of [
      ["first", 1, ""],
      ["far", far.page, far.cursor],
    ] as const) {
      const shot = get("organisations.list", { limit: 50, ...(cursor ? { after: cursor } : {}) }, as(person));
      const { ours, floor, ratio, behind } = await against(desk, `list-${person}-${page}`, [shot]);
      p95.set(`${person} ${page}`, ours.p95);
      figures.push({
        figure: `register list as ${person}, page ${number}, p95`,
        value: told("p95", ours),
        goal: "<= 50 ms",
        ...(floor ? { floor: told("p95", floor), ratio } : {}),
        reached: ours.p95 <= 50,
        note: behind,
      });
    }
  }
  for (const page of ["first", "far"]) {
    const ratio = (p95.get(`clerk ${page}`) ?? Number.NaN) / (p95.get(`administrator ${page}`) ?? Number.NaN);
    figures.push({
      figure: `register list, ${page} page, clerk / administrator`,
      value: `${ratio.toFixed(2)} x`,
      goal: "<= 1.3 x",
      reached: ratio <= 1.3,
    });
  }
  return figures;
};

export const organisationPage: Measure = async (desk) => {
  const shots = sampleIds(desk.size, 400).map((id) => get("organisations.get", { id }, as("administrator")));
  const { ours, floor, ratio, behind } = await against(desk, "organisation-page", shots, { recorded: 300 });
  return [
    {
      figure: `organisation page, ${desk.clients} clients, throughput`,
      value: per(ours.rate),
      goal: floor ? ">= 0.75 of floor" : "",
      ...(floor && ratio !== undefined ? { floor: per(floor.rate), ratio, reached: ratio >= 0.75 } : {}),
      note: `p95 ${ms(ours.p95)} ms; ${behind}`,
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
    const { ours, floor, ratio, behind } = await against(desk, `statistics-${name}`, [shot], { clients: 1 });
    figures.push({
      figure: `statistics of a ${name}, 1 client, p50`,
      value: `${ms(ours.p50)} ms`,
      goal: "<= 5 ms",
      ...(floor ? { floor: `${ms(floor.p50)} ms`, ratio } : {}),
      reached: ours.p50 <= 5,
      note: `p95 ${ms(ours.p95)} ms; ${behind}`,
    });
  }
  return figures;
};
