/** Kinds of organisation in the register (类别): the three that are registered, and the ones that are only filed. */
export const kinds = ["social_group", "social_service_institution", "foundation", "community_organisation"] as const;
export type Kind = (typeof kinds)[number];

/** States of an organisation (状态). `annulled` (撤销登记) and `revoked` (吊销登记证书) are different acts since 2026-03-12. */
export const statuses = [
  "registered",
  "suspended",
  "liquidating",
  "deregistered",
  "revoked",
  "annulled",
  "filed",
  "withdrawn",
] as const;
export type Status = (typeof statuses)[number];

/** States in which an organisation still exists. */
export const living: readonly Status[] = ["registered", "suspended", "liquidating", "filed"];

export const grades = ["5A", "4A", "3A", "2A", "1A"] as const;
export type Grade = (typeof grades)[number];

export const listings = ["none", "abnormal", "serious"] as const;
export type Listing = (typeof listings)[number];

export const partyStates = ["established", "joint", "none", "unknown"] as const;
export type PartyState = (typeof partyStates)[number];

/** A doubt kept with a record (存疑事项): never a block, always shown. */
export interface Flag {
  readonly code: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}

const plainHan = /^[\u4e00-\u9fff]*$/;

/** Brings a name to the form names are compared in (名称归一): width, brackets, quotes and spaces alike, no case. */
export function nameKey(name: string): string {
  // Most names are plain Chinese characters, and those are compared as they are.
  if (plainHan.test(name)) return name;
  return name
    .normalize("NFKC")
    .replace(/[\s\u200b-\u200f\u2060\ufeff]+/g, "")
    .replace(/[〔【[]/g, "(")
    .replace(/[〕】\]]/g, ")")
    .replace(/[“”„‟"'‘’《》〈〉「」『』]/g, "")
    .replace(/[‐-―−]/g, "-")
    .replace(/[·•・‧∙]/g, "·")
    .toLowerCase();
}
