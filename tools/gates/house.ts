import type { HouseModule } from "../../kernel/operation/house-module.ts";
import { type Finding, type Gate, isProduct, lineOf, type Tree } from "./gate.ts";
import { type HouseFacts, isWords, readHouse, type Wording } from "./house-facts.ts";
import { isMigration } from "./migrations.ts";

const locales = ["zh", "en"] as const;

/** The place a finding about a room points to. */
const roomFile = (tree: Tree, id: string) =>
  tree.files.find((file) => file === `modules/${id}/server/${id}.module.ts`) ??
  (id === "kernel" ? "kernel/house/kernel-module.ts" : "apps/modules.ts");

/** Codes with which kernel and rooms refuse by themselves, outside a contract. */
function thrownCodes(tree: Tree): { code: string; file: string; line: number }[] {
  return tree.files.filter(isProduct).flatMap((file) => {
    const text = tree.read(file);
    return [...text.matchAll(/new Refusal\(\s*"([a-z-]+\/[a-z-]+)"/g)].map((match) => ({
      code: match[1] as string,
      file,
      line: lineOf(text, match.index),
    }));
  });
}

function sentenceFaults(tree: Tree, house: HouseFacts): Finding[] {
  const found: Finding[] = [];
  const has = (code: string, locale: "zh" | "en") =>
    house.modules.some((one) => one.sentences?.[locale][code] !== undefined);
  const ask = (code: string, file: string, whose: string, line?: number) => {
    for (const locale of locales)
      if (!has(code, locale))
        found.push({
          rule: "refusal-sentence",
          file,
          ...(line ? { line } : {}),
          message: `${whose}: no sentence for ${code} in ${locale}`,
        });
  };
  for (const room of house.modules)
    for (const { operation } of room.handlers)
      for (const code of Object.keys(operation.refusals)) ask(code, roomFile(tree, room.id), operation.id);
  for (const { code, file, line } of thrownCodes(tree)) ask(code, file, "thrown", line);
  for (const room of house.modules)
    for (const locale of locales)
      for (const [code, sentence] of Object.entries(room.sentences?.[locale] ?? {})) {
        const no = (why: string) =>
          found.push({ rule: "sentence-broken", file: roomFile(tree, room.id), message: `${locale} ${code}: ${why}` });
        try {
          // A fact may be missing: an older entry of the journal does not know it. A sentence stands all the same.
          const text = typeof sentence === "function" ? sentence({}) : sentence;
          if (text.trim() === "") no("empty");
          else if (/\[object |\bNaN\b/.test(text)) no(`reads “${text}” without its facts`);
        } catch (error) {
          no(`throws without its facts: ${(error as Error).message}`);
        }
      }
  return found;
}

const camel = (text: string) => text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** Whether a room names a thing: below a heading that begins with `section`, by whole id, its last part, or camel case. */
function named(wordings: readonly Wording[], section: RegExp | null, id: string, tail: RegExp | null = null): boolean {
  const short = id.slice(id.indexOf(".") + 1);
  const names = new Set([id, short, camel(short)]);
  return wordings.some(({ way }) => {
    const at = section === null ? 0 : way.findIndex((part) => section.test(part)) + 1;
    if (section !== null && at === 0) return false;
    const rest = way.slice(at);
    if (tail) return rest.some((part) => names.has(part)) && tail.test(rest[rest.length - 1] ?? "");
    return rest.some((part) => names.has(part));
  });
}

function nameFaults(tree: Tree, house: HouseFacts): Finding[] {
  const found: Finding[] = [];
  for (const room of house.modules) {
    const file = roomFile(tree, room.id);
    for (const locale of locales) {
      const wordings = house.words.get(room.id)?.[locale] ?? [];
      const need = (rule: string, ok: boolean, what: string) => {
        if (!ok) found.push({ rule, file, message: `${what} has no words in ${locale}` });
      };
      for (const duty of room.duties ?? [])
        need("duty-words", named(wordings, /^dut(y|ies)/, duty.id), `duty ${duty.id}`);
      for (const one of room.indicators ?? [])
        need("indicator-words", named(wordings, /^indicator/, one.id), `indicator ${one.id}`);
      for (const one of room.settings ?? [])
        need(
          "setting-words",
          wordings.some(({ way }) => way.at(-1) === one.title),
          `setting ${one.id} (${one.title})`,
        );
      for (const one of room.collections ?? []) {
        need("collection-words", named(wordings, /^collection/, one.id), `collection ${one.id}`);
        for (const { field } of one.fields)
          need(
            "collection-words",
            wordings.some(({ way }) => /^collection/.test(way[0] ?? "") && way.includes(field)),
            `field ${field} of ${one.id}`,
          );
      }
      for (const one of room.procedures ?? []) {
        for (const state of one.states)
          need("state-words", named(wordings, /^states?$|states$/i, state), `state ${state} of ${one.id}`);
        for (const act of Object.keys(one.transitions))
          need("act-words", named(wordings, /^(acts?|transitions?)$/i, act), `act ${act} of ${one.id}`);
      }
    }
  }
  return found;
}

function declarationFaults(tree: Tree, house: HouseFacts): Finding[] {
  const found: Finding[] = [];
  const operations = new Set(house.modules.flatMap((room) => room.handlers.map((one) => one.operation.id)));
  for (const room of house.modules) {
    const file = roomFile(tree, room.id);
    const no = (rule: string, message: string) => found.push({ rule, file, message });
    for (const rule of room.rules ?? [])
      for (const version of rule.versions)
        if (
          version.citations.length === 0 ||
          version.citations.some(
            (one) => !one.document || !one.article || !/^\d{4}-\d{2}-\d{2}$/.test(one.effectiveFrom),
          )
        )
          no("rule-citation", `rule ${rule.id} from ${version.from}: each version cites document, article and date`);
    for (const one of room.procedures ?? [])
      for (const [act, transition] of Object.entries(one.transitions)) {
        if (!operations.has(transition.operation))
          no("act-operation", `${one.id}/${act} is carried out by ${transition.operation}, which does not exist`);
        if (transition.legalEffect && transition.law.length === 0)
          no("act-law", `${one.id}/${act} has legal effect and cites no law`);
      }
    if (room.id !== "kernel")
      for (const { operation } of room.handlers) {
        if (!operation.id.startsWith(`${room.id}.`))
          no("operation-id", `${operation.id} does not begin with ${room.id}.`);
        if (operation.who.length === 0 && operation.door !== "internal")
          no("operation-id", `${operation.id} may be used by nobody`);
      }
  }
  return found;
}

/** Every table a migration makes is declared with who may touch it; what is declared exists. */
function accessFaults(
  tree: Tree,
  house: readonly HouseModule[],
  kernel: readonly { readonly table: string; readonly schema?: string }[],
): Finding[] {
  const declared = new Set([...kernel, ...house.flatMap((room) => room.tables ?? [])].map((one) => one.table));
  const found: Finding[] = [];
  const made = new Set<string>();
  for (const file of tree.files.filter(isMigration)) {
    const text = tree.read(file);
    for (const match of text.matchAll(/^create table (?:if not exists )?(?:\w+\.)?(\w+)/gim)) {
      const table = match[1] as string;
      made.add(table);
      const room = /^modules\/([^/]+)\//.exec(file)?.[1];
      const running = room === undefined || house.some((one) => one.id === room);
      if (running && !declared.has(table))
        found.push({
          rule: "table-access",
          file,
          line: lineOf(text, match.index),
          message: `table ${table}: nobody says who may touch it (defineTables)`,
        });
    }
  }
  for (const table of declared)
    if (!made.has(table))
      found.push({
        rule: "table-access",
        file: "apps/modules.ts",
        message: `table ${table} is declared and never made`,
      });
  return found;
}

/** What the rooms declare is complete (声明齐全): sentences and names in both languages, law, access of every table. */
export const houseGate: Gate = {
  id: "house",
  rules: [
    "refusal-sentence",
    "sentence-broken",
    "duty-words",
    "indicator-words",
    "setting-words",
    "collection-words",
    "state-words",
    "act-words",
    "rule-citation",
    "act-operation",
    "act-law",
    "operation-id",
    "table-access",
    "room-not-composed",
  ],
  wants: (files) => files.filter(isWords).length,
  async run(tree) {
    const house = await readHouse(tree);
    const { kernelTables } = tree.planted ? { kernelTables: [] } : await import("../../kernel/access/kernel-tables.ts");
    const findings = [
      ...sentenceFaults(tree, house),
      ...nameFaults(tree, house),
      ...declarationFaults(tree, house),
      ...accessFaults(tree, house.modules, kernelTables),
    ];
    for (const file of tree.files) {
      const room = /^modules\/([^/]+)\/server\/\1\.module\.ts$/.exec(file)?.[1];
      if (room && !house.modules.some((one) => one.id === room))
        findings.push({
          rule: "room-not-composed",
          file,
          message: `${room} is not in apps/modules.ts: the house does not have it`,
        });
    }
    return { findings, looked: house.looked };
  },
};
