import { createCipheriv, createHash, getCiphers } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { sm2 } from "sm-crypto-v2";
import { describe, expect, it } from "vitest";
import { generateKeyPair, signBytes, verifyBytes } from "./signature.ts";

const folder = new URL("../../../shared/data/sm-vectors/", import.meta.url);
const present = existsSync(folder);
if (!present) console.log("sm-vectors: skipped: no shared data");

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), "utf8")) as T;
}

interface Sm4Vector {
  readonly mode: string;
  readonly key: string;
  readonly iv?: string;
  readonly plaintext: string;
  readonly ciphertext: string;
}

describe.skipIf(!present)("published SM vectors", () => {
  it("SM3 digests agree with every vector", () => {
    const vectors = read<{ message_utf8: string; digest: string }[]>("sm3.json");
    expect(vectors.length).toBeGreaterThan(0);
    for (const vector of vectors) {
      expect(createHash("sm3").update(vector.message_utf8).digest("hex")).toBe(vector.digest);
    }
  });

  it("SM4 agrees with every vector of a mode this platform has, CBC among them", () => {
    const replayed: string[] = [];
    for (const vector of read<Sm4Vector[]>("sm4.json")) {
      const name = `sm4-${vector.mode.toLowerCase()}`;
      if (!getCiphers().includes(name)) continue;
      const iv = vector.iv === undefined ? null : Buffer.from(vector.iv, "hex");
      const cipher = createCipheriv(name, Buffer.from(vector.key, "hex"), iv).setAutoPadding(false);
      expect(cipher.update(vector.plaintext, "hex", "hex") + cipher.final("hex")).toBe(vector.ciphertext);
      replayed.push(vector.mode);
    }
    expect(replayed).toContain("ECB");
    expect(replayed).toContain("CBC");
  });

  it("SM2: the standard's signature is accepted, and refused over another message", () => {
    const { sign } = read<{ sign: { public_key: string; message_utf8: string; r: string; s: string } }>("sm2.json");
    const key = { suite: "sm2" as const, publicKey: Buffer.from(sign.public_key, "hex").toString("base64url") };
    const signature = Buffer.from(sign.r + sign.s, "hex").toString("base64url");
    expect(verifyBytes(key, Buffer.from(sign.message_utf8), signature)).toBe(true);
    expect(verifyBytes(key, Buffer.from(`${sign.message_utf8}.`), signature)).toBe(false);
  });

  it("SM2: the standard's ciphertext opens", () => {
    const { encrypt } = read<{
      encrypt: { private_key: string; message_utf8: string; c1: string; c3: string; c2: string };
    }>("sm2.json");
    expect(sm2.doDecrypt(encrypt.c1 + encrypt.c3 + encrypt.c2, encrypt.private_key, 1)).toBe(encrypt.message_utf8);
  });
});

describe("signatures", () => {
  it.each([
    "ed25519",
    "sm2",
  ] as const)("%s: signs, verifies, and refuses altered bytes, keys and spellings", (suite) => {
    const pair = generateKeyPair(suite);
    const message = Buffer.from("块摘要");
    const signature = signBytes(pair, message);
    expect(verifyBytes(pair, message, signature)).toBe(true);
    expect(verifyBytes(generateKeyPair(suite), message, signature)).toBe(false);
    expect(verifyBytes(pair, Buffer.from("块摘耍"), signature)).toBe(false);
    expect(verifyBytes(pair, message, `${signature}=`)).toBe(false);
    expect(verifyBytes({ suite, publicKey: "AAAA" }, message, signature)).toBe(false);
    const altered = Buffer.from(signature, "base64url");
    altered[40] = (altered[40] as number) ^ 1;
    expect(verifyBytes(pair, message, altered.toString("base64url"))).toBe(false);
  });
});
