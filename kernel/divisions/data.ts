import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { chainOf, type DivisionLevel, nation, significant } from "./code.ts";

/** A division of the shipped list (区划): significant code, standard name, level 1 to 5. */
export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: DivisionLevel;
}

/** What the shipped list says about itself (区划数据说明). */
export interface DivisionSource {
  readonly source: string;
  readonly licence: string;
  /** Day the codes stand for. */
  readonly asOf: string;
  /** Rows of the source by its own files, before repeated rows were joined. */
  readonly counts: Readonly<Record<"provinces" | "cities" | "areas" | "streets" | "villages", number>>;
  /** Codes of the source that only repeat the division above them, e.g. 441900, and are held once. */
  readonly collapsed: readonly string[];
}

interface Header extends DivisionSource {
  readonly format: string;
  /** Offset, length and number of rows of each province's section. */
  readonly sections: Readonly<Record<string, readonly [offset: number, length: number, rows: number]>>;
}

interface Archive {
  readonly header: Header;
  readonly body: Buffer;
}

let archive: Archive | undefined;

/**
 * The shipped divisions at and under `root` (读取区划), in code order, each after its parent; all of the nation without
 * a root. With `ancestors` the chain above the root comes first. Only the provinces asked for are unpacked.
 * Throws RangeError on a root that is no code; a root the list does not know yields nothing.
 */
export function* readDivisions(root: string = nation, options: { ancestors?: boolean } = {}): Generator<Division> {
  const scope = significant(root);
  const { header, body } = open();
  const provinces = scope === nation ? Object.keys(header.sections).sort() : [scope.slice(0, 2)];
  const above = new Set(options.ancestors ? chainOf(scope).slice(0, -1) : []);
  for (const province of provinces) {
    const section = header.sections[province];
    if (section === undefined) continue;
    const [offset, length] = section;
    const text = brotliDecompressSync(body.subarray(offset, offset + length)).toString("utf8");
    for (const division of unpack(text))
      if (division.code.startsWith(scope) || scope === nation || above.has(division.code)) yield division;
  }
}

/** Source, licence and counts of the shipped divisions (区划数据来源). */
export function divisionSource(): DivisionSource {
  const { source, licence, asOf, counts, collapsed } = open().header;
  return { source, licence, asOf, counts, collapsed };
}

function open(): Archive {
  if (archive === undefined) {
    const bytes = readFileSync(locate());
    const end = bytes.indexOf(0x0a);
    archive = { header: JSON.parse(bytes.toString("utf8", 0, end)) as Header, body: bytes.subarray(end + 1) };
  }
  return archive;
}

/** Beside this file in the source tree; beside the bundle, or under the working directory, once bundled. */
function locate(): string {
  const name = "divisions.tsv.br";
  const places = [
    fileURLToPath(new URL(`./data/${name}`, import.meta.url)),
    fileURLToPath(new URL(`./${name}`, import.meta.url)),
    `${process.cwd()}/kernel/divisions/data/${name}`,
  ];
  return places.find((place) => existsSync(place)) ?? places[0]!;
}

/** Lines are depth, own segment, tab, name; a community without a segment follows the one before it. */
function* unpack(text: string): Generator<Division> {
  const chain = ["", "", "", "", ""];
  let number = 0;
  for (let at = 0; at < text.length; ) {
    const tab = text.indexOf("\t", at);
    const end = text.indexOf("\n", tab);
    const depth = text.charCodeAt(at) - 48;
    const segment = text.slice(at + 1, tab);
    number = segment === "" ? number + 1 : Number(segment);
    const prefix = parentCode(chain, depth);
    const code = prefix + (segment === "" ? String(number).padStart(3, "0") : segment);
    chain[depth] = code;
    chain.fill("", depth + 1);
    yield { code, name: text.slice(tab + 1, end), level: (depth + 1) as DivisionLevel };
    at = end + 1;
  }
}

/** A town directly under a city has no county before it: its empty segment is written as zeros. */
function parentCode(chain: readonly string[], depth: number): string {
  if (depth === 0) return "";
  const parent = chain[depth - 1]!;
  return parent !== "" ? parent : parentCode(chain, depth - 1).concat(depth <= 3 ? "00" : "000");
}
