import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { Transform } from "node:stream";

const MAGIC = "SHANZHI-BACKUP-1\n";
const FRAME = 1 << 20;

/** The file is no backup, was cut short, or the passphrase is another one. */
export class BackupUnreadable extends Error {}

const keyFrom = (passphrase: string, salt: Buffer) =>
  scryptSync(passphrase.normalize("NFKC"), salt, 32, { N: 1 << 15, r: 8, p: 1, maxmem: 128 << 20 });

function nonce(counter: number, last: boolean): Buffer {
  const out = Buffer.alloc(12);
  out.writeUInt32BE(counter, 4);
  out[11] = last ? 1 : 0;
  return out;
}

/**
 * Seals a stream under a passphrase (备份加密): frames of 1 MiB, AES-256-GCM each, numbered, the last one marked, so that
 * neither a frame nor the end can be lost unnoticed.
 */
export function sealStream(passphrase: string): Transform {
  const salt = randomBytes(16);
  const key = keyFrom(passphrase, salt);
  let pending: Buffer[] = [];
  let size = 0;
  let counter = 0;
  let begun = false;
  const frame = (self: Transform, bytes: Buffer, last: boolean) => {
    if (!begun) {
      self.push(MAGIC);
      self.push(salt);
      begun = true;
    }
    const cipher = createCipheriv("aes-256-gcm", key, nonce(counter++, last));
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(sealed.length, 0);
    head[4] = last ? 1 : 0;
    self.push(head);
    self.push(sealed);
  };
  return new Transform({
    transform(chunk: Buffer, _, done) {
      pending.push(chunk);
      size += chunk.length;
      if (size >= FRAME) {
        frame(this, Buffer.concat(pending), false);
        pending = [];
        size = 0;
      }
      done();
    },
    flush(done) {
      frame(this, Buffer.concat(pending), true);
      done();
    },
  });
}

/** Opens a sealed stream. Errors: BackupUnreadable for another format, another passphrase, or a missing end. */
export function openStream(passphrase: string): Transform {
  let buffer = Buffer.alloc(0);
  let key: Buffer | undefined;
  let counter = 0;
  let ended = false;
  const step = (self: Transform): boolean => {
    if (!key) {
      if (buffer.length < MAGIC.length + 16) return false;
      if (buffer.subarray(0, MAGIC.length).toString() !== MAGIC)
        throw new BackupUnreadable("not a backup of this system");
      key = keyFrom(passphrase, buffer.subarray(MAGIC.length, MAGIC.length + 16));
      buffer = buffer.subarray(MAGIC.length + 16);
      return true;
    }
    if (buffer.length < 5) return false;
    const length = buffer.readUInt32BE(0);
    if (length < 16 || length > FRAME * 3) throw new BackupUnreadable("the backup is damaged");
    if (buffer.length < 5 + length) return false;
    const last = buffer[4] === 1;
    const sealed = buffer.subarray(5, 5 + length);
    buffer = buffer.subarray(5 + length);
    const decipher = createDecipheriv("aes-256-gcm", key, nonce(counter++, last));
    decipher.setAuthTag(sealed.subarray(-16));
    try {
      self.push(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]));
    } catch {
      throw new BackupUnreadable("wrong passphrase, or the backup is damaged");
    }
    ended = last;
    return true;
  };
  return new Transform({
    transform(chunk: Buffer, _, done) {
      try {
        buffer = Buffer.concat([buffer, chunk]);
        while (step(this));
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      done(ended && buffer.length === 0 ? null : new BackupUnreadable("the backup was cut short"));
    },
  });
}
