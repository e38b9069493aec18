/**
 * Writes a JSON value in exactly one way (规范化 JSON): keys sorted by UTF-16 code units, no spaces, numbers as
 * ECMAScript prints them (the rules of RFC 8785), so that equal values always have equal digests.
 * Shape: null, booleans, finite numbers, strings, arrays and plain objects; `undefined` members are left out.
 * Errors: throws TypeError for anything JSON cannot hold faithfully (NaN, bigint, Date, Map, a cycle ends in RangeError).
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
      return JSON.stringify(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value);
    default:
      throw new TypeError(`not a JSON value: ${typeof value}`);
  }
}

function canonicalArray(list: readonly unknown[]): string {
  let text = "[";
  for (let index = 0; index < list.length; index += 1) text += (index > 0 ? "," : "") + canonical(list[index]);
  return `${text}]`;
}

function canonicalObject(value: object): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError("not a plain object");
  const members = value as Record<string, unknown>;
  let text = "{";
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined) continue;
    text += `${text.length > 1 ? "," : ""}${JSON.stringify(key)}:${canonical(member)}`;
  }
  return `${text}}`;
}
