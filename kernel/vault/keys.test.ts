import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportEscrow, importEscrow } from "./escrow.ts";
import { VaultFault } from "./fault.ts";
import { isSuccessor, type JournalKey } from "./journal-key.ts";
import { openKeys } from "./keys.ts";
import { seal, unseal } from "./seal.ts";
import { checkSecret } from "./secret.ts";
import { verifyBytes } from "./signature.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "keys-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof VaultFault ? error.code : String(error);
  }
  return "none";
}

describe("the key directory", () => {
  it("makes every key at the first start, readable by the owner only, and finds the same keys at the next", () => {
    const directory = join(root, "keys");
    const first = openKeys(directory);
    expect(readdirSync(directory).sort()).toEqual([
      "complete",
      "digest.v1",
      "journal.v1",
      "seal.v1",
      "session.v1",
      "ticket.v1",
    ]);
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    const second = openKeys(directory);
    expect(second.current("seal").secret).toEqual(first.current("seal").secret);
    expect(second.journalKey()).toEqual(first.journalKey());
  });

  it("completes an interrupted first start without replacing what is there", () => {
    const directory = join(root, "keys");
    const before = openKeys(directory).current("digest").secret;
    for (const name of ["complete", "seal.v1", "journal.v1"]) rmSync(join(directory, name));
    expect(openKeys(directory).current("digest").secret).toEqual(before);
  });

  it("stops when a key of a finished directory is missing, instead of making a new one", () => {
    openKeys(root.concat("/k"));
    rmSync(join(root, "k", "seal.v1"));
    expect(codeOf(() => openKeys(join(root, "k")))).toBe("vault/keys-missing");
  });

  it("stops when others may read a key file, and when one is cut short", () => {
    const directory = join(root, "keys");
    openKeys(directory);
    chmodSync(join(directory, "seal.v1"), 0o644);
    expect(codeOf(() => openKeys(directory))).toBe("vault/keys-exposed");
    chmodSync(join(directory, "seal.v1"), 0o600);
    writeFileSync(join(directory, "seal.v1"), '{"createdAt":"2026');
    expect(codeOf(() => openKeys(directory))).toBe("vault/keys-damaged");
  });

  it.each([
    ["empty", Buffer.alloc(0)],
    ["zeros", Buffer.alloc(32)],
    ["short", Buffer.from("0102030405060708090a0b0c0d0e0f10", "hex")],
    ["readable default", Buffer.from("change-me-please-this-is-default!!")],
    ["counting", Buffer.from(Array.from({ length: 32 }, (_, index) => index))],
    ["standard's test key", Buffer.from("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8", "hex")],
  ])("refuses a %s secret", (_name, secret) => {
    expect(codeOf(() => checkSecret("session.v1", secret))).toBe("vault/secret-weak");
    const directory = join(root, "keys");
    openKeys(directory);
    const content = { createdAt: "2026-01-01T00:00:00.000Z", secret: secret.toString("base64url") };
    writeFileSync(join(directory, "session.v1"), JSON.stringify(content));
    expect(codeOf(() => openKeys(directory))).toBe("vault/secret-weak");
  });

  it("rotates data keys: old values stay readable until the old version is retired", () => {
    const keys = openKeys(join(root, "keys"));
    const old = seal(keys, "旧", "t");
    expect(keys.rotate("seal")).toBe(2);
    expect(keys.versions("seal")).toEqual([1, 2]);
    expect(seal(keys, "新", "t")).toMatch(/^aes\.2\./);
    expect(unseal(openKeys(join(root, "keys")), old, "t")).toBe("旧");
    expect(codeOf(() => keys.retire("seal", 2))).toBe("vault/key-unknown");
    keys.retire("seal", 1);
    expect(codeOf(() => unseal(keys, old, "t"))).toBe("vault/key-unknown");
  });

  it("links a rotated journal key to its predecessor in both directions, across suites", () => {
    const directory = join(root, "keys");
    openKeys(directory).rotate("journal");
    const keys = openKeys(directory, { suite: "sm" });
    keys.rotate("journal");
    const [first, second, third] = keys.journalHistory() as [JournalKey, JournalKey, JournalKey];
    expect([first.suite, second.suite, third.suite]).toEqual(["ed25519", "ed25519", "sm2"]);
    expect(isSuccessor(second, first) && isSuccessor(third, second)).toBe(true);
    expect(isSuccessor(third, first)).toBe(false);
    expect(isSuccessor({ ...second, createdAt: "2020-01-01T00:00:00.000Z" }, first)).toBe(false);
    expect(verifyBytes(third, Buffer.from("x"), keys.signJournal(Buffer.from("x")))).toBe(true);
    expect(verifyBytes(third, Buffer.from("y"), keys.signJournal(Buffer.from("x")))).toBe(false);
  });

  it("never shows a secret when printed or put into JSON", () => {
    const keys = openKeys(join(root, "keys"));
    const secret = keys.current("seal").secret.toString("base64url");
    for (const text of [inspect(keys, { depth: 9 }), JSON.stringify({ keys }), `${keys}`]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain("secret");
    }
  });
});

describe("the escrow", () => {
  const passphrase = "青稞-晨光-七月-登记-山";

  it("brings every key back into an empty directory, and refuses one that holds keys", () => {
    const keys = openKeys(join(root, "a"));
    keys.rotate("seal");
    keys.rotate("journal");
    const sealed = seal(keys, "内容", "t");
    const text = exportEscrow(keys, passphrase);
    expect(text).not.toContain(JSON.parse(readFileSync(join(root, "a", "seal.v1"), "utf8")).secret);
    const back = importEscrow(join(root, "b"), text, passphrase);
    expect(unseal(back, sealed, "t")).toBe("内容");
    expect(back.journalHistory()).toEqual(keys.journalHistory());
    expect(codeOf(() => importEscrow(join(root, "b"), text, passphrase))).toBe("vault/keys-present");
  });

  it("refuses a weak or wrong passphrase and an altered text", () => {
    const keys = openKeys(join(root, "a"));
    for (const weak of ["", "short", "password123456", "aaaaaaaaaaaaaaaa"]) {
      expect(codeOf(() => exportEscrow(keys, weak))).toBe("vault/passphrase-weak");
    }
    const text = exportEscrow(keys, passphrase);
    expect(codeOf(() => importEscrow(join(root, "b"), text, `${passphrase}x`))).toBe("vault/escrow-unreadable");
    const altered = text.replace('"p":1', '"p":2');
    expect(codeOf(() => importEscrow(join(root, "b"), altered, passphrase))).toBe("vault/escrow-unreadable");
    expect(codeOf(() => importEscrow(join(root, "b"), "{}", passphrase))).toBe("vault/escrow-unreadable");
  });
});
