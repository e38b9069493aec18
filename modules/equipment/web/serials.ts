import type { ItemKind } from "../equipment.shapes.ts";

/** Spaces and case are forgiven: two ways of writing one number are one number. */
const plain = (serial: string) => serial.normalize("NFKC").replace(/\s+/g, "").toUpperCase();

/** Numbers as pasted or typed (编号): one a line, or with commas between; each once, and those that stand twice. */
export function readSerials(typed: string): {
  readonly serials: readonly string[];
  readonly repeated: readonly string[];
} {
  const found = typed
    .normalize("NFKC")
    .split(/[\n\r\t,;、]+/)
    .map((one) => one.trim())
    .filter(Boolean);
  const seen = new Map<string, string>();
  const repeated = new Set<string>();
  for (const one of found) {
    const key = plain(one);
    if (seen.has(key)) repeated.add(seen.get(key) as string);
    else seen.set(key, one);
  }
  return { serials: [...seen.values()], repeated: [...repeated] };
}

export function sameSerial(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

export interface ShipHome {
  readonly careHomeId: string;
  readonly lines: readonly { readonly item: ItemKind; readonly quantity: number }[];
}

export interface ShipLine {
  readonly item: ItemKind;
  readonly quantity: number;
  readonly serials?: string[];
}

/** Deals pasted numbers out to the homes in their order (按位次分配编号); an item without numbers is scanned at the home. */
export function dealSerials(
  homes: readonly ShipHome[],
  given: Readonly<Partial<Record<ItemKind, readonly string[]>>>,
): { careHomeId: string; lines: ShipLine[] }[] {
  const left = new Map(Object.entries(given).map(([item, serials]) => [item, [...(serials ?? [])]]));
  return homes.map((home) => ({
    careHomeId: home.careHomeId,
    lines: home.lines.map(({ item, quantity }) => {
      const pile = left.get(item);
      return pile && (given[item]?.length ?? 0) > 0
        ? { item, quantity, serials: pile.splice(0, quantity) }
        : { item, quantity };
    }),
  }));
}

/** How many numbers an item lacks (positive) or has too many of (negative), where any are given at all. */
export function serialsMissing(homes: readonly ShipHome[], item: ItemKind, serials: readonly string[]): number {
  if (serials.length === 0) return 0;
  const needed = homes.reduce(
    (sum, home) => sum + home.lines.reduce((own, line) => own + (line.item === item ? line.quantity : 0), 0),
    0,
  );
  return needed - serials.length;
}
