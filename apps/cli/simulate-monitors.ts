import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";

/** A device as it was registered: its id and the key shown once. */
interface Device {
  readonly id: string;
  readonly key: string;
}

const help = `Sends signed signals of monitoring devices to a running server.

  npm run simulate:monitors -- --device ID --key KEY [--url http://127.0.0.1:3000]
  npm run simulate:monitors -- --devices FILE.json      [{ "id": "…", "key": "…" }, …]

  --rounds N    how often each device is heard (10)      --every SECONDS   between rounds (2)
  --alarm KIND  the last signal is an alarm: fall, no_movement, smoke, gas, water, help_button, other
  --forge       one signal more with a wrong signature, and one sent twice: both must be refused
`;

async function send(
  url: string,
  device: Device,
  body: string,
  key = device.key,
): Promise<{ status: number; code: string }> {
  const signature = createHmac("sha256", Buffer.from(key, "base64url")).update(body, "utf8").digest("hex");
  const answer = await fetch(new URL("/api/visiting-care/receive-signal", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ device: device.id, body, signature }),
  });
  const read = (await answer.json()) as { code?: string };
  return { status: answer.status, code: read.code ?? "ok" };
}

let last = 0;
/** Numbers that never repeat, not even after a restart: milliseconds, raised where two fall together. */
function sequence(): number {
  last = Math.max(last + 1, Date.now());
  return last;
}

const signalOf = (kind: string, extra: Record<string, unknown> = {}) =>
  JSON.stringify({ kind, at: new Date().toISOString(), sequence: sequence(), ...extra });

function devicesOf(values: { device?: string; key?: string; devices?: string }): Device[] {
  if (values.device && values.key) return [{ id: values.device, key: values.key }];
  return values.devices ? (JSON.parse(readFileSync(values.devices, "utf8")) as Device[]) : [];
}

/** Exit 0 when the server took every genuine signal and refused every false one. */
export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      url: { type: "string", default: "http://127.0.0.1:3000" },
      device: { type: "string" },
      key: { type: "string" },
      devices: { type: "string" },
      rounds: { type: "string", default: "10" },
      every: { type: "string", default: "2" },
      alarm: { type: "string" },
      forge: { type: "boolean", default: false },
    },
  });
  const devices = devicesOf(values);
  if (devices.length === 0) {
    process.stderr.write(help);
    return 2;
  }
  let wrong = 0;
  const expect = async (what: string, want: string, answer: Promise<{ status: number; code: string }>) => {
    const { status, code } = await answer;
    if (code !== want) wrong += 1;
    process.stdout.write(`${code === want ? "ok  " : "FAIL"} ${what}: ${status} ${code}\n`);
  };
  const rounds = Number(values.rounds);
  for (let round = 1; round <= rounds; round += 1) {
    for (const device of devices) {
      const isLast = round === rounds;
      const body =
        isLast && values.alarm
          ? signalOf("alarm", { alarm: values.alarm })
          : signalOf(round % 3 === 0 ? "activity" : "heartbeat");
      await expect(`${device.id.slice(-6)} ${body}`, "ok", send(values.url, device, body));
      if (!isLast || !values.forge) continue;
      await expect(
        `${device.id.slice(-6)} sent twice`,
        "visiting-care/signal-repeated",
        send(values.url, device, body),
      );
      const forged = signalOf("heartbeat");
      const other = Buffer.alloc(32, 7).toString("base64url");
      await expect(
        `${device.id.slice(-6)} forged`,
        "visiting-care/signal-forged",
        send(values.url, device, forged, other),
      );
    }
    if (round < rounds) await pause(Number(values.every) * 1_000);
  }
  return wrong === 0 ? 0 : 1;
}
