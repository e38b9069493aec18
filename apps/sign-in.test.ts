import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccount, grantRole, revokeGrant, setAccountState } from "../kernel/auth/auth.contract.ts";
import { makeServer } from "../kernel/http/server.ts";
import { Refusal } from "../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../kernel/testing/house.ts";
import { recordExisting, recordUnit } from "../modules/organisations/organisations.contract.ts";
import { modules } from "./modules.ts";

const password = "Wangchun-2026-lu";
let house: TestHouse;
let server: FastifyInstance;

beforeAll(async () => {
  house = await testHouse(modules);
  server = await makeServer(house.open, { secureCookies: false });
});
afterAll(async () => {
  await server.close();
  await house.close();
});

const administrator = () => house.as("administrator", "630102");

async function newClerk(login: string): Promise<{ id: string; grantId: string }> {
  const { id } = await administrator().call(createAccount, { login, displayName: "样本", password });
  const grant = await administrator().call(grantRole, { accountId: id, role: "registrar", division: "630102" });
  await house.sql("update account set must_change_password = false where id = $1", [id]);
  return { id, grantId: grant.id };
}

async function signIn(login: string, given = password) {
  return server.inject({ method: "POST", url: "/api/auth/sign-in", payload: { account: login, password: given } });
}

async function cookieOf(login: string): Promise<string> {
  const answer = await signIn(login);
  expect(answer.statusCode, answer.body).toBe(200);
  return String(answer.headers["set-cookie"]).split(";")[0] as string;
}

const ask = (cookie: string, url = "/api/organisations/list") =>
  server.inject({ method: "GET", url, headers: { cookie } });

describe("who may ask is decided anew with every request", () => {
  it("a revoked grant ends with the next request, although the session was just used", async () => {
    const { grantId } = await newClerk("clerk.revoked");
    const cookie = await cookieOf("clerk.revoked");
    expect((await ask(cookie)).statusCode).toBe(200);
    await administrator().call(revokeGrant, { grantId, reason: "调离" });
    expect((await ask(cookie)).statusCode).toBe(403);
  });

  it("a key of idempotency at the sign-in is passed over: each answer is a session of its own", async () => {
    await newClerk("clerk.keyed");
    const come = async () => {
      const answer = await server.inject({
        method: "POST",
        url: "/api/auth/sign-in",
        headers: { "idempotency-key": "twice-the-same" },
        payload: { account: "clerk.keyed", password },
      });
      expect(answer.statusCode, answer.body).toBe(200);
      return String(answer.headers["set-cookie"]).split(";")[0] as string;
    };
    const [first, second] = [await come(), await come()];
    expect(first).not.toBe(second);
    expect((await ask(second)).statusCode).toBe(200);
  });

  it("a disabled account is out at once and does not come in again", async () => {
    const { id } = await newClerk("clerk.disabled");
    const cookie = await cookieOf("clerk.disabled");
    expect((await ask(cookie)).statusCode).toBe(200);
    await administrator().call(setAccountState, { accountId: id, state: "disabled", reason: "离职" });
    expect((await ask(cookie)).statusCode).toBe(401);
    expect((await signIn("clerk.disabled")).statusCode).toBe(403);
  });

  it("signing out ends the session everywhere it is used", async () => {
    await newClerk("clerk.leaving");
    const cookie = await cookieOf("clerk.leaving");
    const out = await server.inject({ method: "POST", url: "/api/auth/sign-out", headers: { cookie }, payload: {} });
    expect(out.statusCode).toBe(200);
    expect((await ask(cookie)).statusCode).toBe(401);
  });

  it("an invented session is no session", async () =>
    expect((await ask("shanzhi=not-a-session; shanzhi_session=not-a-session")).statusCode).toBe(401));
});

describe("guessing", () => {
  it("wrong passwords lock the account, even for the right one, and say how long", async () => {
    const { id } = await newClerk("clerk.guessed");
    let last = 0;
    for (let tries = 0; tries < 10 && last !== 429; tries++)
      last = (await signIn("clerk.guessed", "not the password")).statusCode;
    expect(last).toBe(429);
    const locked = await signIn("clerk.guessed");
    expect(locked.statusCode).toBe(429);
    expect(locked.json()).toMatchObject({ code: "auth/locked" });
    await administrator().call(setAccountState, { accountId: id, state: "unlocked", reason: "本人核实" });
    expect((await signIn("clerk.guessed")).statusCode).toBe(200);
  });

  it("an unknown account is refused with the same words as a wrong password", async () => {
    await newClerk("clerk.known");
    const wrong = (await signIn("clerk.known", "not the password")).json() as { code: string };
    const unknown = (await signIn("nobody.at-all", "not the password")).json() as { code: string };
    expect(unknown.code).toBe(wrong.code);
  });
});

describe("an account that holds no grant", () => {
  it("is nobody's to disable but its own division's", async () => {
    const { id, grantId } = await newClerk("clerk.without");
    await administrator().call(revokeGrant, { grantId, reason: "调离" });
    const sibling = house.as("administrator", "630103");
    await expect(
      sibling.call(setAccountState, { accountId: id, state: "disabled", reason: "无权" }),
    ).rejects.toMatchObject({ status: 403 });
  });
});

describe("an administrator gives what lies in the own division, and nothing else", () => {
  it("no account may be made to stand for an organisation of another register", async () => {
    const { id: organisationId } = await house
      .as("registrar", "630102")
      .call(recordExisting, { name: "城东区听泉助学促进会", kind: "social_group", registeredOn: "2016-05-01" });
    const sibling = house.as("administrator", "630103");
    const { id: accountId } = await sibling.call(createAccount, {
      login: "borrowed.name",
      displayName: "样本",
      password,
    });
    const asked = { accountId, role: "organisation" as const, organisationId };
    for (const organisationHome of ["630102", "630103"])
      await expect(sibling.call(grantRole, { ...asked, organisationHome }), organisationHome).rejects.toBeInstanceOf(
        Refusal,
      );
    expect((await administrator().call(grantRole, { ...asked, organisationHome: "630102" })).id).toBeDefined();
  });

  it("nor for a supervisory unit that another authority keeps", async () => {
    const unit = await house.as("registrar", "630102").call(recordUnit, { name: "城东区样本卫生健康局" });
    const sibling = house.as("administrator", "630103");
    const { id: accountId } = await sibling.call(createAccount, {
      login: "borrowed.unit",
      displayName: "样本",
      password,
    });
    await expect(
      sibling.call(grantRole, { accountId, role: "supervisory-unit", unitId: unit.unitId }),
    ).rejects.toBeInstanceOf(Refusal);
  });
});
