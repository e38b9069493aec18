/**
 * What a file is by its first bytes (文件识别): "office" is an Office package whose first entries do not yet say which,
 * "markup" is HTML, SVG or XML, "program" may be executed, "text" reads as UTF-8, UTF-16 or GB 18030.
 */
export type ContentKind =
  | "pdf"
  | "jpeg"
  | "png"
  | "xlsx"
  | "docx"
  | "office"
  | "zip"
  | "ole"
  | "markup"
  | "program"
  | "text"
  | "unknown";

const signatures: readonly (readonly [ContentKind, readonly number[]])[] = [
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["zip", [0x50, 0x4b, 0x05, 0x06]],
  ["ole", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ["program", [0x4d, 0x5a]],
  ["program", [0x7f, 0x45, 0x4c, 0x46]],
  ["program", [0x23, 0x21]],
];

/** Tells what a file is from its head (识别内容), whatever it is called; 4 KB are enough. An empty head is unknown. */
export function contentKind(head: Uint8Array): ContentKind {
  for (const [kind, bytes] of signatures) {
    if (bytes.every((byte, at) => head[at] === byte)) return kind === "zip" ? packageKind(head) : kind;
  }
  return textKind(head);
}

/** Office files are zip packages told apart by the names of their entries. */
function packageKind(head: Uint8Array): ContentKind {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  let kind: ContentKind = "zip";
  for (let at = 0; at >= 0; at = bytes.indexOf("PK\u0003\u0004", at + 4, "latin1")) {
    if (at + 30 > bytes.length) break;
    const name = bytes.toString("latin1", at + 30, at + 30 + bytes.readUInt16LE(at + 26));
    if (name.startsWith("xl/")) return "xlsx";
    if (name.startsWith("word/")) return "docx";
    if (name === "[Content_Types].xml" || name.startsWith("_rels/") || name.startsWith("docProps/")) kind = "office";
  }
  return kind;
}

function textKind(head: Uint8Array): ContentKind {
  if (head.length === 0) return "unknown";
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) return "text";
  // Tab, line feed, form feed, carriage return and escape are the only controls text has.
  if (head.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte))) return "unknown";
  const text = decode(head, "utf-8") ?? decode(head, "gb18030");
  if (text === undefined) return "unknown";
  return /^\s*<(?:!doctype|\?xml|html|head|body|svg|script|iframe|table|meta)\b/i.test(text) ? "markup" : "text";
}

function decode(head: Uint8Array, encoding: string): string | undefined {
  try {
    // The head may end inside a character: `stream` forgives that and nothing else.
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
}

interface Expected {
  readonly kinds: readonly [ContentKind, ...ContentKind[]];
  readonly type: string;
}

const expected: Readonly<Record<string, Expected>> = {
  pdf: { kinds: ["pdf"], type: "application/pdf" },
  jpg: { kinds: ["jpeg"], type: "image/jpeg" },
  jpeg: { kinds: ["jpeg"], type: "image/jpeg" },
  png: { kinds: ["png"], type: "image/png" },
  xlsx: { kinds: ["xlsx", "office"], type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  docx: { kinds: ["docx", "office"], type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  csv: { kinds: ["text"], type: "text/csv" },
  txt: { kinds: ["text"], type: "text/plain" },
};

/** The judgement on an upload (附件检查结论); facts name the file, what it claims to be and what it is. */
export type UploadVerdict =
  | { readonly ok: true; readonly contentType: string; readonly fileName: string }
  | {
      readonly ok: false;
      readonly code: "files/content-differs" | "files/kind-not-allowed" | "files/empty";
      readonly facts: Readonly<Record<string, unknown>>;
    };

/**
 * Judges an upload (附件检查): a name it may have, and content that is what both the name and the declared type say. A PDF
 * called photo.jpg is refused, as is a JPEG declared as a PDF; declared types that say nothing are passed over.
 * `head` holds the first bytes (4 KB), `size` is the whole file's, in bytes.
 */
export function checkUpload(name: string, declaredType: string, head: Uint8Array, size: number): UploadVerdict {
  const fileName = safeFileName(name);
  if (size === 0 || head.length === 0) return { ok: false, code: "files/empty", facts: { name: fileName } };
  const ending = endingOf(fileName);
  const wanted = Object.hasOwn(expected, ending) ? expected[ending] : undefined;
  if (!wanted)
    return { ok: false, code: "files/kind-not-allowed", facts: { name: fileName, allowed: Object.keys(expected) } };
  const seen = contentKind(head);
  const declared = declaredKind(declaredType);
  const fits = wanted.kinds.includes(seen) && (declared === undefined || wanted.kinds.includes(declared));
  if (!fits) {
    return {
      ok: false,
      code: "files/content-differs",
      facts: { name: fileName, declaredType, seen, wanted: wanted.kinds[0] },
    };
  }
  return { ok: true, contentType: wanted.type, fileName };
}

/** Only types that name one kind for certain are held against a file: browsers guess the others from the name. */
function declaredKind(declaredType: string): ContentKind | undefined {
  const type = (declaredType.split(";")[0] as string).trim().toLowerCase();
  if (type.startsWith("text/") || type === "image/jpg") return undefined;
  return Object.values(expected).find((one) => one.type === type)?.kinds[0];
}

function endingOf(name: string): string {
  return name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";
}

const LONGEST_NAME = 120;

/**
 * A file name that is safe to store, show and download under (安全文件名): no folders, control or direction characters,
 * none of the signs or names Windows keeps for itself, at most 120 characters with its ending kept; never empty.
 */
export function safeFileName(name: string): string {
  const plain = (name.normalize("NFC").split(/[/\\]/).pop() as string)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const letters = [...plain.replace(/^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i, "_$1")];
  if (letters.length === 0) return "file";
  if (letters.length <= LONGEST_NAME) return letters.join("");
  const ending = [...endingOf(letters.join(""))].slice(0, 10);
  return `${letters.slice(0, LONGEST_NAME - ending.length - 1).join("")}.${ending.join("")}`;
}
