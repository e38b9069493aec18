import { scryptSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hashPassword, MAXIMUM_LENGTH, needsRehash, passwordProblems, verifyPassword } from "./password.ts";

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

describe("password hashes", () => {
  it("opens with the password and nothing else, salted afresh each time", async () => {
    const hash = await hashPassword("晨光里的青稞田9");
    expect(hash).toMatch(/^scrypt\$32768\$8\$1\$/);
    expect(await verifyPassword("晨光里的青稞田9", hash)).toBe(true);
    expect(await verifyPassword("晨光里的青稞田８", hash)).toBe(false);
    expect(await verifyPassword("", hash)).toBe(false);
    expect(await hashPassword("晨光里的青稞田9")).not.toBe(hash);
  });

  it("takes full-width letters typed on a Chinese keyboard for the same password", async () => {
    const hash = await hashPassword("Qingke-2026-tian");
    expect(await verifyPassword("Ｑｉｎｇｋｅ－２０２６－ｔｉａｎ", hash)).toBe(true);
  });

  it("reads hashes of other costs and asks for their renewal", async () => {
    const salt = Buffer.alloc(16, 7);
    const old = scryptSync("an older password", salt, 32, { N: 1024, r: 8, p: 1 });
    const stored = `scrypt$1024$8$1$${salt.toString("base64url")}$${old.toString("base64url")}`;
    expect(await verifyPassword("an older password", stored)).toBe(true);
    expect(needsRehash(stored)).toBe(true);
    expect(needsRehash(await hashPassword("a newer password"))).toBe(false);
  });

  it("fits nothing when the stored hash is unreadable, greedy, or the password is endless", async () => {
    for (const stored of [
      "",
      "scrypt$",
      "scrypt$1048577$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ]) {
      expect(await verifyPassword("x", stored)).toBe(false);
      expect(needsRehash(stored)).toBe(true);
    }
    const hash = await hashPassword("a".repeat(MAXIMUM_LENGTH));
    expect(await verifyPassword("a".repeat(MAXIMUM_LENGTH + 1), hash)).toBe(false);
  });

  it("takes as long for an unknown account as for a wrong password", async () => {
    const hash = await hashPassword("known account's own");
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 9; round += 1) {
      for (const [list, stored] of [
        [known, hash],
        [unknown, undefined],
      ] as const) {
        const start = performance.now();
        await verifyPassword("a wrong password", stored);
        list.push(performance.now() - start);
      }
    }
    const ratio = median(unknown) / median(known);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });
});

describe("new passwords", () => {
  it.each([
    ["Ab3$xyz", "too-short"],
    ["a".repeat(257), "too-long"],
    ["aaaaaaaaaaaa", "repeats"],
    ["abcabcabcabc", "repeats"],
    ["1234567890", "sequence"],
    ["zyxwvutsrqpon", "sequence"],
    ["qwertyuiop12", "sequence"],
    ["13897121234", "digits-only"],
    ["63020319900101", "digits-only"],
    ["Password2026!", "common"],
    ["P@ssw0rd2026", "common"],
    ["admin@123456", "common"],
    ["woaini1314520", "common"],
    ["minzhengju2026", "common"],
    ["1qaz2wsx3edc", "common"],
    ["shanzhi-demo-1", "common"],
  ])("refuses %s as %s", (password, problem) => {
    expect(passwordProblems(password)).toContain(problem);
  });

  it("refuses one that is little more than the account's name", () => {
    expect(passwordProblems("lanzhou.registrar7", "lanzhou.registrar")).toEqual(["contains-account"]);
  });

  it.each([
    "晨光里的青稞田九十九亩",
    "tea-river-lamp-47",
    "Vr9#kQ2m!zXt",
    "mountain password of mine",
    "𬭎㛃䶮喆囍一二三四五",
  ])("accepts %s", (password) => {
    expect(passwordProblems(password, "registrar")).toEqual([]);
  });
});
