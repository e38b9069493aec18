import "fake-indexeddb/auto";
import { createHash, createPublicKey, verify } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { canonical } from "../../../../kernel/vault/canonical.ts";
import type { CarePerson } from "../care.ts";
import { openStore, readAll, write } from "./indexed.ts";
import { Phone } from "./phone.ts";

const day = 86_400_000;
const now = Date.parse("2026-11-21T08:00:00+08:00");
const owner = { login: "cun", displayName: "演示村干部", grantId: "g" };
const body = (at: number): CarePerson => ({
  id: `stay-${at}`,
  personId: `person-${at}`,
  home: "630102",
  division: "630102100201",
  divisionName: "团结村",
  name: `吴𬭎${at}`,
  sex: null,
  age: 80,
  categories: ["living_alone"],
  risk: "general",
  modes: ["home"],
  frequency: { per: "month", min: 1 },
  state: "enrolled",
  address: "团结村1社",
  place: null,
  contacts: [],
  phone: "13900000000",
  lastVisits: [],
  dutyDueOn: "2026-11-30",
  dutyPlannedOn: null,
  visitedThisMonth: false,
  findingsOpen: [],
  mine: true,
});
const page = (number: number, from: number, to: number, more = false) => ({
  page: number,
  records: Array.from({ length: to - from }, (_, at) => ({
    type: "care-person",
    id: `person-${from + at}`,
    version: "1",
    body: body(from + at),
  })),
  gone: [] as { type: string; id: string }[],
  more,
});

let name = "";
let made = 0;
beforeEach(() => {
  made += 1;
  name = `phone-${made}`;
});

it("keeps what opens its sessions under the PIN, and destroys it with the lists", async () => {
  const phone = await started();
  await phone.bind("the-secret");
  const store = await openStore(name);
  const raw = async () => JSON.stringify((await readAll<unknown>(store, "meta")).find((one) => one.key === "session"));
  expect(await raw()).toBeDefined();
  expect(await raw()).not.toContain("the-secret");
  phone.lock();
  expect(await phone.renewal("c1")).toBeNull();
  expect(await phone.unlock("402913")).toBe("open");
  const proof = await phone.renewal("c1");
  expect(proof?.secret).toBe("the-secret");
  const key = createPublicKey({ key: Buffer.from(await phone.publicKey(), "base64"), format: "der", type: "spki" });
  const text = Buffer.from(canonical({ challenge: "c1", device: phone.deviceId, purpose: "session" }));
  const signature = Buffer.from(proof?.signature ?? "", "base64");
  expect(verify("sha256", text, { key, dsaEncoding: "ieee-p1363" }, signature)).toBe(true);
  await phone.destroyLists();
  expect(await raw()).toBeUndefined();
});

async function started(): Promise<Phone> {
  const phone = await Phone.start(now, name);
  expect(phone.phase).toBe("new");
  expect(await phone.setUp(owner, "right-password", "402913")).toBe(true);
  await phone.opened?.lists.store(page(1, 0, 3, true), "2026-11", []);
  await phone.opened?.lists.store(page(2, 3, 5), "2026-11", []);
  return phone;
}

const record = (phone: Phone, personId: string) =>
  phone.opened?.outbox.add({
    operation: "visiting-care.record-visit",
    input: { personId, mode: "home", met: "person", note: "屋里暖和" },
    about: { personId, name: "吴𬭎" },
    now,
  });

it("keeps nothing readable in the store, and opens it again with the PIN only", async () => {
  const phone = await started();
  await record(phone, "person-1");
  const store = await openStore(name);
  const seen: string[] = [];
  const bytes = (value: unknown): void => {
    if (value instanceof ArrayBuffer) seen.push(Buffer.from(value).toString("latin1"));
    else if (ArrayBuffer.isView(value)) seen.push(Buffer.from(value.buffer as ArrayBuffer).toString("latin1"));
    else if (typeof value === "string") seen.push(value);
    else if (value && typeof value === "object") for (const one of Object.values(value)) bytes(one);
  };
  for (const table of ["records", "summary", "outbox", "drafts", "files"] as const)
    for (const row of await readAll(store, table)) bytes(row);
  const all = seen.join("\n");
  for (const secret of ["团结村", "13900000000", "屋里暖和", "吴𬭎"])
    expect(all.includes(Buffer.from(secret).toString("latin1")), secret).toBe(false);

  const again = await Phone.start(now, name);
  expect(again.phase).toBe("locked");
  expect(await again.unlock("000001")).toBe("wrong");
  expect(again.opened).toBeNull();
  expect(again.triesLeft).toBe(9);
  expect(await again.unlock("402913")).toBe("open");
  expect(again.triesLeft).toBe(10);
  expect((await again.opened?.lists.person("person-4"))?.name).toBe("吴𬭎4");
  expect(again.opened?.lists.people.size).toBe(5);
  expect(again.opened?.outbox.acts.size).toBe(1);
});

