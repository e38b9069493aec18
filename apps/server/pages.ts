import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { OpenHouse } from "../../kernel/house/house.ts";
import { mountPortal } from "../../modules/portal/server/index.ts";
import { projectRoot } from "../open.ts";

/** The console's own rules, and a phone that listens to what it has just recorded. */
const fieldPolicy =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/**
 * The public portal at /, the console under /console/ and the field app under /field/: the last two are single pages whose
 * addresses all answer with their one document.
 */
export async function servePages(app: FastifyInstance, open: OpenHouse): Promise<void> {
  await mountPortal(app, open);
  const root = join(projectRoot(), "dist/web");
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, { root, prefix: "/console/", wildcard: false, maxAge: "1h", immutable: false });
  app.get("/console", (_request, reply) => reply.redirect("/console/"));
  app.get("/console/*", (_request, reply) => reply.header("cache-control", "no-cache").sendFile("index.html", root));
  await serveField(app);
}

/** The field app (手机端): the worker and the document are asked for anew each time, everything else has its digest in its name. */
async function serveField(app: FastifyInstance): Promise<void> {
  const root = join(projectRoot(), "dist/field");
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, {
    root,
    prefix: "/field/",
    wildcard: false,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, path) {
      reply.header("content-security-policy", fieldPolicy);
      reply.header("permissions-policy", "camera=(self), microphone=(self), geolocation=(self)");
      reply.header("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("/field", (_request, reply) => reply.redirect("/field/"));
}
