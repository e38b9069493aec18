import { truncated } from "./existing.rules.ts";
import { nameKey } from "./organisations.facts.ts";

/** What a pair of an old and a new name is, before anybody looks for the organisation (名称变更判断). */
export type NamePair = "change" | "same" | "truncated" | "spelling";

const divisionSuffix = /[省市区县旗州盟镇乡]/;

/**
 * Judges a pair of names: one that is only the beginning of the other was cut short; a single character put in, left out or
 * replaced looks like a spelling error, unless the division itself changed (溧水县 became 溧水区).
 */
export function judgeNamePair(oldName: string, newName: string): NamePair {
  const before = [...nameKey(oldName)];
  const after = [...nameKey(newName)];
  if (before.join("") === after.join("")) return "same";
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  const shorter = Math.min(before.length, after.length);
  if (head === shorter) return "truncated";
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  if (gone.length <= 1 && come.length <= 1) {
    const division =
      gone.length === 1 &&
      come.length === 1 &&
      divisionSuffix.test(gone[0] as string) &&
      divisionSuffix.test(come[0] as string);
    return division ? "change" : "spelling";
  }
  return truncated(newName) ? "truncated" : "change";
}
