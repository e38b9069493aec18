import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { mustEnrol, waitsForSecondFactor } from "../auth/second-factor.ts";
import { publicActor } from "../auth/sessions.ts";
import { dateInShanghai } from "../clock/date.ts";
import type { OpenHouse } from "../house/house.ts";
import type { Actor, Download, Upload } from "../operation/context.ts";
import { type Operation, pathOf } from "../operation/define.ts";
import { InvalidInput, Refusal } from "../operation/errors.ts";
import { permitted } from "../operation/execute.ts";
import { newId } from "../operation/ids.ts";
import { Metrics } from "./metrics.ts";
import { openApi } from "./openapi.ts";
import { problemOf } from "./problem.ts";
import { queryInput } from "./query-input.ts";
import { RateLimit } from "./rate-limit.ts";

export const COOKIE = "shanzhi";
/** Bigger files are refused while they arrive; the largest register seen is a fifth of this. */
const UPLOAD_BYTES = 100 * 1024 * 1024;
const BODY_BYTES = 4 * 1024 * 1024;
const SLOW_MS = 500;

/** Requests a minute and address at the public doors. */
const LIMITS = { intake: 20, device: 12_000, auth: 60, verify: 60, portal: 6_000 } as const;

export interface ServerOptions {
  readonly secureCookies: boolean;
}

/** Where a request really comes from, with the browser's own word against forged requests (跨站请求防护). */
export function refuseForgery(request: FastifyRequest): void {
  const site = request.headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") throw new Refusal("auth/cross-site", 403, { site });
  const { origin, host } = request.headers;
  if (origin && origin !== "null" && host && new URL(origin).host !== host)
    throw new Refusal("auth/cross-site", 403, { origin });
  if (origin === "null") throw new Refusal("auth/cross-site", 403, { origin });
}

