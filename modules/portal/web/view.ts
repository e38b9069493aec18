import { formatDate } from "../../../kernel/clock/date.ts";
import { formatFigure, formatMoney, formatPercent } from "../../../kernel/text/figures.ts";
import type { Locale } from "../../../kernel/text/words.ts";
import { words as pageWords } from "../portal.pages.words.ts";
import { words as dataWords } from "../portal.words.ts";

/** How one page is shown (页面视图): language, print, address, place. Pages are pure functions of it and their data. */
export interface View {
  readonly locale: Locale;
  readonly large: boolean;
  /** Path of this page, without its query. */
  readonly path: string;
  /** Query of this page, without language and print. */
  readonly query: readonly (readonly [string, string])[];
  /** Name of the place this installation is for, as it stands in the division table; empty for the nation. */
  readonly place: string;
  readonly root: string;
  readonly today: string;
  readonly demo: boolean;
}

/** Texts of the pages in the reader's language. */
export const textsOf = (view: View) => pageWords[view.locale];
/** Names of kinds, states, grades and fields in the reader's language. */
export const namesOf = (view: View) => dataWords[view.locale];

/** The name of a code: a word where there is one, else the code itself. */
export function nameIn(table: Readonly<Record<string, string>>, code: string | null | undefined): string {
  return code ? (table[code] ?? code) : "";
}

/** Name of the place of this installation. */
export const placeOf = (view: View) => view.place || textsOf(view).nation;

export const dateText = (view: View, date: string) => formatDate(date, view.locale);
export const countText = (value: number) => formatFigure(value, "grouped");
/** A big figure as a newspaper prints it: 3.76万余. */
export const printedText = (view: View, value: number) =>
  formatFigure(value, view.locale === "zh" ? "newspaper" : "grouped", view.locale);
export const shareText = (part: number, whole: number) => formatPercent(part, whole);
export const yuanText = (fen: number) => formatMoney(fen, "yuan");

/** This page's address with some parameters changed; null takes one out. */
export function addressOf(view: View, changes: Readonly<Record<string, string | null>> = {}): string {
  const query = new URLSearchParams(
    view.query.filter(([name]) => !(name in changes)).map(([name, value]) => [name, value]),
  );
  for (const [name, value] of Object.entries(changes)) if (value !== null) query.set(name, value);
  const text = query.toString();
  return text === "" ? view.path : `${view.path}?${text}`;
}

/** Language of texts that exist in Chinese only, for screen readers; undefined on Chinese pages. */
export const chineseOnly = (view: View) => (view.locale === "zh" ? undefined : "zh-CN");
