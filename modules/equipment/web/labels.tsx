import { queryAddress } from "../../../apps/web/client.ts";
import type { ActWords } from "../../../apps/web/ui/act-form.tsx";
import { showCount } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import { openFile } from "../../../kernel/files/files.contract.ts";
import type { allocationStates, discrepancyStates, ItemKind, itemStates, shipmentStates } from "../equipment.shapes.ts";
import { words as moduleWords } from "../equipment.words.ts";
import { words } from "./equipment.web.words.ts";
import "./equipment.css";

const shipmentTones: Readonly<Record<(typeof shipmentStates)[number], Tone>> = {
  shipped: "soon",
  delivered: "done",
  discrepancy: "late",
  recalled: "muted",
  returned: "muted",
};

/** Where a shipment stands, in words; past its day it is late. */
export function ShipmentWord({
  state,
  late = false,
}: {
  readonly state: (typeof shipmentStates)[number];
  readonly late?: boolean;
}) {
  return (
    <StatusWord tone={late ? "late" : shipmentTones[state]}>{useWords(moduleWords).shipmentStates[state]}</StatusWord>
  );
}

const itemTones: Readonly<Partial<Record<(typeof itemStates)[number], Tone>>> = {
  shipped: "soon",
  delivered: "soon",
  trained: "soon",
  verified: "done",
  in_use: "done",
  fault: "late",
  discrepancy: "late",
  scrapped: "muted",
};

export function ItemWord({ state }: { readonly state: (typeof itemStates)[number] }) {
  return <StatusWord tone={itemTones[state] ?? "neutral"}>{useWords(moduleWords).itemStates[state]}</StatusWord>;
}

const allocationTones: Readonly<Record<(typeof allocationStates)[number], Tone>> = {
  allocated: "neutral",
  shipped: "soon",
  delivered: "done",
  discrepancy: "late",
  recalled: "muted",
  left_out: "muted",
};

export function AllocationWord({ state }: { readonly state: (typeof allocationStates)[number] }) {
  return <StatusWord tone={allocationTones[state]}>{useWords(moduleWords).allocationStates[state]}</StatusWord>;
}

const discrepancyTones: Readonly<Record<(typeof discrepancyStates)[number], Tone>> = {
  open: "late",
  measured: "soon",
  done: "soon",
  verified: "done",
  closed: "done",
};

export function DiscrepancyWord({
  state,
  late = false,
}: {
  readonly state: (typeof discrepancyStates)[number];
  readonly late?: boolean;
}) {
  return (
    <StatusWord tone={late ? "late" : discrepancyTones[state]}>
      {useWords(moduleWords).discrepancyStates[state]}
    </StatusWord>
  );
}

export function ResultWord({ result }: { readonly result: string }) {
  const w = useWords(moduleWords).checkResults;
  return <StatusWord tone={result === "ok" ? "done" : "late"}>{named(w, result)}</StatusWord>;
}

/** "制氧机 2 台": what and how many, in one line. */
export function useLine(): (item: ItemKind, quantity: number) => string {
  const w = useWords(words);
  const m = useWords(moduleWords);
  return (item, quantity) => w.line({ item: m.items[item], quantity: showCount(quantity), unit: m.units[item] });
}

/** Photos kept as evidence, as links that open them. */
export function Photos({ ids }: { readonly ids: readonly string[] }) {
  const w = useWords(words);
  if (ids.length === 0) return <>{w.none}</>;
  return (
    <span className="link-row">
      {ids.map((id, at) => (
        <a key={id} href={queryAddress(openFile, { id })} target="_blank" rel="noreferrer">
          {w.photo({ number: at + 1 })}
        </a>
      ))}
    </span>
  );
}

/** Names of fields and values for the acts of this module. */
export function useActWords(): ActWords {
  const w = useWords(words);
  const m = useWords(moduleWords);
  return {
    fields: w.fields,
    help: w.help,
    choices: {
      kind: { ...m.homeKinds, ...m.discrepancyKinds },
      floodSeverity: m.floodSeverities,
      state: m.homeStates,
      item: m.items,
      served: w.choices.served,
      topic: w.choices.topic,
    },
  };
}

/** "2 天" and the like are server facts; a rate that cannot be worked out is a dash. */
export function rateText(rate: string | null): string {
  return rate === null ? "—" : rate.endsWith("%") ? rate : `${rate}%`;
}
