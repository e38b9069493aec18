/** Signs that make a spreadsheet take a text for a formula, half-width and full-width (公式注入). */
const formulaStart = /^'*[=+\-@\t\r\n＝＋－＠]/;
const guardedStart = /^'+[=+\-@\t\r\n＝＋－＠]/;

/** Puts an apostrophe before text that a spreadsheet would run as a formula; `unguard` takes exactly that one off. */
export const guard = (text: string): string => (formulaStart.test(text) ? `'${text}` : text);

/** Text as it was before `guard`. */
export const unguard = (text: string): string =>
  text.charCodeAt(0) === 39 && guardedStart.test(text) ? text.slice(1) : text;
