import { addDays, addYears } from "../kernel/clock/date.ts";
import { homeOf, levelOf, significant } from "../kernel/divisions/code.ts";
import type { Division } from "../kernel/divisions/data.ts";
import type { Grade, Kind, PartyState, Status } from "../modules/organisations/index.ts";
import { inventedCreditCode, misprinted } from "./codes.ts";
import { Dice } from "./dice.ts";
import { county, hardNames, organisationName, personName, placeName } from "./names.ts";

/** An invented organisation as it will stand in the register (虚构社会组织). */
export interface Invented {
  readonly home: string;
  readonly division: string;
  readonly kind: Kind;
  readonly name: string;
  readonly creditCode: string | null;
  readonly status: Status;
  readonly registeredOn: string;
  readonly fundsFen: number;
  readonly unitName: string | null;
  readonly domicile: string;
  readonly domicileDivision: string;
  readonly scope: string;
  readonly legalRepresentative: string;
  readonly validity: string | null;
  readonly formerName: string | null;
  readonly party: { readonly organisation: PartyState; readonly required: boolean; readonly members: number };
  readonly employees: number;
  readonly members: number | null;
  readonly charityOn: string | null;
  readonly fundraising: boolean;
  readonly grade: { readonly grade: Grade; readonly from: string; readonly to: string } | null;
  /** When it is entered into the register: with the old register, or in January of this year. */
  readonly wave: "old" | "young";
  /** How much money goes through it in a year, in yuan. */
  readonly scale: number;
  /** What the register names differently from what is true here: kept as a doubt. */
  readonly registeredText: string;
}

/** How many of each kind a register holds. */
interface Share {
  readonly social_group: number;
  readonly social_service_institution: number;
  readonly foundation: number;
  readonly community_organisation: number;
}

const share = (groups: number, institutions: number, community = 0, foundations = 0): Share => ({
  social_group: groups,
  social_service_institution: institutions,
  foundation: foundations,
  community_organisation: community,
});

/** Registers that hold their yearly reports; every other county has only a few young organisations. */
export const registers: Readonly<Record<string, Share>> = {
  "63": share(42, 26, 0, 20),
  "6301": share(28, 20),
  "630102": share(52, 50, 20),
  "630103": share(11, 9, 6),
  "630104": share(10, 10, 6),
  "630105": share(8, 7, 5),
  "630106": share(8, 5, 4),
  "630121": share(8, 4, 3),
  "630123": share(6, 4, 2),
  "6302": share(10, 6),
  "630202": share(8, 6, 4),
  "630203": share(6, 5, 2),
  "6322": share(6, 4),
  "6325": share(6, 4),
  "6328": share(7, 4),
  "632801": share(8, 6, 4),
};

/** Departments that supervise (业务主管单位), by level of the register. */
const departments = [
  ["技能", "体育", "青少年", "阅读", "托育", "儿童", "观测"],
  ["艺术", "戏", "剪纸", "刺绣", "古琴", "口琴", "摄影", "收藏", "合唱", "诗词", "故事"],
  ["农", "种植", "养殖", "养蜂", "养鱼", "饲草", "种业", "园艺"],
  ["养老", "康复", "营养", "心理", "救护"],
  ["无人机", "研究"],
];
const departmentNames = ["教育", "文化和旅游", "农业农村", "卫生健康", "科技"];

/** Supervisory units of a register, with another wording each that old lists use. */
export function unitsOf(code: string, place: string): { name: string; aliases: string[] }[] {
  const suffix = levelOf(code) === 1 ? "厅" : "局";
  const count = levelOf(code) === 1 ? 5 : code === "6301" || code === county ? 4 : 2;
  return departmentNames.slice(0, count).map((one) => ({
    name: `${place}${one}${suffix}`,
    aliases: [`${place.replace(/^(西宁市|海东市)/, "")}${one}${suffix === "厅" ? "局" : "委"}`],
  }));
}

