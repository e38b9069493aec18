import { queryAddress } from "../../../apps/web/client.ts";
import { showDate } from "../../../apps/web/ui/format.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import type { TimelineStep } from "../../../apps/web/ui/timeline.tsx";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import type { Happening } from "../organisations.shapes.ts";
import { named } from "./labels.tsx";
import { words } from "./organisations.web.words.ts";

/** Where a document opens. */
export function documentHref(id: string): string {
  return queryAddress(openDocument, { id });
}

/** What happened, in words: steps by procedure and act, versions by cause, the rest by its own name. */
export function useTimelineSteps(): (happenings: readonly Happening[]) => TimelineStep[] {
  const w = useWords(words);
  const { locale } = usePreferences();
  const what = (one: Happening): string => {
    const [procedure = "", act = ""] = one.what.split("/");
    if (one.source === "step")
      return `${named(w.procedures, procedure)}：${one.what in w.actTitles ? named(w.actTitles, one.what) : named(w.acts, act)}`;
    if (one.source === "meeting")
      return `${named(w.bodies, String(one.facts.body ?? ""))}：${String(one.facts.subject ?? "")}`;
    if (one.what === "name-ended") return w["name-ended"]({ name: String(one.facts.name ?? "") });
    if (one.what === "charter-adopted") return w["charter-adopted"]({ version: Number(one.facts.version ?? 0) });
    if (one.source === "version" || one.source === "listing") return named(w.causes, one.what);
    return one.what;
  };
  const detail = (one: Happening): string | undefined => {
    if (one.source === "meeting")
      return w.file.votes({
        entitled: Number(one.facts.entitled),
        present: Number(one.facts.present),
        yes: Number(one.facts.yes),
      });
    if (typeof one.facts.refused === "string") return w.file.refusedTry({ code: one.facts.refused });
    const changes = one.facts.changes as Readonly<Record<string, { from: unknown; to: unknown }>> | undefined;
    if (changes && typeof changes === "object") {
      const show = (value: unknown) =>
        value === null || value === undefined
          ? "—"
          : typeof value === "object"
            ? JSON.stringify(value)
            : showDate(String(value), locale);
      const lines = Object.entries(changes)
        .filter(([field]) => !field.endsWith("_key") && field !== "version")
        .slice(0, 8)
        .map(([field, change]) => `${named(w.facts, camel(field))}：${show(change.from)} → ${show(change.to)}`);
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

function camel(field: string): string {
  return field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
