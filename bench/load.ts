import { connect, type Socket } from "node:net";

/** One request of a load: its answer must be 2xx. */
export interface Shot {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the load process is told: how many clients, for how long, and what they ask for. */
export interface LoadTask {
  readonly port: number;
  readonly clients: number;
  readonly seconds: number;
  readonly shots: readonly Shot[];
  /** Each shot at most once (commands), else round and round (questions). */
  readonly once: boolean;
}

/** What a load found. Latencies in milliseconds. */
export interface LoadResult {
  readonly count: number;
  readonly rate: number;
  readonly bad: number;
  readonly badSample: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const END = Buffer.from("\r\n\r\n");

function bytesOf({ method, path, headers, body }: Shot): Buffer {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  if (body !== undefined) lines.push("content-type: application/json", `content-length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body ?? ""}`);
}

/** One answer out of the bytes of a kept connection, or undefined while it is not whole. */
function takeAnswer(data: Buffer): { status: number; length: number; bodyAt: number } | undefined {
  const end = data.indexOf(END);
  if (end < 0) return undefined;
  const head = data.toString("latin1", 0, end);
  const bodyAt = end + 4;
  const known = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (!known) throw new Error(`an answer without length: ${head.slice(0, 200)}`);
  const length = bodyAt + Number(known[1]);
  return data.length >= length ? { status: Number(head.slice(9, 12)), length, bodyAt } : undefined;
}

/** Asks over kept connections, each client one question at a time, until the time is over (负载). Only 127.0.0.1. */
async function run(task: LoadTask): Promise<LoadResult> {
  const wire = task.shots.map(bytesOf);
  const took: number[] = [];
  let next = 0;
  let bad = 0;
  let badSample = "";
  const began = performance.now();
  const until = began + task.seconds * 1_000;
  const client = () =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect({ port: task.port, host: "127.0.0.1", noDelay: true });
      let sent = 0;
      let data: Buffer = Buffer.alloc(0);
      const ask = () => {
        if (performance.now() >= until || (task.once && next >= wire.length)) {
          socket.end();
          resolve();
          return;
        }
        const shot = wire[next++ % wire.length] as Buffer;
        sent = performance.now();
        socket.write(shot);
      };
      socket.once("connect", ask);
      socket.once("error", reject);
      socket.once("close", () => resolve());
      socket.on("data", (chunk: Buffer) => {
        data = data.length === 0 ? chunk : Buffer.concat([data, chunk]);
        const answer = takeAnswer(data);
        if (!answer) return;
        took.push(performance.now() - sent);
        if (answer.status < 200 || answer.status > 299) {
          bad += 1;
          badSample ||= `${answer.status} ${data.toString("utf8", answer.bodyAt, Math.min(answer.length, answer.bodyAt + 400))}`;
        }
        data = data.subarray(answer.length);
        ask();
      });
    });
  await Promise.all(Array.from({ length: task.clients }, client));
  const seconds = (performance.now() - began) / 1_000;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return {
    count: took.length,
    rate: took.length / seconds,
    bad,
    badSample,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: took.at(-1) ?? 0,
  };
}

process.on("message", (task: LoadTask) => {
  run(task).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.stack ?? error.message }),
  );
});
