import { queryAddress } from "../../../apps/web/client.ts";
import { useNames } from "../../../apps/web/composition.ts";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import type { TimelineStep } from "../../../apps/web/ui/timeline.tsx";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import { isDate } from "../../../kernel/clock/date.ts";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import type { Happening } from "../organisations.shapes.ts";
import { words } from "./organisations.web.words.ts";

/** Where a document opens. */
export function documentHref(id: string): string {
  return queryAddress(openDocument, { id });
}

/** What happened, in words: steps by procedure and act, versions by cause, the rest by its own name. */
export function useTimelineSteps(): (happenings: readonly Happening[]) => TimelineStep[] {
  const w = useWords(words);
  const names = useNames();
  const kit = useWords(kitWords);
  const sentence = useCodeSentence();
  const { locale } = usePreferences();
  const what = (one: Happening): string => {
    const [procedure = "", act = ""] = one.what.split("/");
    if (one.source === "step")
      return `${names.procedure(procedure)}：${one.what in w.actTitles ? named(w.actTitles, one.what) : names.act(procedure, act)}`;
    if (one.source === "meeting")
      return `${named(w.bodies, String(one.facts.body ?? ""))}：${String(one.facts.subject ?? "")}`;
    if (one.what === "name-ended") return w["name-ended"]({ name: String(one.facts.name ?? "") });
    if (one.what === "charter-adopted") return w["charter-adopted"]({ version: Number(one.facts.version ?? 0) });
    if (one.source === "version" || one.source === "listing") return names.operation(one.what);
    return one.what;
  };
  const detail = (one: Happening): string | undefined => {
    if (one.source === "meeting")
      return w.file.votes({
        entitled: Number(one.facts.entitled),
        present: Number(one.facts.present),
        yes: Number(one.facts.yes),
      });
    if (typeof one.facts.refused === "string")
      return w.file.refusedTry({ code: sentence(one.facts.refused) ?? kit.errors.byStatus({ status: 409 }) });
    const changes = one.facts.changes as Readonly<Record<string, { from: unknown; to: unknown }>> | undefined;
    if (changes && typeof changes === "object") {
      const show = (field: string, value: unknown): string => {
        if (value === null || value === undefined) return "—";
        if (typeof value === "object") return JSON.stringify(value);
        const text = String(value);
        if (isDate(text)) return showDate(text, locale);
        if (field.endsWith("_fen") && /^-?\d+$/.test(text)) return `${showYuan(text)} ${kit.form.yuan}`;
        return valueName(w, field, text);
      };
      const lines = Object.entries(changes)
        .filter(([field]) => field in shownFields)
        .slice(0, 8)
        .map(
          ([field, change]) =>
            `${w.facts[shownFields[field] as keyof typeof w.facts] as string}：${show(field, change.from)} → ${show(field, change.to)}`,
        );
      return lines.join("；") || undefined;
    }
    if (typeof one.facts.reason === "string") return one.facts.reason;
    if (typeof one.facts.summary === "string") return one.facts.summary;
    return undefined;
  };
  return (happenings) =>
    happenings.map((one, at) => ({
      id: `${one.at}-${at}`,
      at: one.source === "step" || one.source === "journal" ? one.at : one.on,
      what: what(one),
      actor: one.actor,
      law: one.law,
      detail: detail(one),
      ...(one.documentId
        ? {
            documents: [
              { href: documentHref(one.documentId), title: one.source === "document" ? one.what : w.file.documents },
            ],
          }
        : {}),
      ...(one.decisionId ? { decision: { href: `/console/decisions/${one.decisionId}`, title: w.file.decision } } : {}),
      legal: one.source === "listing" || /approve|revoke|annul|suspend/.test(one.what),
    }));
}

/** Columns of a stored state that a reader wants to see change, and what they are called. */
const shownFields: Readonly<Record<string, string>> = {
  name: "name",
  credit_code: "creditCode",
  kind: "kind",
  status: "status",
  registered_on: "registeredOn",
  legal_representative: "legalRepresentative",
  domicile: "domicile",
  scope: "scope",
  activity_area: "activityArea",
  funds_fen: "fundsFen",
  unit_name: "unitName",
  sector_department: "sectorDepartment",
  term_to: "term",
  charter_version: "charterVersion",
  party_organisation: "party",
  party_members: "partyMembers",
  employees: "employees",
  grade: "grade",
  listing: "listing",
  inspection_year: "inspection",
  inspection_conclusion: "inspection",
  seal_filed_on: "seal",
  bank_filed_on: "bank",
};

function valueName(w: (typeof words)["zh"], field: string, value: string): string {
  const tables: Readonly<Record<string, unknown>> = {
    kind: w.kinds,
    status: w.statuses,
    listing: w.listings,
    party_organisation: w.party,
    inspection_conclusion: w.conclusions,
  };
  return tables[field] ? named(tables[field], value) : value;
}
