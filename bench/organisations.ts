import { homeOf } from "../kernel/divisions/code.ts";
import { readDivisions } from "../kernel/divisions/data.ts";
import { organisationCheckDigit } from "../kernel/identity/organisation-code.ts";
import { creditCodeCheckDigit } from "../kernel/identity/uscc.ts";
import { pinyinKey } from "../kernel/search/tokens.ts";
import type { Kind, Status } from "../modules/organisations/organisations.facts.ts";
import { newRow, type OrganisationRow } from "../modules/organisations/server/organisation.row.ts";
import words from "./data/names.json";
import { seeded } from "./random.ts";

/** A division that registers organisations, how its name begins theirs, and how many it has. */
export interface Registrar {
  readonly division: string;
  readonly name: string;
  readonly count: number;
}

const recordedAt = new Date("2026-11-01T00:00:00Z");
const characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/** Same place in every size, so that figures of two sizes are of the same desk. */
export const bigCounty = "330106";

/**
 * Spreads a number of organisations over the whole division tree (登记机关分布): about one in twenty at the provinces, one in five
 * at the cities, the rest at the counties, filed ones in the townships; one county is big, as some are.
 */
export function spread(size: number): Registrar[] {
  const random = seeded(20_261_121);
  const levels: { code: string; name: string; weight: number }[] = [];
  const townships: { code: string; name: string; weight: number }[] = [];
  const names = new Map<string, string>();
  for (const { code, name, level } of readDivisions()) {
    names.set(code, name);
    if (level === 1) levels.push({ code, name, weight: 40 + random() * 80 });
    else if (level === 2 && !/[县区]$/.test(name)) levels.push({ code, name, weight: 10 + random() * 20 });
    else if (level === 3) {
      const city = names.get(code.slice(0, 4)) ?? "";
      const own = name.endsWith("区") && /[市州盟]$/.test(city) ? city + name : name;
      levels.push({ code, name: own, weight: code === bigCounty ? 0 : 2 + random() * random() * 16 });
      townships.push({ code, name: own, weight: 1 });
    } else if (level === 4 && random() < 0.1)
      townships.push({ code, name: (names.get(code.slice(0, 6)) ?? "") + name, weight: 1 });
  }
  const big = Math.round(size / 90);
  const filed = Math.round(size / 50);
  const total = levels.reduce((sum, one) => sum + one.weight, 0);
  const rest = size - big - filed;
  const out: Registrar[] = [];
  let given = 0;
  let due = 0;
  for (const { code, name, weight } of levels) {
    due += (weight / total) * rest;
    const count = code === bigCounty ? big : Math.round(due) - given;
    if (code !== bigCounty) given += count;
    if (count > 0) out.push({ division: code, name, count });
  }
  const below = townships.filter(({ code }) => code.length === 9);
  for (let at = 0; at < filed; ) {
    const { code, name } = below[Math.floor(random() * below.length)] as { code: string; name: string };
    const count = Math.min(filed - at, 1 + Math.floor(random() * 8));
    out.push({ division: code, name, count });
    at += count;
  }
  return out;
}

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

function serial(at: number): string {
  let out = "";
  for (let rest = at * 7_368_787 + 11_235_813, place = 0; place < 8; place++) {
    out = characters.charAt(rest % 31) + out;
    rest = Math.floor(rest / 31);
  }
  return out;
}

/** A credit code in order for the organisation with this number. */
export function codeOf(kind: Kind, home: string, at: number): string {
  const inner = serial(at);
  const sign = kind === "social_group" ? "1" : kind === "foundation" ? "3" : "2";
  const body = `5${sign}${home}${inner}${organisationCheckDigit(inner)}`;
  return body + creditCodeCheckDigit(body);
}

export const idOf = (at: number) => `01900000-0000-7000-8000-${at.toString(16).padStart(12, "0")}`;

function nameOf(kind: Kind, registrar: Registrar, at: number): string {
  const { prefixes, subjects } = words;
  const forms =
    kind === "social_group"
      ? words.groupForms
      : kind === "foundation"
        ? words.foundationForms
        : kind === "community_organisation"
          ? words.communityForms
          : words.serviceForms;
  // A step without a common divisor walks over all combinations before one comes back.
  const combinations = prefixes.length * subjects.length * forms.length;
  const walk = (at * 7_919 + Number(registrar.division) * 31) % combinations;
  const form = pick(forms, walk);
  const subject = pick(subjects, Math.floor(walk / forms.length));
  const prefix =
    kind === "social_group" && combinations / 3 > at
      ? ""
      : pick(prefixes, Math.floor(walk / (forms.length * subjects.length)));
  return `${registrar.name}${prefix}${subject}${form}`;
}

function kindOf(division: string, chance: number): Kind {
  if (division.length === 9) return "community_organisation";
  if (chance < 0.42) return "social_group";
  return chance < (division.length === 2 ? 0.52 : 0.425) ? "foundation" : "social_service_institution";
}

function statusOf(kind: Kind, chance: number): Status {
  if (kind === "community_organisation") return chance < 0.95 ? "filed" : "withdrawn";
  return chance < 0.9 ? "registered" : chance < 0.902 ? "suspended" : chance < 0.99 ? "deregistered" : "revoked";
}

const two = (value: number) => String(value).padStart(2, "0");

/** Every organisation of a register of this size, in the order of its registrars (虚构登记簿): all of it invented. */
export function* organisations(size: number): Generator<OrganisationRow> {
  const random = seeded(20_261_122);
  let number = 0;
  for (const registrar of spread(size)) {
    const { division } = registrar;
    const home = homeOf(division);
    for (let at = 0; at < registrar.count; at++) {
      number += 1;
      const kind = kindOf(division, random());
      const name = nameOf(kind, registrar, at);
      const filed = kind === "community_organisation";
      const status = statusOf(kind, random());
      const alive = status === "registered";
      const listed = alive && random() < 0.02;
      const graded = alive && random() < 0.04;
      yield newRow({
        home_code: home,
        id: idOf(number),
        division_code: division,
        credit_code: filed ? null : codeOf(kind, home, number),
        name,
        name_key: pinyinKey(name),
        kind,
        status,
        registered_on: filed
          ? null
          : `${1990 + Math.floor(random() * 35)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`,
        registration_authority: registrar.name + words.authoritySuffix,
        unit_name: filed || number % 3 === 0 ? null : registrar.name + words.unitSuffix,
        direct_registration: !filed && number % 3 === 0,
        domicile: `${registrar.name}${words.domicileSuffix}${1 + (number % 400)}${words.numberSign}`,
        scope_text: words.scope,
        funds_fen: filed ? null : kind === "foundation" ? 200_000_000 : 3_000_000 + (number % 90) * 100_000,
        legal_representative:
          pick(words.surnames, number) +
          pick(words.given, Math.floor(number / 16)) +
          (number % 3 === 0 ? "" : pick(words.given, number * 7)),
        party_organisation: alive
          ? number % 5 < 2
            ? "established"
            : number % 5 === 2
              ? "joint"
              : "unknown"
          : "unknown",
        party_required: alive && number % 5 < 4,
        listing: listed ? (number % 8 === 0 ? "serious" : "abnormal") : "none",
        listed_on: listed ? "2025-09-01" : null,
        grade: graded ? pick(["5A", "4A", "3A", "3A", "2A"] as const, number) : null,
        grade_from: graded ? "2024-01-01" : null,
        grade_to: graded ? "2029-01-01" : null,
        ended_on: status === "deregistered" || status === "revoked" || status === "withdrawn" ? "2024-06-30" : null,
        updated_at: recordedAt,
      });
    }
  }
}
