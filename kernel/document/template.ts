import type { Block, OfficialDocument } from "./model.ts";

/** One version of a document template (文书模板), in force on [from, to); the texts come from the module's words. */
export interface Template<Facts> {
  readonly id: string;
  readonly version: string;
  /** Calendar dates, `to` exclusive. */
  readonly from: string;
  readonly to?: string;
  readonly title: (facts: Facts) => string;
  readonly addressee?: (facts: Facts) => string | null;
  readonly body: (facts: Facts) => readonly Block[];
  readonly attachments?: (facts: Facts) => readonly string[];
}

/** What a template cannot know: who issues, under which number, when, and how it is verified. */
export type Issue = Pick<OfficialDocument, "authority" | "number" | "issuedOn" | "verification" | "specimen"> &
  Partial<Pick<OfficialDocument, "banner" | "copies">>;

/** Declares one version of a template (文书模板声明). */
export function defineTemplate<Facts>(template: Template<Facts>): Template<Facts> {
  return template;
}

/** The version in force on a calendar date (适用版本). Errors: RangeError when there is none. */
export function templateOn<Facts>(versions: readonly Template<Facts>[], date: string): Template<Facts> {
  const found = versions.find((one) => one.from <= date && (one.to === undefined || date < one.to));
  if (!found) throw new RangeError(`no version of ${versions[0]?.id ?? "template"} on ${date}`);
  return found;
}

/** Fills a template with facts (填写文书): pure, so that the same facts give the same paper at any time. */
export function fillTemplate<Facts>(template: Template<Facts>, facts: Facts, issue: Issue): OfficialDocument {
  const attachments = template.attachments?.(facts) ?? [];
  return {
    template: { id: template.id, version: template.version },
    banner: issue.banner ?? issue.authority,
    authority: issue.authority,
    number: issue.number,
    title: template.title(facts),
    addressee: template.addressee?.(facts) ?? null,
    body: template.body(facts),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(issue.copies ? { copies: issue.copies } : {}),
    issuedOn: issue.issuedOn,
    verification: issue.verification,
    specimen: issue.specimen,
  };
}
