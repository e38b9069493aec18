import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { homeOf, significant } from "../../../kernel/divisions/code.ts";
import type { Actor, Context } from "../../../kernel/operation/context.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import type { recordExisting } from "../existing.contract.ts";
import { type Finding, type StatedFacts, type Understood, understandExisting } from "../existing.rules.ts";
import { type Flag, nameKey } from "../organisations.facts.ts";
import { unitsByName } from "./existing.store.ts";
import { publishFormerNames } from "./former-names.store.ts";
import { differences, newRow, type OrganisationRow } from "./organisation.row.ts";
import {
  codeOwners,
  insertNames,
  keepNameKeys,
  loadOrganisations,
  type NameRow,
  nameOwners,
} from "./organisations.store.ts";
import { addOrganisations, changeOrganisations } from "./register.ts";

/** One line as the operation takes it. */
export type ExistingLine = z.output<typeof recordExisting.input>;

/** What a line would do (预检结论). `match` is the organisation it was recognised as. */
export interface Checked {
  readonly verdict: "new" | "same" | "change" | "bad";
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly match?: { readonly id: string; readonly name: string; readonly version: number };
  readonly changes: readonly { field: string; from: unknown; to: unknown }[];
}

/** What a line did: `version` is the number it left behind, for undo. */
export interface Recorded extends Checked {
  readonly id?: string;
  readonly version?: number;
}

/** Codes and names met earlier in the same file, so that a line given twice is seen in any chunk. */
export type Seen = Map<string, string>;

interface Prepared extends Checked {
  readonly before?: OrganisationRow;
  readonly after?: OrganisationRow;
  readonly formerNames: readonly string[];
}

/** Checks lines without writing (预检): the same functions as the command, a few statements for all of them. */
export async function checkExistingMany(
  tx: Tx,
  actor: Actor,
  inputs: readonly ExistingLine[],
  options: { readonly today: string; readonly seen?: Seen },
): Promise<Checked[]> {
  const prepared = await prepare(tx, actor, inputs, {
    ...options,
    lock: false,
    now: new Date(0),
    newId: () => "00000000-0000-7000-8000-000000000000",
  });
  return prepared.map(({ before: _before, after: _after, formerNames: _names, ...checked }) => checked);
}

/**
 * Records lines of an existing register (批量入簿), a few statements for all of them; a line that cannot be recorded is
 * answered as `bad` and nothing of it is written. One journal entry with a digest of every line.
 */
export async function recordExistingMany(
  ctx: Context,
  inputs: readonly ExistingLine[],
  seen?: Seen,
): Promise<Recorded[]> {
  const prepared = await prepare(ctx.tx, ctx.actor, inputs, {
    today: ctx.today,
    seen,
    lock: true,
    now: ctx.now,
    newId: ctx.newId,
  });
  const added = prepared.flatMap(({ verdict, after }) => (verdict === "new" && after ? [after] : []));
  const changed = prepared.flatMap(({ verdict, before, after }) =>
    verdict === "change" && before && after ? [{ before, after, validFrom: ctx.today }] : [],
  );
  await addOrganisations(
    ctx,
    added.map((row) => ({
      row,
      validFrom: row.registered_on && row.registered_on <= ctx.today ? row.registered_on : ctx.today,
    })),
  );
  await changeOrganisations(ctx, changed);
  await keepNames(ctx, prepared);
  if (inputs.length > 1) {
    ctx.journal(
      "register-lines-recorded",
      { kind: "organisation-batch", id: null, home: ctx.actor.home, division: significant(ctx.actor.home) },
      { lines: inputs.length, added: added.length, changed: changed.length, digests: inputs.map(digestOf) },
    );
  }
  return prepared.map(({ before, after, formerNames: _names, ...checked }) => ({
    ...checked,
    ...(checked.verdict === "same" && before ? { id: before.id, version: before.version } : {}),
    ...(checked.verdict === "new" && after ? { id: after.id, version: 1 } : {}),
    ...(checked.verdict === "change" && before ? { id: before.id, version: before.version + 1 } : {}),
  }));
}

function digestOf(input: ExistingLine): string {
  return createHash("sha256").update(JSON.stringify(input)).digest("base64url");
}

