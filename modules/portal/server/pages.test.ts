import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeServer } from "../../../kernel/http/server.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { mountPortal } from "./pages.ts";
import { portalHouse, publishInvented, publishItem } from "./portal.fixture.ts";

const code = "52630100MJ0000001A";
const id = "01930000-0000-7000-8000-000000000001";
const form = (fields: Record<string, string>) => ({
  payload: new URLSearchParams(fields).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
});

describe("the public pages", () => {
  let house: TestHouse;
  let app: FastifyInstance;
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  beforeAll(async () => {
    house = await portalHouse();
    house.clock.set("2026-06-01");
    await publishInvented(house, [
      {
        id,
        name: "西宁市晨光助老服务中心",
        code,
        division: "6301",
        kind: "social_service_institution",
        listing: "abnormal",
        extra: { listedOn: "2026-04-25", fundsFen: 12345000, codeFlag: "check-digit" },
      },
      { name: "=cmd|'/c calc'!A1 <b>协会</b>", code: "51630200MJ0000007G", division: "6302", charity: true },
    ]);
    await publishItem(house, {
      collection: "organisations.announcement",
      key: "a1",
      subject: id,
      division: "6301",
      title: "西宁市晨光助老服务中心",
      body: {
        act: "change",
        code,
        on: "2026-03-31",
        oldName: "西宁市助老站",
        name: "西宁市晨光助老服务中心",
        documentNumber: "西民社〔2026〕1号",
      },
    });
    app = await makeServer(house.open, { secureCookies: false });
    await mountPortal(app, house.open);
  }, 180_000);
  afterAll(async () => {
    await app.close();
    await house.close();
  });

  const paths = [
    "/",
    "/search",
    "/search?q=晨光",
    `/organisations/${code}`,
    "/lists",
    "/lists/abnormal",
    "/lists/serious?division=6301",
    "/verify",
    "/statistics",
    "/statistics?division=6301",
    "/care-rates",
    "/care-rates?division=6301&month=2026-04",
    "/open-data",
    "/open-data/organisations.announcement",
    "/donations",
    "/complaints/new",
    "/complaints/status",
    "/regulations",
    "/about",
  ];
  it.each(paths)("%s is a whole page in both languages, small, without scripts", async (path) => {
    for (const lang of ["zh", "en"]) {
      const reply = await get(`${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
      expect(reply.statusCode).toBe(200);
      expect(reply.headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(reply.headers["content-security-policy"]).toContain("default-src 'none'");
      expect(reply.body).toContain(`<html lang="${lang === "zh" ? "zh-CN" : "en"}"`);
      expect(Buffer.byteLength(reply.body)).toBeLessThan(40 * 1024);
      expect(reply.body).not.toMatch(/<script|\son\w+=|style="|undefined|\[object|NaN/);
    }
  });

  it("remembers language and print in cookies, and keeps the rest of the address when they change", async () => {
    const first = await get("/search?q=晨光&lang=en&print=large");
    expect(first.cookies.map(({ name, value }) => [name, value])).toEqual([
      ["lang", "en"],
      ["print", "large"],
    ]);
    const later = await get("/search?q=晨光", { cookie: "lang=en; print=large" });
    expect(later.body).toContain('<html lang="en" data-print="large">');
    expect(later.body).toContain("/search?q=%E6%99%A8%E5%85%89&amp;lang=zh");
  });

  it("says how an organisation stands, in words, and links what happened", async () => {
    const { body } = await get(`/organisations/${code}`);
    for (const part of [
      "已列入活动异常名录 37 天（2026年4月25日起）",
      "123,450.00 元",
      "校验位不符",
      "由“西宁市助老站”变更为“西宁市晨光助老服务中心”",
      "2026年3月31日",
    ])
      expect(body).toContain(part);
    expect((await get("/organisations/51630102MJ9999999X")).statusCode).toBe(404);
    expect((await get("/organisations/51630102MJ9999999X")).body).toContain("请核对 18 位统一社会信用代码");
  });

  it("answers what is not there in the portal's style, and the interface in its own", async () => {
    const page = await get("/no/such/page");
    expect([page.statusCode, page.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(page.body).toContain("没有这一页");
    const api = await get("/api/no/such");
    expect([api.statusCode, String(api.headers["content-type"]).split(";")[0]]).toEqual([
      404,
      "application/problem+json",
    ]);
    expect((await get("/open-data/nothing.here")).statusCode).toBe(404);
    expect((await get("/statistics?division=110101")).statusCode).toBe(404);
    expect((await get("/statistics?division=abc")).statusCode).toBe(422);
    expect((await get("/search?after=nonsense")).statusCode).toBe(422);
  });

  it("keeps naughty and broken addresses harmless", async () => {
    const nul = await get("/search?q=a%00b");
    expect([nul.statusCode, nul.body.includes("控制字符")]).toEqual([422, true]);
    for (const q of [
      "%3Cscript%3Ealert(1)%3C/script%3E",
      "%F0%9F%92%A9",
      "%ED%A0%80",
      "%u0041",
      "a".repeat(300),
      "1;drop table x",
      "%e2%80%ae",
    ]) {
      const reply = await get(`/search?q=${q}`);
      expect([200, 400, 422]).toContain(reply.statusCode);
      expect(reply.body).not.toContain("<script");
    }
    expect((await get("/search?division=999999999999&kind=x&registeredYear=abcd")).statusCode).toBe(422);
    expect((await get("/search?q=协会")).body).toContain("=cmd|&#x27;/c calc&#x27;!A1 &lt;b&gt;协会&lt;/b&gt;");
  });

  it("verifies by form and by address: what cannot be a code, and what is not known", async () => {
    expect((await get("/verify?code=123")).statusCode).toBe(422);
    expect((await get("/verify/23456789ABC%00")).statusCode).toBe(422);
    const unknown = await get("/verify/222222222222");
    expect([404, 422]).toContain(unknown.statusCode);
    expect(unknown.body).toMatch(/没有查到这个核验码|不像一个核验码/);
  });

  it("takes a complaint once however often the form is sent, and answers its receipt", async () => {
    const page = await get(`/complaints/new?code=${code}`);
    expect(page.body).toContain("关于：西宁市晨光助老服务中心");
    expect(page.headers["cache-control"]).toContain("no-");
    const token = /name="token" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    const fields = { token, text: "发生了<b>一件事</b>", code: "", name: "", contact: "", website: "" };
    const sent = await app.inject({ method: "POST", url: "/complaints", ...form(fields) });
    expect(sent.statusCode).toBe(200);
    const number = /投2026-\d{6}/.exec(sent.body)?.[0] ?? "";
    const receipt = /[2-9A-Z]{4}(-[2-9A-Z]{4}){3}/.exec(sent.body)?.[0] ?? "";
    expect([number, receipt]).not.toContain("");
    const again = await app.inject({ method: "POST", url: "/complaints", ...form(fields) });
    expect(again.body).toContain(number);
    const status = await app.inject({
      method: "POST",
      url: "/complaints/status",
      ...form({ number, receipt: receipt.toLowerCase() }),
    });
    expect([status.statusCode, status.body.includes("已收到，等待受理")]).toEqual([200, true]);
    const wrong = await app.inject({
      method: "POST",
      url: "/complaints/status",
      ...form({ number, receipt: "AAAA-AAAA-AAAA-AAAA" }),
    });
    expect([wrong.statusCode, wrong.body.includes("没有查到这件投诉举报"), wrong.body.includes(number)]).toEqual([
      404,
      true,
      true,
    ]);
  });

  it("keeps what was typed when something is wrong, and names the field", async () => {
    const empty = await app.inject({ method: "POST", url: "/complaints", ...form({ text: " ", name: "我" }) });
    expect([empty.statusCode, empty.body.includes('href="#text"'), empty.body.includes('value="我"')]).toEqual([
      422,
      true,
      true,
    ]);
    const nul = await app.inject({
      method: "POST",
      url: "/complaints",
      ...form({ text: "前\u0000后", contact: "<i>" }),
    });
    expect([
      nul.statusCode,
      nul.body.includes("前后</textarea>"),
      nul.body.includes("&lt;i&gt;"),
      nul.body.includes("控制字符"),
    ]).toEqual([422, true, true, true]);
    const unknown = await app.inject({
      method: "POST",
      url: "/complaints",
      ...form({ text: "文", code: "51630102MJ9999999X", token: "abcdefghijabcdefghij" }),
    });
    expect([
      unknown.statusCode,
      unknown.body.includes('id="code-problem"'),
      unknown.body.includes("文</textarea>"),
    ]).toEqual([404, true, true]);
    const long = await app.inject({ method: "POST", url: "/complaints", ...form({ text: "长".repeat(4_001) }) });
    expect([long.statusCode, long.body.includes("最多 4000 个字")]).toEqual([422, true]);
    const trap = await app.inject({
      method: "POST",
      url: "/complaints",
      ...form({ text: "文", website: "http://spam" }),
    });
    expect(trap.statusCode).toBe(422);
    const count = await house.sql("select count(*)::int as n from complaint where text in ('文', '前后', ' ')");
    expect(count).toEqual([{ n: 0 }]);
  });

  it("refuses a form from another site, and too many", async () => {
    const fields = form({ text: "跨站" });
    const forged = await app.inject({
      method: "POST",
      url: "/complaints",
      payload: fields.payload,
      headers: { ...fields.headers, "sec-fetch-site": "cross-site" },
    });
    expect([forged.statusCode, forged.headers["content-type"]]).toEqual([403, "text/html; charset=utf-8"]);
    const origin = await app.inject({
      method: "POST",
      url: "/complaints",
      payload: fields.payload,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: "https://elsewhere.example",
        host: "localhost",
      },
    });
    expect(origin.statusCode).toBe(403);
    const huge = await app.inject({ method: "POST", url: "/complaints", ...form({ text: "长".repeat(60_000) }) });
    expect(huge.statusCode).toBe(413);
    let last = 0;
    for (let at = 0; at < 25; at++)
      last = (
        await app.inject({ method: "POST", url: "/complaints", ...form({ text: " " }), remoteAddress: "10.1.2.3" })
      ).statusCode;
    expect(last).toBe(429);
    expect(await house.sql("select count(*)::int as n from complaint where text = '跨站'")).toEqual([{ n: 0 }]);
  });

  it("exports as CSV with guarded formulas and text codes, and as JSON", async () => {
    const csv = await get("/api/portal/export?collection=organisations.organisation&format=csv");
    expect(csv.statusCode).toBe(200);
    expect(csv.body.charCodeAt(0)).toBe(0xfeff);
    const lines = csv.body.slice(1).trim().split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain("统一社会信用代码");
    expect(csv.body).toContain("'=cmd|");
    expect(csv.body).toContain("123450.00");
    const json = JSON.parse(
      (await get("/api/portal/export?collection=organisations.organisation&format=json")).body,
    ) as Record<string, unknown>[];
    expect(json).toMatchObject([
      { key: "51630200MJ0000007G", name: "=cmd|'/c calc'!A1 <b>协会</b>" },
      { key: code, fundsFen: 12345000 },
    ]);
    expect((await get("/api/portal/export?collection=x.y")).statusCode).toBe(404);
  });

  it("answers the interface with the data dictionary, and the style sheet with the house's tokens", async () => {
    const { collections } = (await get("/api/portal/open-data")).json() as {
      collections: { id: string; fields: { field: string; name: { zh: string; en: string } }[] }[];
    };
    const register = collections.find((one) => one.id === "organisations.organisation");
    expect(register?.fields.find((one) => one.field === "code")?.name).toEqual({
      zh: "统一社会信用代码",
      en: "Unified social credit code",
    });
    for (const one of collections)
      for (const { field, name } of one.fields)
        expect([one.id, field, /\p{Script=Han}/u.test(name.zh)]).toEqual([one.id, field, true]);
    const css = await get("/portal.css");
    expect(css.body).toContain("--paper: #fbfaf7");
    expect(css.body).toContain("prefers-color-scheme: dark");
    expect((await get("/portal.css", { "if-none-match": String(css.headers.etag) })).statusCode).toBe(304);
    expect((await get("/favicon.svg")).headers["content-type"]).toContain("svg");
  });
});
