/** A1-style range (合并区域) as 0-based columns and 1-based rows; undefined when it is none. */
export const parseRange = (ref: string): { left: number; top: number; right: number; bottom: number } | undefined => {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(ref.trim());
  if (!match) return undefined;
  const column = (letters: string): number =>
    [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const left = column(match[1]!);
  const top = Number(match[2]);
  return { left, top, right: match[3] ? column(match[3]) : left, bottom: match[4] ? Number(match[4]) : top };
};