it("signs what the server can check, with a key that cannot be taken out", async () => {
  const phone = await started();
  const kept = await record(phone, "person-1");
  const { signature, about, ...rest } = kept?.act ?? { signature: "", about: null };
  expect(about).not.toBeNull();
  const key = createPublicKey({ key: Buffer.from(await phone.publicKey(), "base64"), format: "der", type: "spki" });
  const text = canonical({ device: phone.deviceId, ...rest });
  const check = (what: string) =>
    verify("sha256", Buffer.from(what), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64"));
  expect(check(text)).toBe(true);
  expect(check(text.replace("屋里", "屋外"))).toBe(false);
  const store = await openStore(name);
  const meta = new Map(
    (await readAll<{ signing: CryptoKeyPair; key: CryptoKey }>(store, "meta")).map((one) => [one.key, one.value]),
  );
  const device = meta.get("device");
  expect(device?.signing.privateKey.extractable).toBe(false);
  expect(device?.key.extractable).toBe(false);
});

it("destroys the lists after ten wrong PINs and gives unsent work back to its owner's password only", async () => {
  const phone = await started();
  await record(phone, "person-1");
  phone.lock();
  for (let at = 0; at < 9; at += 1) expect(await phone.unlock("111112")).toBe("wrong");
  // Breaking off and starting again wins no try.
  const again = await Phone.start(now, name);
  expect(again.triesLeft).toBe(1);
  expect(await again.unlock("111112")).toBe("destroyed");
  expect(again.phase).toBe("rescue");
  expect(await again.sealedUnsent()).toBe(1);
  const store = await openStore(name);
  expect(await readAll(store, "records")).toEqual([]);
  expect(await readAll(store, "summary")).toEqual([]);
  expect(await again.setUp({ ...owner, login: "other" }, "right-password", "402913")).toBe(false);
  expect(await again.setUp(owner, "new-password", "402913")).toBe(false);
  expect(await again.setUp(owner, "new-password", "402913", "right-password")).toBe(true);
  expect([...(again.opened?.outbox.acts.values() ?? [])].map((one) => one.act?.about.personId)).toEqual(["person-1"]);
});

it("forgets the lists without contact even offline, whatever the clock is set to, and keeps unsent work", async () => {
  const phone = await started();
  await record(phone, "person-1");
  await phone.keepSync({ received: 2, forgetAt: now + 7 * day, pulledAt: "x" });
  expect(await phone.forgetWhenDue(now + 6 * day)).toBe(false);
  expect(phone.opened?.lists.people.size).toBe(5);
  // Set back by a month: the latest time ever seen still counts.
  expect(await phone.forgetWhenDue(now - 30 * day)).toBe(false);
  expect(await phone.forgetWhenDue(now + 7 * day)).toBe(true);
  expect(phone.opened?.lists.people.size).toBe(0);
  expect(phone.opened?.outbox.acts.size).toBe(1);
  expect(phone.sync.received).toBe(0);
  expect(await readAll(await openStore(name), "records")).toEqual([]);
});

it("sets a corrupted row aside, tells it, and goes on with the others", async () => {
  const phone = await started();
  const first = await record(phone, "person-1");
  await record(phone, "person-2");
  const store = await openStore(name);
  const [row] = (await readAll<{ act: { iv: Uint8Array; data: ArrayBuffer } }>(store, "outbox")).filter(
    (one) => one.key === first?.key,
  );
  const data = row?.value.act.data.slice(0) as ArrayBuffer;
  new Uint8Array(data)[3] = (new Uint8Array(data)[3] ?? 0) ^ 1;
  await write(store, [
    { table: "outbox", key: first?.key ?? "", value: { ...row?.value, act: { ...row?.value.act, data } } },
  ]);
  const again = await Phone.start(now, name);
  await again.unlock("402913");
  const states = [...(again.opened?.outbox.acts.values() ?? [])].map((one) => one.state).sort();
  expect(states).toEqual(["broken", "waiting"]);
});

it("folds pages, forgets what is gone, begins anew, and makes a damaged summary again", async () => {
  const phone = await started();
  const lists = phone.opened?.lists;
  await lists?.store({ ...page(3, 0, 0), gone: [{ type: "care-person", id: "person-0" }] }, "2026-11", []);
  expect(lists?.people.has("person-0")).toBe(false);
  expect(await lists?.person("person-0")).toBeUndefined();
  const store = await openStore(name);
  expect((await readAll(store, "summary")).map((one) => one.key)).toEqual(["main"]);
  await write(store, [{ table: "summary", key: "main", value: { iv: new Uint8Array(12), data: new ArrayBuffer(40) } }]);
  const again = await Phone.start(now, name);
  await again.unlock("402913");
  expect([...(again.opened?.lists.people.keys() ?? [])].sort()).toEqual([
    "person-1",
    "person-2",
    "person-3",
    "person-4",
  ]);
  await again.opened?.lists.store(page(0, 7, 8), "2026-11", [], true);
  expect([...(again.opened?.lists.people.keys() ?? [])]).toEqual(["person-7"]);
});

it("keeps a draft and its files over a restart, and drops the draft with its act", async () => {
  const phone = await started();
  const outbox = phone.opened?.outbox;
  const bytes = new Uint8Array([1, 2, 3]).buffer;
  const id = (await outbox?.addFile(bytes, "image/jpeg", now)) ?? "";
  void outbox?.keepDraft("visit/person-1", { note: "炕洞冒烟", photoIds: [id] });
  await outbox?.add({
    operation: "visiting-care.record-visit",
    input: { personId: "person-1", mode: "home", met: "person", photoIds: [id] },
    about: { personId: "person-1", name: "吴" },
    files: [id],
    beside: [{ table: "drafts", key: "visit/person-1", value: undefined }],
    now,
  });
  expect(await outbox?.draft("visit/person-1")).toBeUndefined();
  const again = await Phone.start(now, name);
  await again.unlock("402913");
  const file = await again.opened?.outbox.file(id);
  expect(new Uint8Array(file?.bytes ?? new ArrayBuffer(0))).toEqual(new Uint8Array([1, 2, 3]));
  expect(file?.sha256).toBe(
    createHash("sha256")
      .update(new Uint8Array([1, 2, 3]))
      .digest("hex"),
  );
});
