import type { ItemKind } from "../equipment.shapes.ts";
import { readSerials, sameSerial } from "./serials.ts";

export interface Expected {
  readonly item: ItemKind;
  readonly left: number;
  /** Numbers named when it was shipped; empty where they are first read at the home. */
  readonly serials: readonly string[];
}

type Values = Readonly<Record<string, unknown>>;

/** The numbers that came, ticked or typed (收到的编号). */
export function cameOf(values: Values, one: Expected): readonly string[] {
  const value = values[`came.${one.item}`];
  return Array.isArray(value) ? (value as readonly string[]) : readSerials(String(value ?? "")).serials;
}

/** What a signature takes (签收内容), from what was ticked and typed; lines of which nothing came are left out. */
export function signInput(values: Values, shipmentId: string, expected: readonly Expected[]): Record<string, unknown> {
  const lines = expected
    .map((one) => ({ item: one.item, serials: [...cameOf(values, one)] }))
    .filter((one) => one.serials.length > 0);
  const came = lines.flatMap((one) => one.serials);
  const damaged = ((values.damaged ?? []) as readonly string[]).filter((serial) =>
    came.some((one) => sameSerial(one, serial)),
  );
  const note = String(values.damagedNote ?? "").trim();
  const signers = [0, 1]
    .map((at) => ({
      name: String(values[`signer.${at}`] ?? "").trim(),
      post: String(values[`post.${at}`] ?? "").trim(),
    }))
    .filter((one) => one.name !== "");
  return {
    shipmentId,
    lines,
    signers: signers.map((one) => (one.post === "" ? { name: one.name } : one)),
    damaged: damaged.map((serial) => (note === "" ? { serial } : { serial, note })),
    photoIds: values.photoIds ?? [],
    ...(values.place ? { place: values.place } : {}),
    ...(values.at ? { at: values.at } : {}),
    ...(values.note ? { note: values.note } : {}),
  };
}

/** Two signatures of the same person are one (同一人). */
export function sameSigner(values: Values): boolean {
  const [one = "", other = ""] = [0, 1].map((at) => String(values[`signer.${at}`] ?? "").replace(/\s+/g, ""));
  return one !== "" && one === other;
}