/** Former names stated by the lines, and the old name of a line that renamed its organisation. */
async function keepNames(ctx: Context, prepared: readonly Prepared[]): Promise<void> {
  const names: NameRow[] = [];
  for (const { verdict, before, after, formerNames } of prepared) {
    if (!after || (verdict !== "new" && verdict !== "change")) continue;
    const at = {
      home_code: after.home_code,
      organisation_id: after.id,
      division_code: after.division_code,
      unit_id: after.unit_id,
    };
    const old = before && before.name !== after.name ? [before.name] : [];
    for (const name of new Set([...old, ...formerNames])) {
      names.push({
        ...at,
        id: ctx.newId(),
        name,
        used_from: null,
        used_to: null,
        precision: "unknown",
        source: ctx.operation,
        note: null,
      });
    }
  }
  if (names.length === 0) return;
  await insertNames(ctx.tx, names);
  const renamed = new Set(names.map((one) => one.organisation_id));
  const kindOf = new Map(prepared.flatMap(({ after }) => (after ? [[after.id, after.kind] as const] : [])));
  ctx.later((tx) =>
    keepNameKeys(
      tx,
      names.map((one) => ({
        name_key: nameKey(one.name),
        home_code: one.home_code,
        organisation_id: one.organisation_id,
        division_code: one.division_code,
        name: one.name,
        kind: kindOf.get(one.organisation_id) ?? "social_group",
        current: false,
      })),
    ),
  );
  publishFormerNames(
    ctx,
    prepared.flatMap(({ after }) => (after && renamed.has(after.id) ? [after] : [])),
  );
}

interface How {
  readonly today: string;
  readonly seen?: Seen;
  readonly lock: boolean;
  readonly now: Date;
  readonly newId: () => string;
}

async function prepare(tx: Tx, actor: Actor, inputs: readonly ExistingLine[], how: How): Promise<Prepared[]> {
  const understood = inputs.map((input) => understandExisting(input, { home: actor.home, today: how.today }));
  const keys = understood.map(({ facts }) => nameKey(facts.name));
  const codes = await codeOwners(tx, [...new Set(understood.flatMap(({ facts }) => facts.creditCode ?? []))]);
  const names = await nameOwners(tx, [...new Set(keys)]);
  const known = new Set<string>();
  for (const owner of codes.values()) if (owner.home_code === actor.home) known.add(owner.organisation_id);
  for (const owners of names.values())
    for (const owner of owners) if (owner.home_code === actor.home) known.add(owner.organisation_id);
  const rows = new Map((await loadOrganisations(tx, [...known], how.lock)).map((row) => [row.id, row]));
  const units = await unitsByName(tx, actor.home, [
    ...new Set(understood.flatMap(({ facts }) => facts.unitName ?? [])),
  ]);
  const seen = how.seen ?? new Map<string, string>();

  return inputs.map((input, at): Prepared => {
    const one = understood[at] as Understood;
    const key = keys[at] as string;
    const problems = [...one.problems];
    const warnings = [...one.warnings];
    const division = input.division ? significant(input.division) : significant(actor.home);
    if (homeOf(division) !== actor.home)
      problems.push({
        field: "division",
        code: "organisations/not-your-division",
        facts: { division, home: actor.home },
      });

    const twice = repeated(seen, one.facts, key, input);
    if (twice === "other")
      problems.push({
        field: "creditCode",
        code: "organisations/twice-in-sheet",
        facts: { name: one.facts.name, code: one.facts.creditCode },
      });

    const found = match(one.facts, key, actor.home, codes.get(one.facts.creditCode ?? ""), names.get(key) ?? [], rows);
    if (found.problem) problems.push(found.problem);
    if (found.warning) warnings.push(found.warning);
    const before = found.row;
    const base = {
      problems,
      warnings,
      formerNames: one.facts.formerNames,
      ...(before ? { before, match: { id: before.id, name: before.name, version: before.version } } : {}),
    };
    if (problems.length > 0) return { verdict: "bad", changes: [], ...base };
    if (twice === "same" && !before) return { verdict: "same", changes: [], ...base };
    const flags = flagsOf(before, one, warnings);
    const unit = one.facts.unitName === undefined ? undefined : (units.get(one.facts.unitName) ?? null);
    if (!before) {
      // A dry run needs no row: its sort key alone would cost as much as the check.
      if (!how.lock) return { verdict: "new", changes: [], ...base };
      const after = created(one.facts, actor.home, division, unit ?? null, flags, how);
      return { verdict: "new", changes: [], ...base, after };
    }
    const patch = patchOf(one.facts, input, unit, before);
    const stated = differences(before, { ...before, ...patch });
    if (stated.length === 0) return { verdict: "same", changes: [], ...base };
    const after: OrganisationRow = { ...before, ...patch, flags };
    return { verdict: "change", changes: stated, ...base, after };
  });
}

/** Whether the file already held this organisation: with the same words, or with others. */
function repeated(seen: Seen, facts: StatedFacts, key: string, input: ExistingLine): "no" | "same" | "other" {
  const name = facts.creditCode ?? `name:${key}`;
  const words = JSON.stringify(input);
  const earlier = seen.get(name);
  if (earlier === undefined) {
    seen.set(name, words);
    return "no";
  }
  return earlier === words ? "same" : "other";
}

