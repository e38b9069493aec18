import { Link } from "react-router";
import type { ActWords } from "../../../apps/web/ui/act-form.tsx";
import { DutyBadge } from "../../../apps/web/ui/duty-badge.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import { words as moduleWords } from "../credit.words.ts";
import type { ListingDto, ListingState } from "../listing.shapes.ts";
import { words } from "./credit.web.words.ts";

const tones: Readonly<Record<ListingState, Tone>> = {
  proposed: "neutral",
  noticed: "neutral",
  stated: "soon",
  answered: "soon",
  listed: "late",
  "removal-applied": "late",
  "removal-verified": "late",
  closed: "muted",
  joined: "muted",
  removed: "done",
  moved: "late",
  withdrawn: "muted",
};

/** The stage of a case in words. */
export function StageOf({ state }: { readonly state: ListingState }) {
  return <StatusWord tone={tones[state]}>{useWords(moduleWords).states[state]}</StatusWord>;
}

/** The nearest clock of a case, with its name. */
export function NearestClock({ listing }: { readonly listing: Pick<ListingDto, "clocks"> }) {
  const m = useWords(moduleWords);
  const nearest = [...listing.clocks].sort((one, other) => one.daysTo - other.daysTo)[0];
  if (!nearest) return null;
  return (
    <span>
      {m.clocks[nearest.clock]}{" "}
      <DutyBadge dueOn={nearest.on} daysLeft={nearest.daysTo} period={nearest.clock !== "removal"} />
    </span>
  );
}

/** A case by the organisation's name. */
export function CaseLink({ listing }: { readonly listing: Pick<ListingDto, "id" | "organisationName"> }) {
  return <Link to={`/credit/listings/${listing.id}`}>{listing.organisationName}</Link>;
}

/** Names of fields and values for the acts of this module. */
export function useActWords(): ActWords {
  const w = useWords(words);
  const m = useWords(moduleWords);
  return {
    fields: w.fields,
    help: w.help,
    choices: {
      list: m.lists,
      ground: { ...m.grounds.abnormal, ...m.grounds.serious },
      method: m.methods,
      outcome: w.outcomes,
      basis: m.withdrawalBases,
      kind: m.recordKinds,
    },
  };
}
