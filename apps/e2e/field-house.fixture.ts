import { createHash, createPublicKey, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { canonical } from "../../kernel/vault/canonical.ts";

interface Item {
  readonly key: string;
  readonly operation: string;
  readonly input: {
    readonly personId?: string;
    readonly photoIds?: readonly string[];
    readonly signers?: readonly { readonly signatureId?: string }[];
    readonly [key: string]: unknown;
  };
  readonly happenedAt: string;
  readonly contract: string;
  readonly signature: string;
}

/** What the house beside a phone does, and what went wrong on purpose. */
export interface FieldHouse {
  readonly address: string;
  /** Everything that was written, in the order of arrival; the same key twice would stand here twice. */
  readonly written: Item[];
  readonly files: Map<string, string>;
  readonly troubles: string[];
  /** Answers that will be lost after the work is done. */
  loseAnswers: number;
  wipe: boolean;
  waitSeconds: number | null;
  signedOut: boolean;
  /** Whether a phone may open its next session itself, and how often it did. */
  renewals: boolean;
  renewed: number;
  held: (item: Item) => string | null;
  /** Facts of a reason, as the phone is told them. */
  facts: Record<string, unknown>;
  people: readonly Record<string, unknown>[];
  shipments: readonly Record<string, unknown>[];
  close(): Promise<void>;
}

const kinds: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** The parts of a multipart message: names with their bytes. */
function partsOf(body: Buffer, boundary: string): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = body.subarray(at + mark.length + 2, next - 2);
    const split = part.indexOf("\r\n\r\n");
    const name = /name="([^"]+)"/.exec(part.subarray(0, split).toString())?.[1];
    if (name) found.set(name, part.subarray(split + 4));
    at = next;
  }
  return found;
}

const me = {
  account: "cun",
  displayName: "演示村干部",
  grants: [
    {
      id: "0198a000-0000-7000-8000-00000000000a",
      role: "worker",
      division: "630102100201",
      organisation: null,
      unit: null,
      label: "",
    },
  ],
  current: "0198a000-0000-7000-8000-00000000000a",
  mustChangePassword: false,
  totpEnrolled: false,
  demo: true,
};

/**
 * A house that a test can break at will (可控的对端): serves the built field app and speaks `sync.*` by its contract, checks
 * every signature and every digest, writes a key once. What the real house does with an act is tried elsewhere.
 */
export async function openFieldHouse(people: readonly Record<string, unknown>[]): Promise<FieldHouse> {
  const keys = new Map<string, string>();
  const results = new Map<string, unknown>();
  let page = 0;
  const house: FieldHouse = {
    address: "",
    written: [],
    files: new Map(),
    troubles: [],
    loseAnswers: 0,
    wipe: false,
    waitSeconds: null,
    signedOut: false,
    renewals: true,
    renewed: 0,
    held: () => null,
    facts: {},
    people,
    shipments: [],
    close: async () => {},
  };

  function pushed(device: string, item: Item): unknown {
    const known = results.get(item.key);
    if (known) return known;
    const { signature, ...rest } = item;
    const key = createPublicKey({ key: Buffer.from(keys.get(device) ?? "", "base64"), format: "der", type: "spki" });
    const text = Buffer.from(canonical({ device, ...rest }));
    const good = verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64"));
    if (!good) house.troubles.push(`wrong signature on ${item.operation}`);
    const signatures = (item.input.signers ?? []).flatMap((one) => one.signatureId ?? []);
    for (const id of [...(item.input.photoIds ?? []), ...signatures])
      if (!house.files.has(id)) house.troubles.push(`no file ${id}`);
    const code = good ? house.held(item) : "sync/signature-wrong";
    const state = code === null ? "accepted" : good ? "held" : "rejected";
    house.written.push(item);
    const result = { key: item.key, state, code, facts: house.facts, output: null };
    results.set(item.key, result);
    return result;
  }

  function pulled(input: { received: number; limit?: number }) {
    const limit = input.limit ?? 200;
    const from = input.received * limit;
    const all = [
      ...house.shipments.map((body) => ({ type: "equipment-shipment", id: body.id, version: "1", body })),
      ...house.people.map((body) => ({ type: "care-person", id: body.personId, version: "1", body })),
    ];
    const rest = all.slice(from, from + limit);
    if (rest.length > 0) page = input.received + 1;
    return {
      page: rest.length > 0 ? page : input.received,
      records: house.wipe ? [] : rest,
      gone: [],
      more: from + limit < all.length,
      capped: 0,
      wipe: house.wipe,
      keepUntil: new Date(Date.now() + 7 * 86_400_000).toISOString(),
      waitSeconds: house.waitSeconds,
      ...stamp(),
    };
  }
  const stamp = () => ({ serverTime: new Date().toISOString(), driftMinutes: 0 });

  async function answer(path: string, request: IncomingMessage): Promise<unknown> {
    const body = await bodyOf(request);
    if (path === "sync/challenge") return { challenge: `challenge-${Date.now()}` };
    if (path === "sync/renew-session") {
      const { device, challenge, secret, signature } = JSON.parse(body.toString()) as Record<string, string>;
      const key = createPublicKey({
        key: Buffer.from(keys.get(device ?? "") ?? "", "base64"),
        format: "der",
        type: "spki",
      });
      const text = Buffer.from(canonical({ challenge, device, purpose: "session" }));
      const signed = Buffer.from(signature ?? "", "base64");
      const good =
        house.renewals && secret === "bound" && verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, signed);
      if (!good) return { status: 401, code: "sync/renewal-refused", facts: {} };
      house.signedOut = false;
      house.renewed += 1;
      return {};
    }
    if (path === "auth/sign-in") {
      house.signedOut = false;
      const { password } = JSON.parse(body.toString()) as { password: string };
      return password === "right-password" ? me : { status: 401, code: "auth/wrong-credentials", facts: {} };
    }
    if (house.signedOut) return { status: 401, code: "auth/session-expired", facts: {} };
    if (path === "sync/push-file") {
      const parts = partsOf(body, /boundary=(.+)$/.exec(request.headers["content-type"] ?? "")?.[1] ?? "");
      const file = parts.get("file") ?? Buffer.alloc(0);
      const id = String(parts.get("id"));
      const digest = createHash("sha256").update(file).digest("hex");
      if (digest !== String(parts.get("sha256"))) house.troubles.push(`file ${id} differs`);
      if (file.length > 300 * 1024) house.troubles.push(`file ${id} has ${file.length} bytes`);
      house.files.set(id, digest);
      return { id };
    }
    const input = JSON.parse(body.toString());
    if (path === "sync/register-device") {
      keys.set(input.id, input.publicKey);
      return { id: input.id, keepDays: 7, recordCap: 10_000 };
    }
    if (path === "sync/bind-session") return { secret: "bound" };
    if (path === "sync/pull") return pulled(input);
    if (path === "sync/push")
      return { ...stamp(), wipe: house.wipe, results: (input.items as Item[]).map((one) => pushed(input.device, one)) };
    return { status: 404, code: "operation/no-such-address", facts: {} };
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? "/", "http://x").pathname;
    if (path.startsWith("/api/")) {
      void answer(path.slice(5), request).then((given) => {
        if (path.startsWith("/api/sync/") && house.loseAnswers > 0) {
          house.loseAnswers -= 1;
          return request.socket.destroy();
        }
        const status = (given as { status?: number }).status ?? 200;
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(given));
      });
      return;
    }
    const name = path === "/field/" ? "index.html" : path.replace(/^\/field\//, "");
    const file = join("dist/field", name.replaceAll("..", ""));
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": kinds[extname(file)] ?? "text/plain", "cache-control": "no-cache" });
    response.end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  return Object.assign(house, {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  });
}

