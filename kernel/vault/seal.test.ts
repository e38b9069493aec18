import { createHmac, hkdfSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";
import { type Keys, openKeys, type Suite } from "./keys.ts";
import {
  digest,
  digests,
  isStale,
  newSubjectKey,
  reseal,
  rewrapSubjectKey,
  seal,
  sealPayload,
  unseal,
  unsealPayload,
} from "./seal.ts";

let root: string;
const rings = new Map<Suite, Keys>();
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "seal-"));
  for (const suite of ["international", "sm"] as const) rings.set(suite, openKeys(join(root, suite), { suite }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(["international", "sm"] as const)("suite %s", (suite) => {
  const keys = () => rings.get(suite) as Keys;

  it("gives back any text, and never writes the same text twice alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (text, aad) => {
        const sealed = seal(keys(), text, aad);
        expect(unseal(keys(), sealed, aad)).toBe(text);
        expect(seal(keys(), text, aad)).not.toBe(sealed);
      }),
      { numRuns: 60 },
    );
  });

  it("opens nothing after any single character was changed, nor at another place", () => {
    const sealed = seal(keys(), "630203199001011234 𬭎", "person/citizen_number/1");
    expect(() => unseal(keys(), sealed, "person/citizen_number/2")).toThrow("vault/tampered");
    for (let index = 0; index < sealed.length; index += 1) {
      const other = sealed[index] === "A" ? "B" : "A";
      const altered = sealed.slice(0, index) + other + sealed.slice(index + 1);
      expect(() => unseal(keys(), altered, "person/citizen_number/1"), altered).toThrow(/^vault\//);
    }
    expect(() => unseal(keys(), sealed.slice(0, -8), "person/citizen_number/1")).toThrow("vault/tampered");
    expect(() => unseal(keys(), "", "person/citizen_number/1")).toThrow("vault/tampered");
  });

  it("digests equal values alike within a kind only", () => {
    expect(digest(keys(), "citizen", "63")).toBe(digest(keys(), "citizen", "63"));
    expect(digest(keys(), "citizen", "63")).not.toBe(digest(keys(), "phone", "63"));
    expect(digest(keys(), "a", "b63")).not.toBe(digest(keys(), "ab", "63"));
  });

  it("digests as HMAC does, texts of any length one after the other", () => {
    const [algorithm, name] = suite === "sm" ? ["sm3", "hsm3"] : ["sha256", "h256"];
    const key = keys().current("digest");
    const secret = Buffer.from(hkdfSync("sha256", key.secret, "", `shanzhi/digest-${algorithm}`, 32));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 700 }), (value) => {
        const expected = createHmac(algorithm as string, secret).update(JSON.stringify(["k", value]));
        expect(digest(keys(), "k", value)).toBe(`${name}.${key.version}.${expected.digest("base64url")}`);
      }),
      { examples: [[""], ["6".repeat(310)], ["6".repeat(311)], ["6".repeat(5_000)], ["张".repeat(300)], ["63"]] },
    );
  });

  it("erases a subject's payloads when the wrapped key is destroyed", () => {
    const mine = newSubjectKey(keys(), "person-1");
    const payload = sealPayload(keys(), mine, "住址", "journal/7");
    expect(unsealPayload(keys(), mine, payload, "journal/7")).toBe("住址");
    const replacement = newSubjectKey(keys(), "person-1");
    expect(() => unsealPayload(keys(), replacement, payload, "journal/7")).toThrow("vault/tampered");
    expect(() => unsealPayload(keys(), { ...mine, subject: "person-2" }, payload, "journal/7")).toThrow(
      "vault/tampered",
    );
  });
});

describe("rotation", () => {
  it("re-seals and re-wraps step by step, and finds values by the old and the new digest meanwhile", () => {
    const keys = openKeys(join(root, "rotating"));
    const sealed = seal(keys, "值", "t");
    const subject = newSubjectKey(keys, "s");
    const payload = sealPayload(keys, subject, "内容", "p");
    const stored = digest(keys, "citizen", "63");
    keys.rotate("seal");
    keys.rotate("digest");
    expect(isStale(keys, sealed)).toBe(true);
    const renewed = reseal(keys, sealed, "t");
    const rewrapped = rewrapSubjectKey(keys, subject);
    expect(isStale(keys, renewed) || isStale(keys, rewrapped.wrapped)).toBe(false);
    expect(digests(keys, "citizen", "63")[0]).toBe(digest(keys, "citizen", "63"));
    expect(digests(keys, "citizen", "63")).toContain(stored);
    keys.retire("seal", 1);
    expect(unseal(keys, renewed, "t")).toBe("值");
    expect(unsealPayload(keys, rewrapped, payload, "p")).toBe("内容");
  });

  it("reads what the other suite wrote after the suite was changed", () => {
    const before = openKeys(join(root, "changing"));
    const sealed = seal(before, "值", "t");
    const stored = digest(before, "k", "v");
    const after = openKeys(join(root, "changing"), { suite: "sm" });
    expect(unseal(after, sealed, "t")).toBe("值");
    expect(isStale(after, sealed)).toBe(true);
    expect(reseal(after, sealed, "t")).toMatch(/^sm\.1\./);
    expect(digests(after, "k", "v")).toContain(stored);
  });
});

describe("canonical JSON", () => {
  it("does not depend on the order of members and survives a round through JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(canonical(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonical({ b: 1, a: [true, null, -0], 𬭎: "é\n", z: undefined })).toBe(
      '{"a":[true,null,0],"b":1,"𬭎":"é\\n"}',
    );
  });

  it.each([[Number.NaN], [1n], [new Date(0)], [new Map()], [undefined], [() => 1]])("refuses %s", (value) => {
    expect(() => canonical({ value: [value] })).toThrow(TypeError);
  });
});
