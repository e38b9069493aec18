const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const fromCode = (code: number): string => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD");

/** Resolves the five named and the numeric XML entities; unknown ones stay as they are, and nothing else is expanded. */
export const unescapeXml = (text: string): string => {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
    if (name.startsWith("#x")) return fromCode(Number.parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return fromCode(Number(name.slice(1)));
    return entities[name] ?? whole;
  });
};

/** Resolves Excel's own escapes for characters XML cannot hold: "_x000D_" is a carriage return, "_x005F_" an underscore. */
export const unescapeExcel = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** Attributes of one opening tag. */
export const attributes = (tag: string): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const [, name, double, single] of tag.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    found[name!] = unescapeXml(double ?? single ?? "");
  }
  return found;
};

/** Attributes of every element of that local name, whatever its namespace prefix, in document order. */
export const elements = (xml: string, local: string): Record<string, string>[] => {
  const found: Record<string, string>[] = [];
  for (const [, tag] of xml.matchAll(
    new RegExp(`<(?:[\\w-]+:)?${local}((?:\\s(?:[^>"']|"[^"]*"|'[^']*')*)?)/?>`, "g"),
  )) {
    found.push(attributes(tag ?? ""));
  }
  return found;
};

/** Text between the first opening tag of that local name and its closing tag, or "". */
export const section = (xml: string, local: string): string => {
  const open = new RegExp(`<((?:[\\w-]+:)?${local})(?:\\s[^>]*)?>`).exec(xml);
  if (!open || open[0].endsWith("/>")) return "";
  const start = open.index + open[0].length;
  const end = xml.indexOf(`</${open[1]}>`, start);
  return end < 0 ? xml.slice(start) : xml.slice(start, end);
};

/** Drops XML comments, so that what they hold is never taken for data. */
export const withoutComments = (xml: string): string =>
  xml.includes("<!--") ? xml.replace(/<!--[\s\S]*?-->/g, "") : xml;

const cdata = /<!\[CDATA\[([\s\S]*?)\]\]>/g;

/** Content of a text element: CDATA kept literally, entities resolved elsewhere. */
export const textContent = (inner: string): string => {
  if (!inner.includes("<![CDATA[")) return unescapeXml(inner);
  let text = "";
  let from = 0;
  for (const match of inner.matchAll(cdata)) {
    text += unescapeXml(inner.slice(from, match.index)) + match[1];
    from = match.index + match[0].length;
  }
  return text + unescapeXml(inner.slice(from));
};

/** Plain text of a rich string (`<si>` or `<is>`): all runs joined, phonetic guides left out. */
export const richText = (inner: string): string => {
  // Nearly every string is a single plain run: cut it out without the general reader.
  const gt = inner.indexOf(">");
  const close = inner.indexOf("<", gt);
  if (
    inner.startsWith("<t") &&
    inner.length - close === 4 &&
    inner.endsWith("</t>") &&
    inner.charCodeAt(gt - 1) !== 47
  ) {
    return unescapeExcel(unescapeXml(inner.slice(gt + 1, close)));
  }
  const body = inner.includes("rPh") ? inner.replace(/<((?:[\w-]+:)?rPh)\b[\s\S]*?<\/\1>/g, "") : inner;
  let text = "";
  let at = 0;
  for (;;) {
    const match = /<((?:[\w-]+:)?t)(?:\s[^>]*)?>/g;
    match.lastIndex = at;
    const open = match.exec(body);
    if (!open) break;
    at = open.index + open[0].length;
    if (open[0].endsWith("/>")) continue;
    const end = body.indexOf(`</${open[1]}>`, at);
    if (end < 0) break;
    text += textContent(body.slice(at, end));
    at = end;
  }
  return unescapeExcel(text);
};

/** Text of an XML part: UTF-8 unless a byte order mark says UTF-16. */
export const xmlEncoding = (head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" => {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return "utf-8";
};
