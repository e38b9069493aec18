import { serialKey as keyOf } from "../../../modules/equipment/serial.rules.ts";
import { type Act, type Acts, isAct, type KeptAct } from "./acts.ts";
import { daysBetween } from "./clock.rules.ts";
import type { Item, Shipment, ShipmentPart, ShipmentSummary } from "./delivery.ts";
import { isOnTop } from "./overlay.rules.ts";

/** A number longer than this is none: somebody scanned a poster. */
const LONGEST = 60;

/** The number a code says (读出编号): an address with the number in it, a label before it, full-width digits and spaces are forgiven. */
export function serialOf(read: string): string | null {
  const text = read.normalize("NFKC").trim();
  const inAddress = /^https?:\/\//i.test(text)
    ? (/[?&#/](?:sn|serial|no|code)[=/]([^&#/?]+)/i.exec(text)?.[1] ?? null)
    : text;
  if (inAddress === null) return null;
  const named = decoded(inAddress).replace(/^(?:s\/?n|serial(?:\s*no\.?)?|编号|序列号)\s*[:=]\s*/i, "");
  const serial = keyOf(named);
  return serial === "" || serial.length > LONGEST || /[\p{C}]/u.test(serial) ? null : serial;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One piece as it was scanned or typed. */
export interface Scanned {
  readonly item: Item;
  readonly serial: string;
  /** Why it cannot be used; null: it came whole. */
  readonly damage: string | null;
}

/** What is said at once about a number (扫码结果). */
export type Verdict =
  | { readonly kind: "expected"; readonly piece: Scanned }
  | { readonly kind: "repeated" | "signed" | "foreign"; readonly serial: string }
  /** As many as were sent are counted already. */
  | { readonly kind: "full"; readonly serial: string; readonly item: Item }
  /** Several kinds come without known numbers: the reader says which this is. */
  | { readonly kind: "which"; readonly serial: string; readonly items: readonly Item[] }
  | { readonly kind: "unreadable" };

/** A part of a shipment with what this phone signed for and the server does not know yet. */
export interface Part extends ShipmentPart {
  /** Still expected. */
  readonly left: number;
}

/** Deliveries recorded here that are not in the pulled data. */
function signedHere(
  shipmentId: string,
  acts: Iterable<KeptAct>,
  pulledAt: string | null,
): Acts["equipment.sign-delivery"][] {
  return [...acts].flatMap((kept) => {
    const act: Act | null = kept.act;
    if (!act || !isAct(act, "equipment.sign-delivery") || act.input.shipmentId !== shipmentId) return [];
    return isOnTop(kept, pulledAt) ? [act.input] : [];
  });
}

/** What of a shipment is still to be signed for (待签收): the pulled state with this phone's own signatures on top. */
export function partsOf(shipment: Shipment, acts: Iterable<KeptAct>, pulledAt: string | null): Part[] {
  const here = signedHere(shipment.id, acts, pulledAt).flatMap((input) => input.lines);
  return shipment.lines.map((line) => {
    const known = new Set(line.signedSerials.map(keyOf));
    const more = here
      .filter((one) => one.item === line.item)
      .flatMap((one) => one.serials)
      .filter((one) => !known.has(keyOf(one)));
    const signed = line.signed + more.length;
    return {
      ...line,
      signed,
      signedSerials: [...line.signedSerials, ...more],
      left: Math.max(0, line.quantity - signed),
    };
  });
}

/** Without what a hand leaves out when it copies a plate. */
const bare = (serial: string): string => keyOf(serial).replace(/[-_/.·—–]/g, "");

/** The number of the shipment that was meant; one that is written without its dashes too, when only one can be meant. */
function findNamed(
  serial: string,
  parts: readonly Part[],
): { readonly item: Item; readonly serial: string } | undefined {
  const all = parts.flatMap((part) =>
    [...part.serials, ...part.signedSerials].map((one) => ({ item: part.item, serial: one })),
  );
  const exact = all.find((one) => keyOf(one.serial) === keyOf(serial));
  if (exact) return exact;
  const near = all.filter((one) => bare(one.serial) === bare(serial));
  return new Set(near.map((one) => keyOf(one.serial))).size === 1 ? near[0] : undefined;
}

/** Whether a number belongs to the shipment (核对编号), and to which kind of thing. `chosen` says it where numbers are not known. */
export function judge(
  read: string,
  parts: readonly Part[],
  scanned: readonly Scanned[],
  chosen: Item | null = null,
): Verdict {
  const spelled = serialOf(read);
  if (spelled === null) return { kind: "unreadable" };
  // The spelling of the shipment counts, not that of whoever typed it.
  const named = findNamed(spelled, parts);
  const serial = named?.serial ?? spelled;
  const key = keyOf(serial);
  if (scanned.some((one) => keyOf(one.serial) === key)) return { kind: "repeated", serial };
  if (parts.some((part) => part.signedSerials.some((one) => keyOf(one) === key))) return { kind: "signed", serial };
  if (named) return { kind: "expected", piece: { ...named, damage: null } };
  const open = parts.filter(isOpen);
  if (open.length === 0) return { kind: "foreign", serial };
  const wanted = open.filter((part) => part.left > scanned.filter((one) => one.item === part.item).length);
  const part = wanted.find((one) => one.item === chosen) ?? (wanted.length === 1 ? wanted[0] : undefined);
  if (part && (chosen === null || part.item === chosen))
    return { kind: "expected", piece: { item: part.item, serial, damage: null } };
  if (wanted.length > 1) return { kind: "which", serial, items: wanted.map((one) => one.item) };
  return { kind: "full", serial, item: chosen ?? (open[0] as Part).item };
}

/** Whether some numbers of a part are first read at the home. */
export const isOpen = (part: ShipmentPart): boolean => part.serials.length < part.quantity;

export interface Count {
  readonly item: Item;
  readonly scanned: number;
  readonly left: number;
}

/** How many of each kind are counted, of how many (清点). */
export function countOf(parts: readonly Part[], scanned: readonly Scanned[]): Count[] {
  return parts.map((part) => ({
    item: part.item,
    scanned: scanned.filter((one) => one.item === part.item).length,
    left: part.left,
  }));
}

/** What would be missing if this were signed for now (少件). */
export function shortOf(counts: readonly Count[]): { readonly item: Item; readonly quantity: number }[] {
  return counts.flatMap(({ item, scanned, left }) => (scanned < left ? [{ item, quantity: left - scanned }] : []));
}

export interface SignerDraft {
  readonly name: string;
  readonly post: string;
  readonly signatureId: string | null;
  /** Said in person that the name stands for the delivery, without a drawn signature. */
  readonly agreed: boolean;
}

/** What is missing before two people have signed (签收人核对); null: nothing. */
export function signersMissing(signers: readonly SignerDraft[]): "first" | "second" | "same" | "unsigned" | null {
  const [one, two] = signers;
  const name = (signer: SignerDraft | undefined) => keyOf(signer?.name ?? "");
  if (name(one) === "") return "first";
  if (name(two) === "") return "second";
  if (name(one) === name(two)) return "same";
  return [one, two].every((signer) => signer?.signatureId || signer?.agreed) ? null : "unsigned";
}

/** A shipment on today's list. `settled`: everything is signed for here; what differs is for others to put right. */
export interface DeliveryEntry {
  readonly shipment: ShipmentSummary;
  readonly standing: "overdue" | "due" | "settled";
  readonly days: number;
  readonly left: readonly { readonly item: Item; readonly quantity: number }[];
}

/** Deliveries of today's list (今日签收), the soonest due first, what is done at the end. */
export function deliveriesOf(
  shipments: Iterable<ShipmentSummary>,
  acts: readonly KeptAct[],
  pulledAt: string | null,
  today: string,
): DeliveryEntry[] {
  return [...shipments]
    .map((shipment): DeliveryEntry => {
      const here = signedHere(shipment.id, acts, pulledAt).flatMap((input) => input.lines);
      const left = shipment.lines.flatMap(({ item, quantity, signed }) => {
        const now = here.filter((one) => one.item === item).reduce((sum, one) => sum + one.serials.length, 0);
        return quantity > signed + now ? [{ item, quantity: quantity - signed - now }] : [];
      });
      const days = daysBetween(today, shipment.dueOn);
      return { shipment, standing: left.length === 0 ? "settled" : days < 0 ? "overdue" : "due", days, left };
    })
    .sort(
      (a, b) =>
        Number(a.standing === "settled") - Number(b.standing === "settled") ||
        a.days - b.days ||
        (a.shipment.id < b.shipment.id ? -1 : 1),
    );
}