async function receive(
  request: FastifyRequest,
): Promise<{ input: Record<string, unknown>; upload?: Upload; discard: () => Promise<void> }> {
  const folder = join(tmpdir(), "shanzhi-upload");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const input: Record<string, unknown> = {};
  let upload: Upload | undefined;
  const path = join(folder, newId());
  const discard = () => rm(path, { force: true });
  try {
    for await (const part of request.parts({ limits: { fileSize: UPLOAD_BYTES, files: 1, fields: 40 } })) {
      if (part.type === "field") {
        const value = String(part.value);
        input[part.fieldname] = /^[[{]/.test(value) ? tryJson(value) : value;
        continue;
      }
      const hash = createHash("sha256");
      let size = 0;
      const count = new Transform({
        transform(chunk: Buffer, _, done) {
          hash.update(chunk);
          size += chunk.length;
          done(null, chunk);
        },
      });
      await pipeline(part.file, count, createWriteStream(path, { mode: 0o600 }));
      if (part.file.truncated)
        throw new Refusal("operation/too-large", 413, { limitBytes: UPLOAD_BYTES, field: part.fieldname });
      upload = { fileName: part.filename, declaredType: part.mimetype, path, size, sha256: hash.digest("hex") };
    }
  } catch (error) {
    await discard();
    if ((error as { code?: string }).code === "FST_REQ_FILE_TOO_LARGE")
      throw new Refusal("operation/too-large", 413, { limitBytes: UPLOAD_BYTES });
    throw error;
  }
  if (!upload) throw new InvalidInput([{ path: ["file"], problem: "required" }]);
  return { input, upload, discard };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function sendFile(reply: FastifyReply, file: Download): FastifyReply {
  const name = encodeURIComponent(file.fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return reply
    .header("content-type", file.contentType)
    .header("content-disposition", `attachment; filename*=UTF-8''${name}`)
    .header("x-content-type-options", "nosniff")
    .send(file.body);
}

const isDownload = (answer: unknown): answer is Download =>
  typeof answer === "object" && answer !== null && "body" in answer && "contentType" in answer;

/** The HTTP door of a house: every operation as a route, sessions, problems, metrics, health (接口服务). */
export async function makeServer(open: OpenHouse, options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: BODY_BYTES,
    genReqId: () => newId(),
    trustProxy: "127.0.0.1",
    logger: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400 },
  });
  await app.register(cookie);
  await app.register(multipart);
  const metrics = new Metrics();
  const limit = new RateLimit();

  app.addHook("onSend", async (request, reply) => {
    reply.header("x-request-id", request.id);
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "same-origin");
    reply.header("x-frame-options", "DENY");
    if (!reply.getHeader("content-security-policy")) {
      reply.header(
        "content-security-policy",
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
      );
    }
  });

  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.id);
    if (problem.status >= 500)
      open.house.log("fault", {
        requestId: request.id,
        path: request.url.split("?")[0],
        error: (error as Error).stack ?? String(error),
      });
    metrics.failed(problem.code);
    const locale = /^en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "zh";
    const detail = open.house.say(problem.code, problem.facts, locale);
    const problems = problem.problems?.map((one) => {
      const message = open.house.say(`sheet/field-${one.problem}`, one.facts ?? {}, locale);
      return message.startsWith("sheet/field-") ? one : { ...one, message };
    });
    return reply
      .status(problem.status)
      .type("application/problem+json")
      .send(JSON.stringify({ ...problem, detail, ...(problems ? { problems } : {}) }));
  });
  app.setNotFoundHandler((request, reply) =>
    reply
      .status(404)
      .type("application/problem+json")
      .send(
        JSON.stringify(
          problemOf(new Refusal("operation/no-such-address", 404, { path: request.url.split("?")[0] }), request.id),
        ),
      ),
  );

  async function actorFor(request: FastifyRequest, operation: Operation): Promise<Actor> {
    if (operation.door === "portal") return publicActor({ kind: "portal" }, open.house.root);
    if (operation.door === "intake")
      return publicActor({ kind: "intake", receipt: receiptOf(request) }, open.house.root);
    if (operation.door === "verify" || operation.door === "device")
      return publicActor({ kind: "intake" }, open.house.root);
    if (operation.door === "auth") return publicActor({ kind: "auth" }, open.house.root);
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    const token = bearer ?? request.cookies[COOKIE];
    if (!token) return publicActor({ kind: "intake" }, open.house.root);
    const now = open.clock();
    const session = await open.sessions.find(token, now, dateInShanghai(now));
    if (!session) throw new Refusal("auth/session-expired", 401);
    const { actor } = session;
    if (!actor) throw new Refusal("auth/no-grant", 403);
    if (session.must_change_password && !["auth.change-password", "auth.me", "auth.sign-out"].includes(operation.id)) {
      throw new Refusal("auth/change-password-first", 403);
    }
    if (waitsForSecondFactor(operation.id) && mustEnrol(open.house, actor, session.totp_enrolled, dateInShanghai(now)))
      throw new Refusal("auth/second-factor-first", 403);
    return actor;
  }

  for (const { operation, crowded } of open.handlers.values()) {
    if (operation.door === "internal") continue;
    const path = pathOf(operation);
    let inside = 0;
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const began = performance.now();
      if (operation.kind === "command") refuseForgery(request);
      if (
        operation.door !== "app" &&
        operation.door !== "internal" &&
        !limit.allow(`${operation.door}:${request.ip}`, LIMITS[operation.door], Date.now())
      ) {
        throw new Refusal("operation/too-many-requests", 429, { retryAfterSeconds: 60 });
      }
      const later = crowded?.(request.body, inside, open.house, open.clock());
      if (later !== undefined) return reply.type("application/json").send(JSON.stringify(later));
      inside++;
      try {
        return await serve(request, reply, began);
      } finally {
        inside--;
      }
    };
    const serve = async (request: FastifyRequest, reply: FastifyReply, began: number) => {
      const actor = await actorFor(request, operation);
      // Nobody fills the disk with a file the operation would refuse: the role is judged before the body is read, and the
      // connection ends with the answer, so that the rest of the body is not even taken in.
      const welcome = permitted(operation, actor);
      if (operation.upload && !welcome) reply.header("connection", "close");
      const received = operation.upload && welcome ? await receive(request) : undefined;
      try {
        const input =
          received?.input ??
          (operation.kind === "query"
            ? queryInput(operation, request.query as Record<string, string>)
            : (request.body ?? {}));
        const key = request.headers["idempotency-key"];
        if (typeof key === "string" && key.length > 200)
          throw new InvalidInput([{ path: ["Idempotency-Key"], problem: "too_big", facts: { maximum: 200 } }]);
        const result = await open.call(operation.id, input, actor, {
          key: typeof key === "string" ? key : undefined,
          requestId: request.id,
          upload: received?.upload,
        });
        if (operation.download && isDownload(result)) return sendFile(reply, result);
        if (operation.door === "auth" && operation.secretAnswer.includes("session"))
          return sendSession(reply, result as { session: string }, options.secureCookies);
        if (operation.id === "auth.sign-out") reply.clearCookie(COOKIE, { path: "/" });
        return reply.type("application/json").send(JSON.stringify(result));
      } finally {
        await received?.discard();
        const took = performance.now() - began;
        metrics.took(operation.id, took);
        if (took > SLOW_MS)
          open.house.log("slow operation", {
            operation: operation.id,
            milliseconds: Math.round(took),
            requestId: request.id,
          });
      }
    };
    if (operation.kind === "query") app.get(path, answer);
    else app.post(path, answer);
  }

  app.get("/api/openapi.json", async () =>
    openApi(
      [...open.handlers.values()].map((one) => one.operation).filter((one) => one.door !== "internal"),
      open.house.baseUrl,
    ),
  );
  app.get("/api/health", async (_request, reply) => {
    await open.database.transaction({ kind: "portal" }, async (tx) => tx.one({ text: "select 1 as ok", values: [] }));
    return reply.send({
      status: "ok",
      database: open.database.kind,
      demo: open.house.demo,
      trial: open.database.kind === "embedded",
    });
  });
  app.get("/metrics", async (_request, reply) =>
    reply.type("text/plain; version=0.0.4").send(await metrics.text(open.database)),
  );
  return app;
}

function receiptOf(request: FastifyRequest): string | undefined {
  const query = request.query as { receipt?: string; input?: string };
  if (query.receipt) return query.receipt.replace(/[^\w-]/g, "").slice(0, 40);
  const nested = query.input ? (tryJson(query.input) as { receipt?: string }) : undefined;
  return typeof nested?.receipt === "string" ? nested.receipt.replace(/[^\w-]/g, "").slice(0, 40) : undefined;
}

function sendSession(reply: FastifyReply, answer: { session: string }, secure: boolean): FastifyReply {
  const { session, ...rest } = answer;
  return reply
    .setCookie(COOKIE, session, { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge: 86_400 })
    .type("application/json")
    .send(JSON.stringify(rest));
}
