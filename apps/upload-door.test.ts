import { existsSync, readdirSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAccount, grantRole } from "../kernel/auth/auth.contract.ts";
import { makeServer } from "../kernel/http/server.ts";
import { type TestHouse, testHouse } from "../kernel/testing/house.ts";
import { modules } from "./modules.ts";

const password = "Wangchun-2026-lu";
const folder = join(tmpdir(), "shanzhi-upload");
let house: TestHouse;
let server: FastifyInstance;

beforeAll(async () => {
  house = await testHouse(modules);
  server = await makeServer(house.open, { secureCookies: false });
  await server.listen({ port: 0, host: "127.0.0.1" });
}, 120_000);
afterAll(async () => {
  await server.close();
  await house.close();
});

async function cookieOf(role: "registrar" | "auditor"): Promise<string> {
  const administrator = house.as("administrator", "630102");
  const login = `door.${role}`;
  const { id } = await administrator.call(createAccount, { login, displayName: "样本", password });
  await administrator.call(grantRole, { accountId: id, role, division: "630102" });
  await house.sql("update account set must_change_password = false where id = $1", [id]);
  const answer = await server.inject({
    method: "POST",
    url: "/api/auth/sign-in",
    payload: { account: login, password },
  });
  return String(answer.headers["set-cookie"]).split(";")[0] as string;
}

const mine = () => (existsSync(folder) ? readdirSync(folder) : []);

/** Sends the head of an upload and the first part of its file, and no more until an answer came or the time is over. */
function beginUpload(
  cookie: string,
): Promise<{ status: number; code: string; files: string[] } | "waits for the rest"> {
  const before = new Set(mine());
  const boundary = "----half";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n`;
  return new Promise((resolve, reject) => {
    const sent = request({
      host: "127.0.0.1",
      port: (server.server.address() as AddressInfo).port,
      path: "/api/sheet/stage",
      method: "POST",
      headers: { cookie, "content-type": `multipart/form-data; boundary=${boundary}`, "content-length": 5_000_000 },
    });
    const files = () => mine().filter((name) => !before.has(name));
    const patience = setTimeout(() => {
      resolve("waits for the rest");
      sent.destroy();
    }, 3_000);
    sent.on("error", (error) => ((error as { code?: string }).code === "ECONNRESET" ? undefined : reject(error)));
    sent.on("response", async (answer) => {
      clearTimeout(patience);
      let text = "";
      for await (const chunk of answer) text += String(chunk);
      resolve({ status: answer.statusCode ?? 0, code: JSON.parse(text).code, files: files() });
      sent.destroy();
    });
    sent.write(head + "名称\r\n".repeat(1_000));
  });
}

it("a file of somebody without the role is refused before it is read, and never touches the disk", async () => {
  const cookie = await cookieOf("auditor");
  expect(await beginUpload(cookie)).toEqual({ status: 403, code: "auth/not-your-role", files: [] });
  expect(await house.sql("select operation from journal_entry where refused and code = 'auth/not-your-role'")).toEqual([
    { operation: "sheet.stage" },
  ]);
});

it("a file of nobody is refused before it is read", async () => {
  expect(await beginUpload("")).toEqual({ status: 401, code: "auth/sign-in-first", files: [] });
  expect(await beginUpload("shanzhi=invented")).toEqual({ status: 401, code: "auth/session-expired", files: [] });
});

it("a file of somebody with the role is taken in to the end", async () => {
  expect(await beginUpload(await cookieOf("registrar"))).toBe("waits for the rest");
});
