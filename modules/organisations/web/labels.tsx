import type { ReactNode } from "react";
import { showDate } from "../../../apps/web/ui/format.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import type { OrganisationLine } from "../organisations.shapes.ts";
import { words } from "./organisations.web.words.ts";

const tones: Readonly<Record<OrganisationLine["status"], Tone>> = {
  registered: "done",
  filed: "done",
  suspended: "late",
  liquidating: "soon",
  deregistered: "muted",
  withdrawn: "muted",
  revoked: "late",
  annulled: "late",
};

/** The state of an organisation in words. */
export function StatusOf({ status }: { readonly status: OrganisationLine["status"] }) {
  return <StatusWord tone={tones[status]}>{useWords(words).statuses[status]}</StatusWord>;
}

/** The list an organisation stands on, with the day; nothing when it stands on none. */
export function ListingOf({
  listing,
  since,
}: {
  readonly listing: OrganisationLine["listing"];
  readonly since: string | null;
}): ReactNode {
  const w = useWords(words);
  const { locale } = usePreferences();
  if (listing === "none") return <span className="quiet">{w.listings.none}</span>;
  return (
    <>
      <StatusWord tone="late">{w.listings[listing]}</StatusWord>
      {since && (
        <>
          {" "}
          <span className="quiet one-line">{showDate(since, locale)}</span>
        </>
      )}
    </>
  );
}
