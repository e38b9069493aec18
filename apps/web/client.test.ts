import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { call, configureClient, queryAddress } from "./client.ts";
import { ApiProblem, NoAnswer } from "./problem.ts";

const ask = defineQuery("sample.ask", {
  who: ["registrar"],
  input: z.object({ q: z.string().optional() }),
  output: z.object({ n: z.number() }),
});
const act = defineCommand("sample.act-now", {
  who: ["registrar"],
  input: z.object({ name: z.string() }),
  output: z.object({ id: z.string() }),
});
const signIn = defineCommand("sample.sign-in", {
  who: ["public"],
  door: "auth",
  input: z.object({}),
  output: z.object({}),
});

function answerWith(status: number, body: string): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(async () => new Response(body, { status, headers: { "content-type": "application/json" } }));
  vi.stubGlobal("fetch", fetched);
  vi.stubGlobal("navigator", { onLine: true });
  return fetched;
}

afterEach(() => {
  vi.unstubAllGlobals();
  configureClient({ onSignedOut: () => {} });
});

describe("calling an operation", () => {
  it("puts a query's input into the address, Chinese included, and leaves an empty one out", () => {
    expect(queryAddress(ask, {})).toBe("/api/sample/ask");
    expect(decodeURIComponent(queryAddress(ask, { q: "𬭎 & 善" }))).toBe('/api/sample/ask?input={"q":"𬭎 & 善"}');
  });

  it("sends a command with the key it was given, so that a retry is the same act", async () => {
    const fetched = answerWith(200, '{"id":"1"}');
    await expect(call(act, { name: "甲" }, { key: "k-1" })).resolves.toEqual({ id: "1" });
    const [address, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(address).toBe("/api/sample/act-now");
    expect(init.body).toBe('{"name":"甲"}');
    expect((init.headers as Record<string, string>)["idempotency-key"]).toBe("k-1");
  });

  it("never keys a sign-in: its answer must not be replayed", async () => {
    const fetched = answerWith(200, "{}");
    await call(signIn, {}, { key: "k-2" });
    const [, init] = fetched.mock.calls[0] as [string, RequestInit];
    expect(Object.keys(init.headers as object)).not.toContain("idempotency-key");
  });

  it("tells a refusal from a missing answer", async () => {
    answerWith(409, '{"code":"credit/not-ready","status":409,"facts":{"missing":[]},"requestId":"r"}');
    await expect(call(act, { name: "乙" })).rejects.toMatchObject({
      code: "credit/not-ready",
      status: 409,
      requestId: "r",
    });
    answerWith(502, "<html>Bad Gateway</html>");
    await expect(call(ask, {})).rejects.toBeInstanceOf(NoAnswer);
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("failed")));
    await expect(call(ask, {})).rejects.toBeInstanceOf(NoAnswer);
    answerWith(500, "not json");
    await expect(call(ask, {})).rejects.toBeInstanceOf(ApiProblem);
  });

  it("says once that the session has ended, and not for a wrong password", async () => {
    const ended = vi.fn();
    configureClient({ onSignedOut: ended });
    answerWith(401, '{"code":"auth/wrong-credentials","status":401,"facts":{},"requestId":"r"}');
    await expect(call(signIn, {})).rejects.toBeInstanceOf(ApiProblem);
    expect(ended).not.toHaveBeenCalled();
    answerWith(401, '{"code":"auth/session-expired","status":401,"facts":{},"requestId":"r"}');
    await expect(call(ask, {})).rejects.toBeInstanceOf(ApiProblem);
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
