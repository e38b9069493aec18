import { createHash, randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDuties } from "../duty/duty.contract.ts";
import type { Upload } from "../operation/context.ts";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { watchPhones } from "./steps.contract.ts";
import { listDevices, pull, push, pushFile, wipeDevice } from "./sync.contract.ts";
import { placesOf, type TestPlace } from "./testing/place.ts";
import { toyModule, visit } from "./testing/toy.ts";

let house: TestHouse;
let place: () => Promise<TestPlace>;

const act = (personId: string, note = "平安") => ({ personId, act: randomUUID(), note });

beforeAll(async () => {
  house = await testHouse([toyModule]);
  house.clock.set("2026-06-10T09:00:00+08:00");
  place = placesOf(house);
});
afterAll(() => house.close());

describe("a phone's clock", () => {
  it.each([
    ["ten hours ahead: corrected and flagged", 600, "2026-06-10T01:00:00.000Z", 600],
    ["a day behind: corrected and flagged", -1440, "2026-06-10T01:00:00.000Z", -1440],
    ["five minutes behind: taken at its word", -5, "2026-06-10T00:55:00.000Z", null],
    ["five minutes ahead: never in the future, and flagged", 5, "2026-06-10T01:00:00.000Z", 5],
  ])("%s", async (_, skew, happened, flagged) => {
    const at = await place();
    const person = await at.person();
    at.phone.skew = skew;
    at.phone.record(visit.id, act(person));
    const answer = await at.worker.call(push, {
      device: at.phone.id,
      sentAt: at.phone.time.toISOString(),
      items: at.phone.outbox,
    });
    expect(answer.driftMinutes).toBe(skew);
    const [one] = await at.visits();
    expect([one?.happened_at.toISOString(), one?.clock_drift]).toEqual([happened, flagged]);
    expect((await at.officer.call(listDevices, {})).devices[0]?.driftMinutes).toBe(skew);
  });
});

describe("a phone that is to be wiped", () => {
  it("is told at its next contact, gets nothing more, and what it still sends is held", async () => {
    const at = await place();
    const person = await at.person();
    await at.phone.pullAll(at.worker);
    at.phone.record(visit.id, act(person));
    await expect(
      house.as("officer", "6301").call(wipeDevice, { id: at.phone.id, reason: "上级" }),
    ).rejects.toMatchObject({ status: 403 });
    await at.officer.call(wipeDevice, { id: at.phone.id, reason: "丢失" });
    const list = async () => (await at.officer.call(listDevices, { only: "wiped" })).devices.map((one) => one.state);
    expect(await list()).toEqual(["wiping"]);
    expect(await at.phone.pushItems(at.worker)).toMatchObject([{ state: "held", code: "sync/device-wiped" }]);
    await at.phone.pullPage(at.worker);
    expect(at.phone.wiped).toBe(true);
    expect(await list()).toEqual(["wiped"]);
    expect(await at.worker.call(pull, { ...at.phone.pullInput(), received: 0 })).toMatchObject({
      wipe: true,
      records: [],
    });
    expect(await house.sql("select 1 from device_record where device_id = $1", [at.phone.id])).toEqual([]);
  });

  it("a silent phone with unsent work becomes a duty, which ends when it is heard of", async () => {
    const at = await place();
    const person = await at.person();
    at.phone.record(visit.id, act(person));
    await at.phone.pullAll(at.worker);
    const open = async () => (await at.officer.call(listDuties, { kind: "sync.silent-phone" })).duties.length;
    house.clock.set("2026-06-16T09:00:00+08:00");
    await house.system.call(watchPhones, {});
    expect(await open()).toBe(0);
    house.clock.set("2026-06-17T09:01:00+08:00");
    await house.system.call(watchPhones, {});
    await house.system.call(watchPhones, {});
    expect(await open()).toBe(1);
    expect((await at.officer.call(listDevices, { only: "silent" })).devices).toMatchObject([
      { state: "silent", unsent: 1 },
    ]);
    await at.phone.pushItems(at.worker);
    await at.phone.pullAll(at.worker);
    await house.system.call(watchPhones, {});
    expect(await open()).toBe(0);
    house.clock.set("2026-06-10T09:00:00+08:00");
  });
});

describe("photos and voice notes", () => {
  const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)]);
  const upload = (body: Buffer, name = "photo.jpg"): Upload => {
    const path = join(house.directory, `${randomUUID()}-${name}`);
    writeFileSync(path, body);
    return { fileName: name, declaredType: "image/jpeg", path, size: body.length, sha256: digest(body) };
  };
  const digest = (body: Buffer) => createHash("sha256").update(body).digest("hex");

  it("are kept once under the phone's own number", async () => {
    const at = await place();
    const id = randomUUID();
    const send = (body: Buffer) =>
      at.worker.call(pushFile, { device: at.phone.id, id, sha256: digest(body) }, { upload: upload(body) });
    await send(jpeg);
    await send(jpeg);
    const rows = await house.sql("select content_type, division_code from file where id = $1", [id]);
    expect(rows).toEqual([{ content_type: "image/jpeg", division_code: at.villages[0] }]);
    await expect(send(Buffer.concat([jpeg, jpeg]))).rejects.toMatchObject({ code: "sync/file-differs" });
  });

  it("are judged by their bytes, their digest and their size", async () => {
    const at = await place();
    const send = (body: Buffer, sha256 = digest(body)) =>
      at.worker.call(pushFile, { device: at.phone.id, id: randomUUID(), sha256 }, { upload: upload(body) });
    await expect(send(Buffer.from("<html>"))).rejects.toMatchObject({ code: "sync/file-kind", status: 415 });
    await expect(send(jpeg, "0".repeat(64))).rejects.toMatchObject({ code: "sync/file-differs", status: 422 });
    await expect(send(Buffer.concat([jpeg, Buffer.alloc(40 * 1024 * 1024)]))).rejects.toMatchObject({
      code: "sync/file-too-large",
      status: 413,
      facts: { limitMegabytes: 5, megabytes: 41 },
    });
    for (const head of ["RIFF....WEBPVP8 ", "OggS............", "....ftypM4A ....", "\u001aE\u00df\u00a3............"])
      await send(Buffer.concat([Buffer.from(head, "latin1"), Buffer.alloc(50)]));
  });
});
