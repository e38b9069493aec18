import { describe, expect, it } from "vitest";
import type { Act, KeptAct } from "./acts.ts";
import { inventedShipment } from "./delivery.fixture.ts";
import {
  countOf,
  deliveriesOf,
  judge,
  partsOf,
  type Scanned,
  serialOf,
  shortOf,
  signersMissing,
} from "./delivery.rules.ts";
import { shipmentSummaryOf } from "./delivery.ts";

const shipment = inventedShipment();
const [machines, meters] = shipment.lines;
if (!machines || !meters) throw new Error("the fixture has two lines");

const piece = (serial: string, item: Scanned["item"] = "oxygen_concentrator"): Scanned => ({
  item,
  serial,
  damage: null,
});

function kept(
  state: KeptAct["state"],
  lines: readonly { item: Scanned["item"]; serials: string[] }[],
  at = "2026-11-20T03:00:00.000Z",
): KeptAct {
  const act = {
    key: `key-${state}-${lines.flatMap((one) => one.serials).join()}`,
    operation: "equipment.sign-delivery",
    input: { id: "d", shipmentId: shipment.id, lines, signers: [], damaged: [], photoIds: [] },
    happenedAt: at,
    contract: "c",
    signature: "s",
    about: { personId: shipment.id, name: shipment.careHome },
  } as unknown as Act;
  const settled = state === "waiting" ? null : { state, code: null, facts: {}, output: null, at };
  return { key: act.key, seq: 1, state, act, settled, files: [] };
}

describe("reading a number", () => {
  it("forgives spelling, labels and addresses", () => {
    expect(serialOf(" yy-0001 ")).toBe("YY-0001");
    expect(serialOf("ＹＹ－０００１")).toBe("YY-0001");
    expect(serialOf("S/N: YY 0001")).toBe("YY0001");
    expect(serialOf("编号：YY-0001")).toBe("YY-0001");
    expect(serialOf("https://maker.example/p?model=x&sn=yy-0001")).toBe("YY-0001");
    expect(serialOf("https://maker.example/serial/YY%2D0001")).toBe("YY-0001");
    expect(serialOf("http://maker.example/?sn=%E0%A4%A")).toBe("%E0%A4%A");
  });
  it("says when there is no number", () => {
    for (const text of ["", "   ", "https://maker.example/", "x".repeat(61), "a\u0000b", "sn:"]) {
      expect(serialOf(text)).toBeNull();
      expect(judge(text, partsOf(shipment, [], null), []).kind).toBe("unreadable");
    }
  });
});

describe("a scan", () => {
  const parts = partsOf(shipment, [], null);
  it("is expected, in the spelling of the shipment", () => {
    expect(judge("yy-0002", parts, [])).toEqual({ kind: "expected", piece: piece("YY-0002") });
    const odd = partsOf(inventedShipment({ lines: [{ ...machines, serials: ["yy 0001", "yy 0002"] }] }), [], null);
    expect(judge("YY0001", odd, [])).toEqual({ kind: "expected", piece: piece("yy 0001") });
  });
  it("may be typed without its dashes when only one number can be meant", () => {
    expect(judge("yy0002", parts, [])).toEqual({ kind: "expected", piece: piece("YY-0002") });
    expect(judge("yy0002", parts, [piece("YY-0002")])).toEqual({ kind: "repeated", serial: "YY-0002" });
    const alike = partsOf(inventedShipment({ lines: [{ ...machines, serials: ["A-12", "A1-2"] }] }), [], null);
    expect(judge("A12", alike, [])).toEqual({ kind: "foreign", serial: "A12" });
    expect(judge("A1-2", alike, []).kind).toBe("expected");
  });
  it("is known already, from now or from before", () => {
    expect(judge("YY-0001", parts, [piece("YY-0001")]).kind).toBe("repeated");
    const before = partsOf(
      inventedShipment({ lines: [{ ...machines, signed: 1, signedSerials: ["YY-0001"] }] }),
      [],
      null,
    );
    expect(judge("yy-0001", before, []).kind).toBe("signed");
    const here = partsOf(shipment, [kept("waiting", [{ item: "oxygen_concentrator", serials: ["YY-0001"] }])], null);
    expect(judge("yy-0001", here, []).kind).toBe("signed");
  });
  it("does not belong here when all numbers are known", () => {
    const known = partsOf(inventedShipment({ lines: [machines] }), [], null);
    expect(judge("ZZ-9", known, [])).toEqual({ kind: "foreign", serial: "ZZ-9" });
  });
  it("counts where numbers are first read at the home, up to what was sent", () => {
    expect(judge("M1", parts, [])).toEqual({ kind: "expected", piece: piece("M1", "oximeter") });
    const five = ["M1", "M2", "M3", "M4", "M5"].map((one) => piece(one, "oximeter"));
    expect(judge("M6", parts, five)).toEqual({ kind: "full", serial: "M6", item: "oximeter" });
    // Some of a kind came with numbers, the others without.
    const mixed = partsOf(inventedShipment({ lines: [{ ...machines, quantity: 3 }] }), [], null);
    expect(judge("NEW", mixed, []).kind).toBe("expected");
  });
  it("asks which kind it is when there are several without numbers", () => {
    const open = partsOf(inventedShipment({ lines: [{ ...machines, serials: [] }, meters] }), [], null);
    expect(judge("A", open, [])).toMatchObject({ kind: "which", items: ["oxygen_concentrator", "oximeter"] });
    expect(judge("A", open, [], "oximeter")).toEqual({ kind: "expected", piece: piece("A", "oximeter") });
    const two = [piece("B"), piece("C")];
    expect(judge("A", open, two)).toEqual({ kind: "expected", piece: piece("A", "oximeter") });
    expect(judge("A", open, two, "oxygen_concentrator")).toMatchObject({ kind: "full", item: "oxygen_concentrator" });
  });
});

