import { expect, it } from "vitest";
import { signDelivery } from "../delivery.contract.ts";
import { cameOf, sameSigner, signInput } from "./delivery-sums.ts";

const shipment = "0198a000-0000-7000-8000-000000000001";
const expected = [
  { item: "oxygen_concentrator", left: 2, serials: ["ZY1", "ZY2"] },
  { item: "oximeter", left: 1, serials: [] },
] as const;

it("takes ticked and typed numbers, two signers, and damage only of what came", () => {
  const values = {
    "came.oxygen_concentrator": ["ZY1"],
    "came.oximeter": "xy 9\nXY9\n",
    "signer.0": " 马院长 ",
    "post.0": "院长",
    "signer.1": "韩护理",
    damaged: ["ZY1", "ZY2"],
    damagedNote: "外壳裂",
    at: "2026-11-20T10:00:00+08:00",
  };
  const input = signInput(values, shipment, expected);
  expect(input).toEqual({
    shipmentId: shipment,
    lines: [
      { item: "oxygen_concentrator", serials: ["ZY1"] },
      { item: "oximeter", serials: ["xy 9"] },
    ],
    signers: [{ name: "马院长", post: "院长" }, { name: "韩护理" }],
    damaged: [{ serial: "ZY1", note: "外壳裂" }],
    photoIds: [],
    at: "2026-11-20T10:00:00+08:00",
  });
  expect(signDelivery.input.safeParse(input).success).toBe(true);
});

it("leaves out what did not come, and knows one person signing twice", () => {
  expect(cameOf({}, expected[1])).toEqual([]);
  expect((signInput({}, shipment, expected) as { lines: unknown[] }).lines).toEqual([]);
  expect(sameSigner({ "signer.0": "马 福", "signer.1": "马福" })).toBe(true);
  expect(sameSigner({ "signer.0": "马福", "signer.1": "" })).toBe(false);
});