/** All invented organisations of the province (虚构登记簿): the same on every machine for the same day. */
export function inventOrganisations(divisions: readonly Division[], today: string): Invented[] {
  const counties = divisions.filter((one) => one.level >= 1 && one.level <= 3);
  const used = new Set<string>();
  const out: Invented[] = [];
  let serial = 0;
  for (const { code, name } of counties) {
    // Only streets and townships file community organisations: a prefecture has none of its own.
    const own = registers[code] ?? (levelOf(code) === 3 ? share(1, 1, 2) : share(1, 1));
    const towns = divisions.filter((one) => one.level === 4 && one.code.startsWith(code));
    const dice = new Dice(`register ${code}`);
    for (const kind of [
      "social_group",
      "social_service_institution",
      "foundation",
      "community_organisation",
    ] as const) {
      for (let at = 0; at < own[kind]; at++) {
        serial += 1;
        out.push(
          invent({
            dice,
            code,
            place: placeName(code, name),
            kind,
            at,
            serial,
            towns,
            today,
            used,
            small: registers[code] === undefined,
          }),
        );
      }
    }
  }
  return withOddities(out);
}

interface Around {
  readonly dice: Dice;
  readonly code: string;
  readonly place: string;
  readonly kind: Kind;
  readonly at: number;
  readonly serial: number;
  readonly towns: readonly Division[];
  readonly today: string;
  readonly used: Set<string>;
  readonly small: boolean;
}

/** States of the old register, by turn: most live, some ended long ago. */
function statusOf(kind: Kind, at: number): Status {
  if (kind === "community_organisation") return at % 11 === 9 ? "withdrawn" : "filed";
  if (at % 17 === 13) return "deregistered";
  if (at === 25) return kind === "social_group" ? "revoked" : "annulled";
  if (at === 31) return "suspended";
  if (at === 35) return "liquidating";
  return "registered";
}

function invent(around: Around): Invented {
  const { dice, code, place, kind, at, serial, towns, today, used } = around;
  const year = Number(today.slice(0, 4));
  const home = homeOf(code);
  const town = towns.length > 0 ? dice.pick(towns) : undefined;
  let made = organisationName(dice, kind, kind === "community_organisation" && town ? town.name : place);
  while (used.has(made.name))
    made = organisationName(dice, kind, kind === "community_organisation" && town ? town.name : place);
  used.add(made.name);

  const young = around.small || (kind !== "foundation" && at % 9 === 8);
  const status = young ? (kind === "community_organisation" ? "filed" : "registered") : statusOf(kind, at);
  const registeredOn = young
    ? addDays(around.small ? `${year - 1}-07-03` : `${year - 2}-07-03`, dice.between(0, around.small ? 175 : 540))
    : addDays(`${year - 3 - dice.between(0, 26)}-01-05`, dice.between(0, 350) - 365);
  const filed = kind === "community_organisation";
  const direct = filed || dice.chance(code === county ? 0.62 : 0.3);
  const units = unitsOf(code, place);
  const fieldUnit = departments.findIndex((words) => words.some((word) => made.field.includes(word)));
  const unit = around.small ? undefined : (units[fieldUnit] ?? units[code === county ? 0 : serial % units.length]);
  const employees = filed ? 0 : dice.between(2, 26);
  const required = employees >= 8;
  const charity = !filed && (kind === "foundation" ? at % 4 !== 3 : at % 13 === 5);
  const charityOn = charity ? maxOf(registeredOn, "2017-03-01") : null;
  const graded = !young && status === "registered" && !filed && at % 5 === 1;
  const certificate = maxOf(registeredOn, addDays(`${year - 4 + (serial % 4)}-03-01`, serial % 300));
  const scale = kind === "foundation" ? dice.between(900, 9_000) * 1_000 : dice.between(80, 1_600) * 1_000;
  return {
    home,
    division: filed && town ? town.code : significant(code),
    kind,
    name: made.name,
    creditCode: kind === "community_organisation" ? null : inventedCreditCode(kind, home, serial),
    status,
    registeredOn,
    fundsFen: fundsOf(kind, dice),
    unitName: direct ? null : (unit?.name ?? null),
    domicile: `${place}${town ? town.name : ""}${dice.pick(["青禾路", "云杉街", "金穗巷", "河源路", "雪菊路", "朔风街"])}${dice.between(1, 240)}号`,
    domicileDivision: town?.code ?? significant(code),
    scope: scopeOf(kind, made.field),
    legalRepresentative: personName(dice),
    validity:
      filed || status === "deregistered" ? null : `${certificate}至${addYears(certificate, at % 19 === 7 ? 2 : 5)}`,
    formerName: !young && at % 14 === 4 ? organisationName(dice, kind, place).name : null,
    party: {
      organisation: required
        ? dice.pick(["established", "established", "joint", "none"] as const)
        : dice.pick(["none", "joint", "unknown"] as const),
      required,
      members: required ? dice.between(3, 9) : dice.between(0, 2),
    },
    employees,
    members: kind === "social_group" ? dice.between(52, 400) : filed ? dice.between(12, 60) : null,
    charityOn,
    fundraising: kind === "foundation" && at % 6 === 1,
    grade: graded ? gradeOf(at, today) : null,
    wave: young ? "young" : "old",
    scale,
    registeredText: registeredOn,
  };
}