describe("what is left", () => {
  const sent = kept("waiting", [{ item: "oximeter", serials: ["M1", "M2"] }]);
  it("counts what this phone signed for until the server's list says so", () => {
    const left = (acts: readonly KeptAct[], pulledAt: string | null) =>
      partsOf(shipment, acts, pulledAt).map((one) => one.left);
    expect(left([sent], null)).toEqual([2, 3]);
    expect(left([{ ...sent, state: "held" }], "2026-11-21T00:00:00.000Z")).toEqual([2, 3]);
    const accepted = kept("accepted", [{ item: "oximeter", serials: ["M1", "M2"] }]);
    expect(left([accepted], "2026-11-20T02:00:00.000Z")).toEqual([2, 3]);
    expect(left([accepted], "2026-11-20T03:00:00.000Z")).toEqual([2, 5]);
    expect(left([{ ...sent, state: "rejected" }], null)).toEqual([2, 5]);
    // The list is newer than the answer and names the same pieces: none counts twice.
    const pulled = inventedShipment({ lines: [{ ...meters, signed: 2, signedSerials: ["M1", "M2"] }] });
    expect(partsOf(pulled, [sent], null).map((one) => one.left)).toEqual([3]);
  });
  it("says what is short", () => {
    const counts = countOf(partsOf(shipment, [sent], null), [
      piece("YY-0001"),
      piece("YY-0002"),
      piece("M3", "oximeter"),
    ]);
    expect(counts).toEqual([
      { item: "oxygen_concentrator", scanned: 2, left: 2 },
      { item: "oximeter", scanned: 1, left: 3 },
    ]);
    expect(shortOf(counts)).toEqual([{ item: "oximeter", quantity: 2 }]);
  });
  it("lists the soonest due first, and what is settled at the end", () => {
    const summary = (id: string, dueOn: string, signed = 0) =>
      shipmentSummaryOf(id, inventedShipment({ dueOn, lines: [{ ...meters, signed }] }));
    const list = deliveriesOf(
      [summary("a", "2026-11-30"), summary("b", "2026-11-10", 5), summary("c", "2026-11-19")],
      [],
      null,
      "2026-11-21",
    );
    expect(list.map((one) => [one.shipment.id, one.standing, one.days])).toEqual([
      ["c", "overdue", -2],
      ["a", "due", 9],
      ["b", "settled", -11],
    ]);
    expect(list[0]?.left).toEqual([{ item: "oximeter", quantity: 5 }]);
  });
});

it("wants two different people, each with a signature or a word", () => {
  const signer = (name: string, more = {}) => ({ name, post: "", signatureId: null, agreed: false, ...more });
  const signed = { signatureId: "s" };
  expect(signersMissing([signer(" "), signer("乙")])).toBe("first");
  expect(signersMissing([signer("甲"), signer("")])).toBe("second");
  expect(signersMissing([signer("样守义", signed), signer("样 守义", { agreed: true })])).toBe("same");
  expect(signersMissing([signer("甲", signed), signer("乙")])).toBe("unsigned");
  expect(signersMissing([signer("甲", signed), signer("乙", { agreed: true })])).toBeNull();
});
