import { describe, expect, it } from "vitest";
import { counterAt, newRecoveryCodes, newTotpSecret, spendRecoveryCode, totpAt, totpUri, verifyTotp } from "./totp.ts";

const seeds = {
  sha1: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  sha256: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZA",
  sha512: `${"GEZDGNBVGY3TQOJQ".repeat(6)}GEZDGNA`,
} as const;

describe("one-time codes", () => {
  it.each([
    [59, "94287082", "46119246", "90693936"],
    [1111111109, "07081804", "68084774", "25091201"],
    [1111111111, "14050471", "67062674", "99943326"],
    [1234567890, "89005924", "91819424", "93441116"],
    [2000000000, "69279037", "90698825", "38618901"],
    [20000000000, "65353130", "77737706", "47863826"],
  ])("agree with RFC 6238 appendix B at %d s", (seconds, sha1, sha256, sha512) => {
    const counter = counterAt(new Date(seconds * 1000));
    expect(totpAt(seeds.sha1, counter, { algorithm: "sha1", digits: 8 })).toBe(sha1);
    expect(totpAt(seeds.sha256, counter, { algorithm: "sha256", digits: 8 })).toBe(sha256);
    expect(totpAt(seeds.sha512, counter, { algorithm: "sha512", digits: 8 })).toBe(sha512);
  });

  it("accepts one step of drift either way, and nothing further", () => {
    const now = new Date("2026-11-21T04:00:10Z");
    const secret = newTotpSecret();
    const current = counterAt(now);
    for (const drift of [-1, 0, 1]) {
      expect(verifyTotp(secret, totpAt(secret, current + drift), now, undefined)).toBe(current + drift);
    }
    const near = new Set([-1, 0, 1].map((drift) => totpAt(secret, current + drift)));
    for (const drift of [-3, -2, 2, 3]) {
      const code = totpAt(secret, current + drift);
      if (!near.has(code)) expect(verifyTotp(secret, code, now, undefined)).toBeUndefined();
    }
  });

  it("refuses a code used before, even within its thirty seconds, and older ones", () => {
    const now = new Date("2026-11-21T04:00:10Z");
    const code = totpAt(seeds.sha1, counterAt(now));
    const used = verifyTotp(seeds.sha1, code, now, undefined);
    expect(used).toBe(counterAt(now));
    expect(verifyTotp(seeds.sha1, code, now, used)).toBeUndefined();
    expect(verifyTotp(seeds.sha1, totpAt(seeds.sha1, counterAt(now) - 1), now, used)).toBeUndefined();
    expect(verifyTotp(seeds.sha1, totpAt(seeds.sha1, counterAt(now) + 1), now, used)).toBe(counterAt(now) + 1);
  });

  it("understands full-width digits and spaces, and refuses anything that is not six digits", () => {
    const now = new Date(59_000);
    expect(verifyTotp(seeds.sha1, "２８７ ０８２", now, undefined)).toBe(1);
    for (const code of ["", "28708", "2870822", "28708a", "-87082"]) {
      expect(verifyTotp(seeds.sha1, code, now, undefined)).toBeUndefined();
    }
  });

  it("makes secrets of 160 bits and an address apps can read", () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(totpUri(secret, "西宁.登记员", "善治"));
    expect(uri.searchParams.get("secret")).toBe(secret);
    expect(decodeURIComponent(uri.pathname)).toContain("善治:西宁.登记员");
    expect(() => totpAt("not base32!", 1)).toThrow(RangeError);
  });
});

describe("recovery codes", () => {
  it("work once each, however they are typed, and are kept only as hashes", () => {
    const { codes, hashes } = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    expect(codes[0]).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    for (const code of codes) expect(hashes.join()).not.toContain(code);
    const typed = (codes[3] as string).toLowerCase().replaceAll("-", " ");
    const rest = spendRecoveryCode(typed, hashes);
    expect(rest).toHaveLength(9);
    expect(spendRecoveryCode(typed, rest as string[])).toBeUndefined();
    expect(spendRecoveryCode("AAAA-AAAA-AAAA-AAAA", hashes)).toBeUndefined();
    expect(spendRecoveryCode("", hashes)).toBeUndefined();
  });
});
