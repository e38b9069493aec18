import { showCount, showYuan } from "../../../apps/web/ui/format.ts";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import type { DonationLine } from "../donations.contract.ts";
import { words as moduleWords } from "../donations.words.ts";
import { words } from "./donations.web.words.ts";

type ReceiptState = DonationLine["receiptState"];
const receiptTones: Readonly<Record<ReceiptState, Tone>> = {
  due: "soon",
  issued: "done",
  waived: "muted",
  anonymous: "muted",
};

/** Whether a receipt is due, issued or given up, in words. */
export function ReceiptWord({ state }: { readonly state: ReceiptState }) {
  return <StatusWord tone={receiptTones[state]}>{useWords(moduleWords).receiptStates[state]}</StatusWord>;
}

type State = keyof (typeof moduleWords)["zh"]["states"];
const tones: Readonly<Record<State, Tone>> = {
  received: "neutral",
  "partly-used": "soon",
  used: "done",
  corrected: "muted",
};

/** Where a gift stands, in words. */
export function GiftState({ state }: { readonly state: State }) {
  return <StatusWord tone={tones[state]}>{useWords(moduleWords).states[state]}</StatusWord>;
}

/** An amount with its unit: money in yuan, goods in pieces; never both. */
export function useAmount(): (amount: number, unit: string) => string {
  const w = useWords(words);
  return (amount, unit) =>
    unit === "fen" ? `${showYuan(amount)} ${w.yuan}` : w.pieces({ quantity: showCount(amount), unit });
}

interface What {
  readonly amountFen: number | null;
  readonly item: string | null;
  readonly quantity: number | null;
  readonly unit: string | null;
}

/** What was given or used, in one line. */
export function useWhat(): (one: What) => string {
  const w = useWords(words);
  return (one) =>
    one.amountFen !== null
      ? `${showYuan(one.amountFen)} ${w.yuan}`
      : w.goods({ item: one.item ?? "", quantity: showCount(one.quantity ?? 0), unit: one.unit ?? "" });
}

/** A donor as the office knows it. */
export function useDonor(): (one: Pick<DonationLine, "donor" | "donorKind" | "donorCount">) => string {
  const w = useWords(words);
  return (one) => one.donor ?? (one.donorKind === "aggregate" ? w.many({ count: one.donorCount }) : w.anonymous);
}
