/** What a file is by its first bytes (文件识别); "text" is anything that reads as text, "unknown" the rest. */
export type ContentKind = "pdf" | "jpeg" | "png" | "zip" | "ole" | "text" | "unknown";

const signatures: readonly (readonly [ContentKind, readonly number[]])[] = [
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["zip", [0x50, 0x4b, 0x03, 0x04]],
  ["ole", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
];

/** Tells what a file is from its head, whatever it is called. */
export function contentKind(head: Uint8Array): ContentKind {
  for (const [kind, bytes] of signatures) if (bytes.every((byte, at) => head[at] === byte)) return kind;
  if (head.length > 0 && !head.includes(0)) return "text";
  return "unknown";
}

const expected: Readonly<Record<string, { readonly kind: ContentKind; readonly type: string }>> = {
  pdf: { kind: "pdf", type: "application/pdf" },
  jpg: { kind: "jpeg", type: "image/jpeg" },
  jpeg: { kind: "jpeg", type: "image/jpeg" },
  png: { kind: "png", type: "image/png" },
  xlsx: { kind: "zip", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
  docx: { kind: "zip", type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
  csv: { kind: "text", type: "text/csv" },
  txt: { kind: "text", type: "text/plain" },
};

export type UploadVerdict =
  | { readonly ok: true; readonly contentType: string }
  | { readonly ok: false; readonly code: "files/content-differs" | "files/kind-not-allowed"; readonly facts: Readonly<Record<string, unknown>> };

/** Judges an upload (附件检查): a name it may have, and content that is what the name says. */
export function checkUpload(name: string, declaredType: string, head: Uint8Array, _size: number): UploadVerdict {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const wanted = expected[ending];
  if (!wanted) return { ok: false, code: "files/kind-not-allowed", facts: { name, allowed: Object.keys(expected) } };
  const seen = contentKind(head);
  if (seen !== wanted.kind) return { ok: false, code: "files/content-differs", facts: { name, declaredType, seen, wanted: wanted.kind } };
  return { ok: true, contentType: wanted.type };
}
