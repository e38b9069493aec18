import { addYears } from "../kernel/clock/date.ts";
import { levelOf, significant } from "../kernel/divisions/code.ts";
import { type Division, readDivisions } from "../kernel/divisions/data.ts";
import { authorityName } from "../kernel/document/authority.words.ts";
import type { Context } from "../kernel/operation/context.ts";
import { recordExisting } from "../modules/organisations/existing.contract.ts";
import { recordUnit } from "../modules/organisations/governance.contract.ts";
import { changeOrganisations, loadOrganisations } from "../modules/organisations/server/index.ts";
import { placeName } from "./names.ts";
import { type Invented, inventOrganisations, unitsOf } from "./organisations.ts";
import type { Stage } from "./stage.ts";

/** An invented organisation that stands in the register. */
export interface Recorded extends Invented {
  readonly id: string;
  readonly unitId: string | null;
}

/** The register of the play (演示登记簿): what was loaded, found by place and kind. */
export class Register {
  readonly all: Recorded[] = [];
  readonly units = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** Organisations nobody of the play has used yet; each call takes them, so that no story meets another. */
  take(count: number, want: (one: Recorded) => boolean): Recorded[] {
    const found = this.all.filter((one) => !this.#taken.has(one.id) && want(one)).slice(0, count);
    if (found.length < count)
      throw new Error(`the register of the demonstration holds ${found.length} of ${count} wanted`);
    for (const one of found) this.#taken.add(one.id);
    return found;
  }

  isTaken(id: string): boolean {
    return this.#taken.has(id);
  }
}

const line = (one: Invented, authority: string, town: string | undefined) => ({
  name: one.name,
  ...(one.creditCode ? { creditCode: one.creditCode } : {}),
  kind: one.kind,
  status: one.status,
  registeredOn: one.registeredText,
  registrationAuthority: town === undefined ? authority : `${town}${town.endsWith("街道") ? "办事处" : "人民政府"}`,
  ...(one.fundsFen > 0 ? { fundsFen: one.fundsFen } : {}),
  supervisoryUnit: one.unitName ?? "直接登记",
  domicile: one.domicile,
  domicileDivision: one.domicileDivision,
  scope: one.scope,
  legalRepresentative: one.legalRepresentative,
  ...(one.validity ? { validity: one.validity } : {}),
  ...(one.formerName ? { formerNames: one.formerName } : {}),
  division: one.division,
});

/** Loads the old registers, then those registered since (存量入簿), one command a register as an import of a sheet would be. */
export function planRegister(stage: Stage): {
  register: Register;
  divisions: readonly Division[];
  oldOn: string;
  youngOn: string;
} {
  const year = Number(stage.today.slice(0, 4));
  const divisions = [...readDivisions(stage.open.house.root)];
  const invented = inventOrganisations(divisions, stage.today);
  const register = new Register();
  const oldOn = `${year - 3}-01-02`;
  const youngOn = `${year}-01-01`;
  const homes = [...new Set(invented.map((one) => one.home))];
  for (const home of homes) {
    const own = invented.filter((one) => one.home === home);
    for (const wave of ["old", "young"] as const) {
      const part = own.filter((one) => one.wave === wave);
      if (part.length > 0)
        stage.on(wave === "old" ? oldOn : youngOn, () => load(stage, register, home, part, divisions));
    }
  }
  return { register, divisions, oldOn, youngOn };
}

async function load(
  stage: Stage,
  register: Register,
  home: string,
  part: readonly Invented[],
  divisions: readonly Division[],
): Promise<void> {
  const code = significant(home);
  const actor = stage.staff("registrar", code);
  const sheet = stage.open.house.sheets.get(recordExisting.id);
  if (!sheet) throw new Error("the register's import is not there");
  const wanted = new Set(part.flatMap((one) => one.unitName ?? []));
  const name = divisions.find((one) => one.code === code)?.name ?? code;
  const place = placeName(code, name);
  const authority = authorityName(name, levelOf(code));
  const towns = new Map(divisions.flatMap((one) => (one.level === 4 ? [[one.code, one.name] as const] : [])));
  const fresh = unitsOf(code, place).filter(
    (one) => wanted.has(one.name) && !register.units.has(`${home} ${one.name}`),
  );
  const done = await stage.batch(actor, recordExisting, `load ${home}`, async (ctx) => {
    const units: Record<string, string> = {};
    for (const unit of fresh)
      units[unit.name] = (await stage.within(ctx, recordUnit, { ...unit, validFrom: "1999-01-01" })).unitId;
    const outcomes = (await sheet.commit(
      ctx as Context,
      part.map((one) => recordExisting.input.parse(line(one, authority, towns.get(one.division)))),
      "demo",
    )) as { id: string }[];
    const ids = outcomes.map((one) => one.id);
    const rows = new Map((await loadOrganisations(ctx.tx, ids, true)).map((row) => [row.id, row]));
    await changeOrganisations(
      ctx as Context,
      part.flatMap((one, at) => {
        const before = rows.get(ids[at] as string);
        return before ? [{ before, after: { ...before, ...stated(one) }, validFrom: ctx.today }] : [];
      }),
    );
    return { ids, units };
  });
  for (const [name, id] of Object.entries(done.units)) register.units.set(`${home} ${name}`, id);
  part.forEach((one, at) => {
    register.all.push({
      ...one,
      id: done.ids[at] as string,
      unitId: one.unitName ? (register.units.get(`${home} ${one.unitName}`) ?? null) : null,
    });
  });
}

/** What old lists of registers do not hold and the file of an organisation does: Party building, people, charity, grade, seals. */
function stated(one: Invented) {
  const termFrom = `${Number(one.registeredOn.slice(0, 4)) + (one.scale % 3)}-05-20`;
  return {
    party_organisation: one.party.organisation,
    party_required: one.party.required,
    party_members: one.party.members,
    employees: one.employees,
    members_individual: one.members,
    is_charity: one.charityOn !== null,
    charity_on: one.charityOn,
    fundraising_qualified: one.fundraising,
    fundraising_on: one.fundraising ? one.charityOn : null,
    grade: one.grade?.grade ?? null,
    grade_from: one.grade?.from ?? null,
    grade_to: one.grade?.to ?? null,
    sector_department: one.unitName,
    activity_area: one.kind === "community_organisation" ? null : significantArea(one.home),
    term_from: termFrom,
    term_to: addYears(termFrom, one.kind === "foundation" ? 5 : 4),
    seal_filed_on: one.status === "registered" ? one.registeredOn : null,
    bank_filed_on: one.status === "registered" ? one.registeredOn : null,
  };
}

function significantArea(home: string): string {
  return home.endsWith("0000") ? "青海省" : "登记机关辖区";
}
