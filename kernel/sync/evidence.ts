/** Kinds of evidence a phone may send (手机附件), with the ending their files get. */
const kinds = [
  { type: "image/jpeg", ending: "jpg", at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: "image/png", ending: "png", at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: "image/webp", ending: "webp", at: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
  { type: "audio/webm", ending: "webm", at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { type: "audio/ogg", ending: "ogg", at: 0, bytes: [0x4f, 0x67, 0x67, 0x53] },
  { type: "audio/mp4", ending: "m4a", at: 4, bytes: [0x66, 0x74, 0x79, 0x70] },
] as const;

/** What a photo or voice note is by its first bytes (附件识别), whatever it is called; undefined for anything else. */
export function evidenceKind(head: Uint8Array): { readonly type: string; readonly ending: string } | undefined {
  return kinds.find(({ at, bytes }) => bytes.every((byte, index) => head[at + index] === byte));
}
