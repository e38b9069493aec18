import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { OpenHouse } from "../../kernel/house/house.ts";
import { mountPortal } from "../../modules/portal/server/index.ts";
import { projectRoot } from "../open.ts";

/** The public portal at / and the console under /console/: a single page whose addresses all answer with its one document. */
export async function servePages(app: FastifyInstance, open: OpenHouse): Promise<void> {
  await mountPortal(app, open);
  const root = join(projectRoot(), "dist/web");
  if (!existsSync(root)) return;
  await app.register(fastifyStatic, { root, prefix: "/console/", wildcard: false, maxAge: "1h", immutable: false });
  app.get("/console", (_request, reply) => reply.redirect("/console/"));
  app.get("/console/*", (_request, reply) => reply.header("cache-control", "no-cache").sendFile("index.html", root));
}
