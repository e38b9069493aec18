import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccount, grantRole, setAccountState } from "../kernel/auth/auth.contract.ts";
import { makeServer } from "../kernel/http/server.ts";
import { renewalText } from "../kernel/sync/session.handlers.ts";
import { wipeDevice } from "../kernel/sync/sync.contract.ts";
import { Phone } from "../kernel/sync/testing/phone.ts";
import { type TestHouse, testHouse } from "../kernel/testing/house.ts";
import { modules } from "./modules.ts";

const password = "Wangchun-2026-lu";
const start = Date.parse("2026-06-01T09:00:00+08:00");
const DAY = 86_400_000;
let house: TestHouse;
let server: FastifyInstance;
let made = 0;

beforeAll(async () => {
  house = await testHouse(modules);
  server = await makeServer(house.open, { secureCookies: false });
}, 120_000);
afterAll(async () => {
  await server.close();
  await house.close();
});

const later = (days: number) => house.clock.set(new Date(start + days * DAY).toISOString());

/** A phone over HTTP: its cookie, its bound secret, its key. */
async function boundPhone() {
  later(0);
  made += 1;
  const login = `worker.${made}`;
  const administrator = house.as("administrator", "630102");
  const { id } = await administrator.call(createAccount, { login, displayName: "样村干", password });
  const given = { accountId: id, role: "worker" as const, division: "630102100001" };
  const { id: grantId } = await administrator.call(grantRole, given);
  await house.sql("update account set must_change_password = false where id = $1", [id]);
  const phone = new Phone(() => house.clock.now);
  let cookie = "";
  const post = async (path: string, payload: object) => {
    const answer = await server.inject({ method: "POST", url: `/api/${path}`, headers: { cookie }, payload });
    const set = answer.headers["set-cookie"];
    if (set) cookie = String(set).split(";")[0] as string;
    return { status: answer.statusCode, ...(answer.json() as { code?: string; secret?: string; session?: string }) };
  };
  const signIn = (with_ = password) => post("auth/sign-in", { account: login, password: with_ });
  const register = () => post("sync/register-device", { id: phone.id, name: "手机", publicKey: phone.publicKey });
  const pull = () => post("sync/pull", { device: phone.id, received: 0, sentAt: house.clock.now.toISOString() });
  const challenge = async () => {
    const input = encodeURIComponent(JSON.stringify({ device: phone.id }));
    const answer = await server.inject({ method: "GET", url: `/api/sync/challenge?input=${input}` });
    return (answer.json() as { challenge: string }).challenge;
  };
  expect((await signIn()).status).toBe(200);
  await register();
  const bind = async () => (await post("sync/bind-session", { device: phone.id })).secret ?? "";
  let secret = await bind();
  const renew = async (change: Record<string, unknown> = {}) => {
    const one = (change.challenge as string | undefined) ?? (await challenge());
    const signature = phone.signText(renewalText(phone.id, one));
    return post("sync/renew-session", { device: phone.id, grantId, challenge: one, secret, signature, ...change });
  };
  return {
    phone,
    account: id,
    administrator,
    signIn,
    pull,
    post,
    challenge,
    renew,
    rebind: async () => {
      secret = await bind();
    },
  };
}

describe("a phone's session", () => {
  it("ends after a day and is renewed by the phone itself, for as long as it is heard of within seven days", async () => {
    const { pull, renew, phone } = await boundPhone();
    expect((await pull()).status).toBe(200);
    later(1.1);
    expect(await pull()).toMatchObject({ status: 401, code: "auth/session-expired" });
    const renewed = await renew();
    expect(renewed).toMatchObject({ status: 200 });
    expect(renewed.session).toBeUndefined();
    expect((await pull()).status).toBe(200);
    later(8);
    expect((await renew()).status).toBe(200);
    expect((await pull()).status).toBe(200);
    later(15.1);
    expect(await renew()).toMatchObject({ status: 401, code: "sync/silent-too-long" });
    const [row] = await house.sql<{ n: number }>(
      "select count(*)::int as n from journal_entry where subject_id = $1 and event = 'device.session-renewed'",
      [phone.id],
    );
    expect(row?.n).toBe(2);
  });

  it("is not opened by a challenge twice, by an old one, by another phone's key or secret", async () => {
    const { renew, challenge, phone } = await boundPhone();
    const other = await boundPhone();
    const once = await challenge();
    expect((await renew({ challenge: once })).status).toBe(200);
    const refused = { status: 401, code: "sync/renewal-refused" };
    expect(await renew({ challenge: once })).toMatchObject(refused);
    expect(await renew({ secret: "guess" })).toMatchObject(refused);
    expect(await renew({ challenge: await other.challenge() })).toMatchObject(refused);
    expect(await renew({ challenge: "aes.1.forged" })).toMatchObject(refused);
    const fresh = await challenge();
    const foreign = other.phone.signText(renewalText(phone.id, fresh));
    expect(await renew({ challenge: fresh, signature: foreign })).toMatchObject(refused);
    const stale = await challenge();
    house.clock.set(new Date(start + 3 * 60_000).toISOString());
    expect(await renew({ challenge: stale })).toMatchObject(refused);
    expect((await renew()).status).toBe(200);
  });

  it("ends with a wipe, of which the phone learns although its session is over", async () => {
    const { renew, phone } = await boundPhone();
    later(2);
    await house.as("officer", "630102").call(wipeDevice, { id: phone.id, reason: "手机丢失" });
    expect(await renew()).toMatchObject({ status: 403, code: "sync/device-wiped" });
    const [row] = await house.sql<{ state: string }>("select state from device where id = $1", [phone.id]);
    expect(row?.state).toBe("wiped");
  });

  it("ends with the password, with the account and with the last grant", async () => {
    const one = await boundPhone();
    await one.post("auth/change-password", { current: password, next: "Yangben-2026-shan" });
    expect(await one.renew()).toMatchObject({ status: 401, code: "sync/renewal-refused" });
    await one.signIn("Yangben-2026-shan");
    await one.rebind();
    expect((await one.renew()).status).toBe(200);
    await one.administrator.call(setAccountState, { accountId: one.account, state: "disabled", reason: "离职" });
    expect((await one.renew()).status).toBe(401);
    await one.administrator.call(setAccountState, { accountId: one.account, state: "enabled", reason: "回来" });
    expect(await one.renew()).toMatchObject({ status: 401, code: "sync/renewal-refused" });
    const two = await boundPhone();
    await house.sql("update role_grant set valid_to = '2026-06-02' where account_id = $1", [two.account]);
    later(2);
    expect(await two.renew()).toMatchObject({ status: 403, code: "auth/no-grant" });
  });
});
