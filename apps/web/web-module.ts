import type { RouteObject } from "react-router";
import type { Role, SheetColumn } from "../../kernel/operation/define.ts";
import type { Locale } from "../../kernel/text/words.ts";
import type { SentenceTable } from "./ui/problem-sentence.ts";

/** Entries of the left menu (工作), named by work and not by module; never more than seven for one role. */
export const works = [
  "today",
  "people",
  "mine",
  "care",
  "urgent",
  "month",
  "giving",
  "registration",
  "inspection",
  "credit",
  "statistics",
  "administration",
] as const;
export type Work = (typeof works)[number];

/** What is not a role's work, though it may look: such pages are found by the search box, not in the menu. */
const elsewhere: Readonly<Partial<Record<Role, readonly Work[]>>> = {
  officer: ["registration", "credit"],
  worker: ["registration"],
};

/** The entries of a role's menu (菜单), in order. */
export function worksOf(role: Role): readonly Work[] {
  return works.filter((work) => !elsewhere[role]?.includes(work));
}

/** Parts of an entry that holds too much to be read at a glance (菜单分组), named by work too. */
export type MenuGroup = "gifts" | "equipment" | "oversight" | "books" | "month" | "access" | "rules";

/** A page a role can reach from the menu and from the search box. */
export interface MenuPage {
  readonly work: Work;
  /** The part of the entry it stands in, where the entry is long. */
  readonly group?: MenuGroup;
  /** Path below /console. */
  readonly to: string;
  readonly title: Readonly<Record<Locale, string>>;
  /** Those who may ask the page's main question; take it from the operation. */
  readonly who: readonly Role[];
  /** A thing to do rather than a place to look at; the search box lists it under tasks. */
  readonly task?: true;
}

/** What stands below an entry of the menu: a page, or a part with its pages. */
export type MenuLine =
  | { readonly page: MenuPage }
  | { readonly group: MenuGroup; readonly pages: readonly [MenuPage, MenuPage, ...MenuPage[]] };

/** Nobody takes in more lines than this at a glance. */
export const menuLimit = 7;

/** The lines below one entry (菜单条目): as they are while they are few, otherwise by parts; a part of one page is that page. */
export function menuLines(pages: readonly MenuPage[]): readonly MenuLine[] {
  if (pages.length <= menuLimit) return pages.map((page) => ({ page }));
  return pages.flatMap((page, at): MenuLine[] => {
    const together = pages.filter((one) => one.group !== undefined && one.group === page.group);
    const [first, second, ...rest] = together;
    if (!page.group || !first || !second) return [{ page }];
    return pages.indexOf(first) === at ? [{ group: page.group, pages: [first, second, ...rest] }] : [];
  });
}

/** One hit of the search box. */
export interface Hit {
  readonly to: string;
  readonly label: string;
  readonly note?: string;
}

/** Where the search box asks (查找源). */
export interface Finder {
  readonly id: string;
  readonly title: Readonly<Record<Locale, string>>;
  readonly who: readonly Role[];
  readonly find: (typed: string, signal: AbortSignal) => Promise<readonly Hit[]>;
}

/** How other pages name a procedure of this module, its acts and states, and where its file opens (程序名称). */
export interface ProcedureNames {
  readonly name: Readonly<Record<Locale, string>>;
  readonly acts: Readonly<Record<Locale, Readonly<Record<string, unknown>>>>;
  readonly states: Readonly<Record<Locale, Readonly<Record<string, unknown>>>>;
  readonly path?: (subject: string) => string;
}

/** An act recorded on a phone, in words (离线操作): what was recorded, and the file it belongs to. */
export interface ActInWords {
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly to?: string;
  /** Whom or what it is about: asked under the reader's own right, so that nobody reads a name here they may not read there. */
  readonly whose?: (signal: AbortSignal) => Promise<string>;
  /** What the fields of the input are called, for what is wrong with them. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A page another module keeps about the same person (相关档案); the file of the person links to it. */
export interface Beside {
  readonly title: Readonly<Record<Locale, string>>;
  readonly who: readonly Role[];
  readonly to: (personId: string) => string;
}

/**
 * Titles out of a table of words, in both languages at once (双语标题). The two tables have the same keys, as the gate `words`
 * proves; only their texts have types of their own.
 */
export const inBoth =
  <Zh, En>(words: { readonly zh: Zh; readonly en: En }) =>
  (pick: (table: Zh) => string) => ({ zh: pick(words.zh), en: pick(words.en as unknown as Zh) });

/** What a module brings to the console. Composition reads it; nothing registers itself by import. */
export interface WebModule {
  readonly id: string;
  readonly routes: readonly RouteObject[];
  readonly pages: readonly MenuPage[];
  readonly finders?: readonly Finder[];
  /** Sentences for the module's refusal codes and obstacles. */
  readonly sentences?: readonly SentenceTable[];
  readonly procedures?: Readonly<Record<string, ProcedureNames>>;
  /** Names of operations, where a version or an entry says which one made it. */
  readonly operations?: Readonly<Record<Locale, Readonly<Record<string, string>>>>;
  /** Operations that can be fed from a spreadsheet: their columns name the fields of remarks. */
  readonly sheets?: readonly {
    readonly id: string;
    readonly who: readonly Role[];
    readonly sheet?: readonly SheetColumn[];
  }[];
  /** How acts recorded without network read to the officer who settles them, by operation. */
  readonly heldActs?: Readonly<
    Record<string, (input: Readonly<Record<string, unknown>>, locale: Locale) => ActInWords>
  >;
  /** Why an act waits, where the module's sentence for the code speaks to whoever recorded it and not to the officer. */
  readonly heldSentences?: SentenceTable;
  /** Pages about one person, offered on the person's file. */
  readonly besidePerson?: readonly Beside[];
  /** Why something was posted to the ledger, by cause, and where the record behind it opens. */
  readonly causes?: Readonly<
    Record<string, { readonly name: Readonly<Record<Locale, string>>; readonly to?: (subject: string) => string }>
  >;
  /** Names of kinds of ledger accounts that only this module opens. */
  readonly accountKinds?: Readonly<Record<Locale, Readonly<Record<string, string>>>>;
  /** Names of kinds of duties, by id, as the module's words give them. */
  readonly duties?: Readonly<Record<Locale, Readonly<Record<string, unknown>>>>;
}
