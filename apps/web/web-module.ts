import type { RouteObject } from "react-router";
import type { Role, SheetColumn } from "../../kernel/operation/define.ts";
import type { Locale } from "../../kernel/text/words.ts";
import type { SentenceTable } from "./ui/problem-sentence.ts";

/** Entries of the left menu (工作), named by work and not by module; never more than seven. */
export const works = [
  "today",
  "registration",
  "inspection",
  "credit",
  "statistics",
  "import",
  "administration",
] as const;
export type Work = (typeof works)[number];

/** A page a role can reach from the menu and from the search box. */
export interface MenuPage {
  readonly work: Work;
  /** Path below /console. */
  readonly to: string;
  readonly title: Readonly<Record<Locale, string>>;
  /** Those who may ask the page's main question; take it from the operation. */
  readonly who: readonly Role[];
  /** A thing to do rather than a place to look at; the search box lists it under tasks. */
  readonly task?: true;
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
  readonly sheets?: readonly { readonly id: string; readonly sheet?: readonly SheetColumn[] }[];
  /** Names of kinds of duties, by id, as the module's words give them. */
  readonly duties?: Readonly<Record<Locale, Readonly<Record<string, unknown>>>>;
}
