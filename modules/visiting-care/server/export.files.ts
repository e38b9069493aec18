import { createCipheriv, randomBytes, scryptSync } from "node:crypto";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ZipSink } from "../../../kernel/sheet/zip-writer.ts";
import { csvOf, type ExportBody, personFields, visitFields } from "../export.layout.ts";

/** What a batch is, for the head of batch.json. */
export interface ExportHead {
  readonly layout: string;
  readonly batch: string;
  readonly number: number;
  readonly kind: string;
  readonly county: string;
  readonly preparedAt: string;
  readonly digest: string;
}

/** The zip of a batch (报送文件包): persons.csv, visits.csv, batch.json; equal batches give equal bytes. */
export async function exportZip(
  head: ExportHead,
  persons: readonly ExportBody[],
  visits: readonly ExportBody[],
): Promise<Buffer> {
  const out = new PassThrough();
  const whole = buffer(out);
  const zip = new ZipSink(out);
  await zip.add("persons.csv", csvOf(personFields, persons));
  await zip.add("visits.csv", csvOf(visitFields, visits));
  await zip.add(
    "batch.json",
    `${JSON.stringify({ ...head, counts: { persons: persons.length, visits: visits.length }, persons, visits }, null, 1)}\n`,
  );
  await zip.finish();
  out.end();
  return whole;
}

const magic = Buffer.from("SZX1");

/**
 * Seals a file for transport (传输加密): "SZX1", 16 bytes of salt, 12 of nonce, ciphertext, 16 of tag; AES-256-GCM under
 * scrypt(passphrase, salt, N 32768, r 8, p 1). The guide shows how to open it.
 */
export function sealFile(content: Buffer, passphrase: string): Buffer {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const key = scryptSync(passphrase.normalize("NFKC"), salt, 32, { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(magic);
  return Buffer.concat([magic, salt, nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}