function match(
  facts: StatedFacts,
  key: string,
  home: string,
  owner: { home_code: string; organisation_id: string } | undefined,
  named: readonly { home_code: string; organisation_id: string; current: boolean }[],
  rows: ReadonlyMap<string, OrganisationRow>,
): { row?: OrganisationRow; problem?: Finding; warning?: Finding } {
  if (owner) {
    const row = owner.home_code === home ? rows.get(owner.organisation_id) : undefined;
    if (!row)
      return {
        problem: {
          field: "creditCode",
          code: "organisations/code-of-another-register",
          facts: { code: facts.creditCode, home: owner.home_code },
        },
      };
    return {
      row,
      ...(nameKey(row.name) === key
        ? {}
        : { warning: { field: "name", code: "organisations/renamed", facts: { from: row.name, to: facts.name } } }),
    };
  }
  const own = named
    .filter((one) => one.home_code === home)
    .flatMap((one) => {
      const row = rows.get(one.organisation_id);
      return row ? [{ row, current: one.current }] : [];
    });
  if (facts.creditCode !== undefined) {
    // A record kept without a code gets the code now; one with another code is another organisation of the same name.
    const bare = own.filter(
      ({ row, current }) =>
        current && row.credit_code === null && (facts.kind === undefined || row.kind === facts.kind),
    );
    if (bare.length === 1) return { row: (bare[0] as { row: OrganisationRow }).row };
    const other = own.find(({ current }) => current);
    return other
      ? {
          warning: {
            field: "name",
            code: "organisations/same-name-other-code",
            facts: { code: other.row.credit_code },
          },
        }
      : {};
  }
  if (own.length === 0) return {};
  const current = own.filter((one) => one.current);
  if (own.length === 1 && current.length === 1) return { row: (current[0] as { row: OrganisationRow }).row };
  return {
    problem: {
      field: "name",
      code: "organisations/ambiguous-match",
      facts: {
        name: facts.name,
        candidates: own.slice(0, 5).map(({ row }) => ({ name: row.name, code: row.credit_code })),
      },
    },
  };
}

function flagsOf(before: OrganisationRow | undefined, one: Understood, warnings: readonly Finding[]): Flag[] {
  const fresh = warnings
    .filter(({ code }) => code !== "organisations/renamed" && code !== "organisations/code-missing")
    .map(({ code, field, facts }) => ({ code, facts: { field, ...facts } }));
  const restated = new Set<string>(Object.keys(one.facts));
  // What this line says nothing about keeps the doubts it had.
  const kept = (before?.flags ?? []).filter(
    (flag) => !restated.has(String(flag.facts?.field)) && !fresh.some((other) => other.code === flag.code),
  );
  return [...kept, ...fresh];
}

function created(
  facts: StatedFacts,
  home: string,
  division: string,
  unit: string | null,
  flags: readonly Flag[],
  how: How,
): OrganisationRow {
  const kind = facts.kind ?? "social_group";
  return newRow({
    home_code: home,
    id: how.newId(),
    division_code: division,
    name: facts.name,
    name_key: pinyinKey(facts.name),
    kind,
    status: facts.status ?? (kind === "community_organisation" ? "filed" : "registered"),
    updated_at: how.now,
    ...columnsOf(facts),
    unit_id: unit,
    flags,
  });
}

/** Columns that a line states. */
function columnsOf(facts: StatedFacts): Partial<OrganisationRow> {
  const patch: Record<string, unknown> = {};
  const set = (column: keyof OrganisationRow, value: unknown) => {
    if (value !== undefined) patch[column] = value;
  };
  set("credit_code", facts.creditCode);
  if (facts.creditCode !== undefined) patch.code_flag = facts.codeFlag ?? null;
  set("status", facts.status);
  set("registered_on", facts.registeredOn);
  set("established_text", facts.establishedText);
  set("registration_authority", facts.registrationAuthority);
  set("certificate_from", facts.certificateFrom);
  set("certificate_to", facts.certificateTo);
  set("validity_text", facts.validityText);
  set("unit_name", facts.unitName);
  set("direct_registration", facts.directRegistration);
  set("domicile", facts.domicile);
  set("domicile_division", facts.domicileDivision);
  set("funds_fen", facts.fundsFen);
  set("funds_text", facts.fundsText);
  set("legal_representative", facts.legalRepresentative);
  set("scope_text", facts.scope);
  return patch as Partial<OrganisationRow>;
}

function patchOf(
  facts: StatedFacts,
  input: ExistingLine,
  unit: string | null | undefined,
  before: OrganisationRow,
): Partial<OrganisationRow> {
  return {
    ...columnsOf(facts),
    ...(nameKey(facts.name) === nameKey(before.name) ? {} : { name: facts.name, name_key: pinyinKey(facts.name) }),
    ...(input.kind ? { kind: input.kind } : {}),
    // A unit recognised before stays when the text still means it.
    ...(unit === undefined || (unit === null && facts.unitName === before.unit_name) ? {} : { unit_id: unit }),
    ...(input.division ? { division_code: significant(input.division) } : {}),
  };
}
