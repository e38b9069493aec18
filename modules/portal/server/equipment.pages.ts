import type { FastifyInstance } from "fastify";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { getOpenData, listPublished, type PublishedItem } from "../portal.contract.ts";
import { EquipmentHomesPage, EquipmentPage, equipmentLists } from "../web/equipment.page.tsx";
import { parameter, type Site, send } from "./site.ts";

const PLACES = 200;
const SAMPLES = 20;
const HOMES = 50;

/** Whether this house has the room of equipment at all. */
async function has(site: Site, requestId: string): Promise<boolean> {
  const { collections } = await site.ask(getOpenData, {}, requestId);
  return collections.some((one) => one.id === equipmentLists.progress);
}

async function need(site: Site, requestId: string): Promise<void> {
  if (!(await has(site, requestId)))
    throw new Refusal("portal/unknown-collection", 404, { collection: equipmentLists.progress });
}

/** What was last published of the whole place this installation is for, if anything was (首页). */
export async function equipmentWhole(site: Site, requestId: string): Promise<PublishedItem | undefined> {
  if (!(await has(site, requestId))) return undefined;
  const { items } = await site.ask(listPublished, { collection: equipmentLists.progress, limit: PLACES }, requestId);
  return items.find((one) => one.division === site.open.house.root) ?? (items.length === 1 ? items[0] : undefined);
}

/** Donated equipment (捐赠设备): progress, homes, samples. A house without the room has no such pages. */
export function equipmentPages(app: FastifyInstance, site: Site): void {
  app.get("/equipment", async (request, reply) => {
    await need(site, request.id);
    const progress = await site.ask(listPublished, { collection: equipmentLists.progress, limit: PLACES }, request.id);
    const samples = await site.ask(
      listPublished,
      { collection: equipmentLists.samples, order: "newest", limit: SAMPLES },
      request.id,
    );
    const view = await site.view(request, reply);
    return send(reply, EquipmentPage, { view, progress: progress.items, samples: samples.items });
  });

  app.get("/equipment/homes", async (request, reply) => {
    await need(site, request.id);
    const after = parameter(request, "after");
    const division = parameter(request, "division");
    const answer = await site.ask(
      listPublished,
      {
        collection: equipmentLists.homes,
        limit: HOMES,
        ...(after ? { after } : {}),
        ...(division ? { division } : {}),
      },
      request.id,
    );
    return send(reply, EquipmentHomesPage, { view: await site.view(request, reply), ...answer });
  });
}
