import type { FastifyInstance } from "fastify";
import { listDivisions } from "../../../kernel/divisions/divisions.contract.ts";
import { RateLimit } from "../../../kernel/http/rate-limit.ts";
import { InvalidInput, Refusal } from "../../../kernel/operation/errors.ts";
import { traceDonation } from "../../donations/index.ts";
import { getStatistics, listCorrections, listPublished, type PublishedItem } from "../portal.contract.ts";
import { GiftPage } from "../web/donation-trace.page.tsx";
import {
  type DonationList,
  donationLists,
  GivingCorrectionsPage,
  GivingListPage,
  GivingPage,
} from "../web/donations.page.tsx";
import { DonationsPage } from "../web/text.pages.tsx";
import { textsOf } from "../web/view.ts";
import { parameter, type Site, send } from "./site.ts";

/** Numbers a minute and address: a donor has a few, whoever tries many is guessing. */
const A_MINUTE = 60;
const TOTALS = 12;
const LATEST = 5;

/** Names of the places of a page of items, one question for each. */
async function namesOf(site: Site, items: readonly PublishedItem[], requestId: string) {
  const codes = [...new Set(items.map((item) => item.division))];
  const names = new Map(
    await Promise.all(
      codes.map(async (code) => {
        const place = await site.ask(listDivisions, { parent: code }, requestId).catch(() => undefined);
        return [code, place?.parent?.name ?? code] as const;
      }),
    ),
  );
  return (code: string) => names.get(code) ?? code;
}

/** Where donations go (捐赠去哪了): a gift by its number, and everything that is published of gifts. */
export function donationPages(app: FastifyInstance, site: Site): void {
  const limit = new RateLimit();
  const published = (
    list: DonationList,
    requestId: string,
    more: { readonly after?: string; readonly limit: number },
  ) => site.ask(listPublished, { collection: donationLists[list], order: "newest", ...more }, requestId);

  // A house without the room of donations says so and shows no figure at all.
  const connected = site.open.handlers.has(traceDonation.id);

  app.get("/donations", async (request, reply) => {
    const view = await site.view(request, reply);
    const figures = await site.ask(getStatistics, {}, request.id);
    if (!connected) return send(reply, DonationsPage, { view, figures });
    const totals = (await published("totals", request.id, { limit: TOTALS })).items;
    const latest = (await published("gifts", request.id, { limit: LATEST })).items;
    const placeName = await namesOf(site, totals, request.id);
    return send(reply, GivingPage, { view, figures, totals, latest, placeName });
  });
  if (!connected) return;

  app.get("/donations/find", async (request, reply) => {
    const view = await site.view(request, reply);
    const number = parameter(request, "number")?.slice(0, 60).replaceAll("\u0000", "") ?? "";
    if (number.trim() === "") return send(reply, GiftPage, { view, number: "" });
    if (!limit.allow(request.ip, A_MINUTE, Date.now()))
      throw new Refusal("operation/too-many-requests", 429, { retryAfterSeconds: 60 });
    try {
      const found = await site.hand(traceDonation, { receipt: number }, { requestId: request.id });
      return send(reply, GiftPage, { view, number, found });
    } catch (error) {
      if (error instanceof InvalidInput || (error instanceof Refusal && error.code === "donations/unknown-receipt"))
        return send(reply, GiftPage, { view, number, problem: textsOf(view).giving.unknown }, 404);
      throw error;
    }
  });

  app.get("/donations/corrections", async (request, reply) => {
    const after = parameter(request, "after");
    const answer = await site.ask(
      listCorrections,
      { collection: "donations.", ...(after ? { after } : {}) },
      request.id,
    );
    return send(reply, GivingCorrectionsPage, { view: await site.view(request, reply), ...answer });
  });

  for (const list of Object.keys(donationLists) as DonationList[]) {
    app.get(`/donations/${list}`, async (request, reply) => {
      const after = parameter(request, "after");
      const answer = await published(list, request.id, { limit: 20, ...(after ? { after } : {}) });
      const placeName = await namesOf(site, list === "totals" ? answer.items : [], request.id);
      return send(reply, GivingListPage, { view: await site.view(request, reply), list, ...answer, placeName });
    });
  }
}
