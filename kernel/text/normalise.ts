/** What was found and put right in a text someone typed or pasted (文本问题). */
export type TextProblem = "nul" | "control" | "invisible" | "direction" | "lone_surrogate" | "outer_space";

/** A text fit to be stored, and what had to be taken out of it. */
export interface CleanText {
  readonly text: string;
  readonly problems: readonly TextProblem[];
}

const suspicious =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ud800-\udfff\ufeff]|^[\s\u3000]|[\s\u3000]$/;
const control = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const invisible = /[\u00ad\u200b\u2060-\u2064\ufeff]/g;
const direction = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const outer = /^[\s\u3000\u200c\u200d]+|[\s\u3000\u200c\u200d]+$/g;

/**
 * Makes a text fit to be stored (清理文本): NUL and control characters, invisible and direction marks go, outer white
 * space goes (full-width too), a tab is a space, a line ends in \n. Half a surrogate pair becomes U+FFFD. Rare,
 * private-use and compatibility characters, variation selectors and full-width forms stay as they are: a name is what
 * its bearer writes, so there is no Unicode normalisation here. `problems` has no entry for tabs and line ends.
 */
export function cleanText(input: string): CleanText {
  if (!suspicious.test(input)) return { text: input, problems: [] };
  const problems: TextProblem[] = [];
  let text = input.replace(/\r\n?|[\u2028\u2029]/g, "\n").replaceAll("\t", " ");
  const take = (problem: TextProblem, pattern: RegExp, by: string): void => {
    const next = text.replace(pattern, by);
    if (next !== text) problems.push(problem);
    text = next;
  };
  take("nul", /\u0000/g, "");
  take("control", control, "");
  take("invisible", invisible, "");
  take("direction", direction, "");
  take("lone_surrogate", /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  take("outer_space", outer, "");
  return { text, problems };
}

/** Full-width letters, digits, signs and the full-width space as their half-width twins (全角转半角); the rest stays. */
export function toHalfWidth(text: string): string {
  if (!/[\u3000\uff01-\uff5e]/.test(text)) return text;
  return text.replace(/[\u3000\uff01-\uff5e]/g, (char) =>
    char === "\u3000" ? " " : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}

const plainHan = /^[\u4e00-\u9fff]*$/;

/**
 * The form in which names are compared and searched (名称比对形式), never stored in place of the name: cleaned, half-width,
 * lower case, one kind of middle dot, no white space.
 */
export function matchKey(name: string): string {
  if (plainHan.test(name)) return name;
  return toHalfWidth(cleanText(name).text)
    .replace(/[\s\u00a0]+/g, "")
    .replace(/[•‧∙⋅・･]/g, "·")
    .toLowerCase();
}