function maxOf(one: string, other: string): string {
  return one > other ? one : other;
}

function fundsOf(kind: Kind, dice: Dice): number {
  if (kind === "foundation") return dice.between(80, 260) * 10_000_000;
  if (kind === "community_organisation") return 0;
  return dice.between(3, 60) * 1_000_000;
}

function scopeOf(kind: Kind, field: string): string {
  if (kind === "foundation") return `资助${field}项目，开展${field}宣传与志愿服务，接受社会捐赠。`;
  if (kind === "community_organisation") return `${field}日常活动与邻里互助。`;
  return `开展${field}的交流、培训、展示与公益服务，承接委托事项。`;
}

/** Grades given at different times: some in force, some ended (评估等级有效期五年). */
function gradeOf(at: number, today: string): Invented["grade"] {
  const grades: readonly Grade[] = ["5A", "4A", "3A", "3A", "2A", "1A"];
  const from = addDays(today, -(200 + ((at * 131) % 1_500)));
  return { grade: grades[(at * 7) % grades.length] as Grade, from, to: addYears(from, 5) };
}

/** What real registers hold and neat lists do not: rare characters, a very long name, misprinted codes, dates nobody knows. */
function withOddities(list: Invented[]): Invented[] {
  const old = list.filter(
    (one) => one.wave === "old" && one.status === "registered" && one.kind !== "community_organisation",
  );
  const groups = old.filter((one) => one.kind === "social_group");
  const change = new Map<Invented, Partial<Invented>>();
  const province = groups.filter((one) => one.home === "630000");
  const own = groups.filter((one) => one.home === county);
  const put = (one: Invented | undefined, patch: Partial<Invented>) => {
    if (one) change.set(one, { ...change.get(one), ...patch });
  };
  put(province[3], { name: hardNames.long });
  put(province[5], { name: `青海省${hardNames.rare[0]}声古琴研究会`, legalRepresentative: `孔${hardNames.rare[1]}` });
  put(own[4], { name: `西宁市城东区${hardNames.rare[2]}山诗词吟诵学会` });
  put(own[6], { legalRepresentative: `陶${hardNames.rare[1]}明` });
  for (const one of [own[8], old.filter((each) => each.home === "630100")[10]])
    if (one?.creditCode) put(one, { creditCode: misprinted(one.creditCode) });
  put(old.filter((one) => one.home === "630104")[6], { registeredText: "1994年5月" });
  put(old.filter((one) => one.home === "630121")[3], { registeredText: "建国后" });
  put(own[9], { fundsFen: 1_000_000 });
  return list.map((one) => ({ ...one, ...change.get(one) }));
}
