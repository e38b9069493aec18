import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(16 * 256);
let at = pool.length;
let lastMillis = 0;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562): 48 bits of time, a 12-bit counter that keeps ids of one millisecond in order, 62 random bits.
 * A clock set back does not make ids go back: the last time is kept.
 */
export function newId(now = Date.now()): string {
  if (at + 16 > pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  if (now > lastMillis) {
    lastMillis = now;
    counter = (pool[at] as number) & 0x7f;
  } else if (++counter > 0xfff) {
    lastMillis += 1;
    counter = 0;
  }
  const bytes = pool.subarray(at, at + 16);
  at += 16;
  bytes.writeUIntBE(lastMillis, 0, 6);
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