const names = [
  "赵德福",
  "钱秀兰",
  "孙桂英",
  "李玉珍",
  "周长顺",
  "吴𬭎",
  "郑淑㛃",
  "王䶮",
  "冯有才",
  "陈守义",
  "褚春梅",
  "卫兰香",
];
const villages = ["团结村", "新庄村", "大寺沟村", "东村"];

/** Invented people of some villages, as the feed of care would send them. */
export function inventedPeople(count: number, today: string): Record<string, unknown>[] {
  const id = (kind: number, at: number) => `0198a${kind}00-0000-7000-8000-${String(at).padStart(12, "0")}`;
  const day = (away: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) + away * 86_400_000).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, at) => ({
    id: id(1, at),
    personId: id(2, at),
    home: "630102",
    division: `63010210020${at % villages.length}`,
    divisionName: villages[at % villages.length],
    name: at < names.length ? names[at] : `${names[at % names.length]}${at}`,
    sex: at % 2 ? "female" : "male",
    age: 62 + (at % 35),
    categories: ["living_alone", ...(at % 3 === 0 ? ["disabled_self_care"] : [])],
    risk: at % 7 === 0 ? "high" : "general",
    modes: ["home", "phone"],
    frequency: { per: "month", min: 1 },
    state: "enrolled",
    address: `${villages[at % villages.length]}${1 + (at % 9)}社${1 + at}号，村卫生室往北第三家`,
    place: at % 2 ? { latitude: 36.57 + at / 9_000, longitude: 101.83 + (at % 17) / 900 } : null,
    contacts: [
      { id: id(3, at), kind: "supporter", name: "小赵", relation: "儿子", phone: "13900000001" },
      { id: id(4, at), kind: "neighbour", name: "老钱", relation: "邻居", phone: null },
    ],
    phone: at % 5 === 4 ? null : "13900000000",
    lastVisits: Array.from({ length: 6 }, (_, back) => ({
      id: id(5 + back, at),
      at: `${day(-30 * (back + 1))}T10:05:00+08:00`,
      mode: back % 2 ? "phone" : "home",
      met: "person",
      counts: true,
      worker: "演示村干部",
    })),
    dutyDueOn: day((at % 20) - 4),
    dutyPlannedOn: at % 6 === 0 ? today : day(3),
    visitedThisMonth: at % 11 === 10,
    findingsOpen: at % 4 === 0 ? ["gas"] : [],
    mine: at % 13 !== 12,
  }));
}
