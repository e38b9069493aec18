import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { verifyDocument } from "../../../kernel/document/documents.contract.ts";
import type { OpenHouse } from "../../../kernel/house/house.ts";
import { RateLimit } from "../../../kernel/http/rate-limit.ts";
import { InvalidInput, Refusal } from "../../../kernel/operation/errors.ts";
import { law } from "../../../kernel/regulations/law.rules.ts";
import { getCareRates } from "../care-rates.contract.ts";
import {
  getOpenData,
  getOrganisation,
  getStatistics,
  listListed,
  listPublished,
  searchOrganisations,
} from "../portal.contract.ts";
import { CareRatesPage } from "../web/care-rates.page.tsx";
import { HomePage } from "../web/home.page.tsx";
import { ListPage, ListsPage } from "../web/lists.page.tsx";
import { CollectionPage, OpenDataPage } from "../web/open-data.page.tsx";
import { OrganisationPage } from "../web/organisation.page.tsx";
import { type Asked, SearchPage } from "../web/search.page.tsx";
import { StatisticsPage } from "../web/statistics.page.tsx";
import { AboutPage, type LawPeriod, ProblemPage, RegulationsPage } from "../web/text.pages.tsx";
import { VerifyPage } from "../web/verify.page.tsx";
import { textsOf, type View } from "../web/view.ts";
import { readAssets } from "./assets.ts";
import { complaintPages, sentenceOf } from "./complaint.pages.ts";
import { donationPages } from "./donation.pages.ts";
import { equipmentPages, equipmentWhole } from "./equipment.pages.ts";
import { announcements } from "./portal.collections.ts";
import { parameter, Site, send } from "./site.ts";

/** Requests a minute and address: reading is generous, guessing codes is not. */
const LIMITS = { read: 6_000, verify: 60 } as const;
const FORM_BYTES = 256 * 1024;

const filterNames = [
  "kind",
  "status",
  "grade",
  "listing",
  "division",
  "registeredYear",
  "charity",
  "fundraising",
  "own",
] as const;

function askedOf(request: FastifyRequest): Asked {
  return Object.fromEntries(
    ["q", ...filterNames].flatMap((name) =>
      parameter(request, name) === undefined ? [] : [[name, parameter(request, name)]],
    ),
  );
}

/** Every law once, newest period first. */
const laws: readonly LawPeriod[] = Object.values(law)
  .filter((one) => one !== law.houseRules)
  .toSorted((a, b) =>
    a.document < b.document ? -1 : a.document > b.document ? 1 : b.effectiveFrom < a.effectiveFrom ? -1 : 1,
  );

async function problemPage(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): Promise<FastifyReply> {
  const view: View = await site.view(request, reply).catch(() => ({
    locale: "zh" as const,
    large: false,
    path: "/",
    query: [],
    place: "",
    root: site.open.house.root,
    today: "2026-01-01",
    demo: false,
  }));
  const texts = textsOf(view).problem;
  if (error instanceof Refusal) {
    const help =
      error.code === "auth/cross-site"
        ? texts.crossSite
        : error.code === "operation/too-many-requests"
          ? texts.tooMany
          : site.open.house.say(error.code, error.facts, view.locale);
    return send(
      reply,
      ProblemPage,
      { view, title: error.status === 404 ? texts.notFound : texts.refused, help },
      error.status,
    );
  }
  if (error instanceof InvalidInput) {
    const [first] = error.problems;
    return send(
      reply,
      ProblemPage,
      { view, title: texts.notFound, help: first ? sentenceOf(view, first) : texts.notFoundHelp },
      422,
    );
  }
  const status = (error as { statusCode?: number }).statusCode;
  if (status !== undefined && status < 500)
    return send(
      reply,
      ProblemPage,
      {
        view,
        title: texts.refused,
        help: site.open.house.say(status === 413 ? "operation/too-large" : "operation/bad-request", {}, view.locale),
      },
      status,
    );
  site.open.house.log("fault", {
    requestId: request.id,
    path: request.url.split("?")[0],
    error: (error as Error).stack ?? String(error),
  });
  return send(reply, ProblemPage, { view, title: texts.fault, help: texts.faultHelp, requestId: request.id }, 500);
}

/**
 * The public pages (公众门户): whole HTML from the server, readable and usable without scripts. Everything they show comes
 * from the portal's own operations, under the portal's database login.
 */
export async function mountPortal(app: FastifyInstance, open: OpenHouse): Promise<void> {
  const site = new Site(open);
  const assets = readAssets();
  await app.register(async (pages) => {
    const limit = new RateLimit();
    pages.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: FORM_BYTES },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    pages.setErrorHandler((error, request, reply) => problemPage(site, request, reply, error));
    pages.addHook("onRequest", async (request) => {
      if (!limit.allow(request.ip, LIMITS.read, Date.now()))
        throw new Refusal("operation/too-many-requests", 429, { retryAfterSeconds: 60 });
    });

    for (const [path, asset] of Object.entries(assets)) {
      pages.get(path, (request, reply) => {
        reply.header("etag", asset.etag).header("cache-control", "public, max-age=3600");
        return request.headers["if-none-match"] === asset.etag
          ? reply.status(304).send()
          : reply.type(asset.type).send(asset.body);
      });
    }
    readingPages(pages, site);
    verifyPages(pages, site);
    complaintPages(pages, site);
    donationPages(pages, site);
    equipmentPages(pages, site);
    pages.get("/*", async (request, reply) => {
      // Addresses of the interface and the console answer in their own ways.
      if (/^\/(api|console)(\/|$)/.test(request.url.split("?")[0] ?? "")) return reply.callNotFound();
      const view = await site.view(request, reply);
      const texts = textsOf(view).problem;
      return send(reply, ProblemPage, { view, title: texts.notFound, help: texts.notFoundHelp }, 404);
    });
  });
}

const LATEST = 6;

async function listedCounts(site: Site, requestId: string) {
  const of = async (list: "abnormal" | "serious") => (await site.ask(listListed, { list, limit: 1 }, requestId)).total;
  return { abnormal: await of("abnormal"), serious: await of("serious") };
}

async function latest(site: Site, requestId: string) {
  try {
    return (await site.ask(listPublished, { collection: announcements, limit: LATEST }, requestId)).items;
  } catch (error) {
    // A house without the register has no announcements; its portal still stands.
    if (error instanceof Refusal && error.status === 404) return [];
    throw error;
  }
}

function readingPages(app: FastifyInstance, site: Site): void {
  app.get("/", async (request, reply) =>
    send(reply, HomePage, {
      view: await site.view(request, reply),
      figures: await site.ask(getStatistics, {}, request.id),
      listed: await listedCounts(site, request.id),
      announcements: await latest(site, request.id),
      care: await site.ask(getCareRates, {}, request.id),
      equipment: await equipmentWhole(site, request.id),
    }),
  );

  app.get("/search", async (request, reply) => {
    const view = await site.view(request, reply);
    const asked = askedOf(request);
    const places = await site.places(asked.division, request.id);
    const input = {
      ...asked,
      charity: asked.charity === "true" || undefined,
      fundraising: asked.fundraising === "true" || undefined,
      own: asked.own === "true" || undefined,
      after: parameter(request, "after"),
    };
    try {
      const answer = await site.ask(
        searchOrganisations,
        input as Parameters<typeof searchOrganisations.input.parse>[0] as never,
        request.id,
      );
      return send(reply, SearchPage, { view, asked, places, answer });
    } catch (error) {
      if (error instanceof InvalidInput) {
        const [first] = error.problems;
        const clean = { ...asked, q: undefined };
        return send(
          reply,
          SearchPage,
          { view, asked: clean, places, answer: undefined, problem: first ? sentenceOf(view, first) : "" },
          422,
        );
      }
      if (error instanceof Refusal && error.status === 422)
        return send(
          reply,
          SearchPage,
          {
            view,
            asked,
            places,
            answer: undefined,
            problem: site.open.house.say(error.code, error.facts, view.locale),
          },
          422,
        );
      throw error;
    }
  });

  app.get("/organisations/:key", async (request, reply) => {
    const view = await site.view(request, reply);
    const one = await site.ask(getOrganisation, { code: (request.params as { key: string }).key }, request.id);
    return send(reply, OrganisationPage, { view, one });
  });

  app.get("/lists", async (request, reply) =>
    send(reply, ListsPage, {
      view: await site.view(request, reply),
      figures: await site.ask(getStatistics, {}, request.id),
      listed: await listedCounts(site, request.id),
      announcements: await latest(site, request.id),
    }),
  );

  for (const list of ["abnormal", "serious"] as const) {
    app.get(`/lists/${list}`, async (request, reply) => {
      const view = await site.view(request, reply);
      const division = parameter(request, "division");
      const after = parameter(request, "after");
      const answer = await site.ask(
        listListed,
        { list, ...(division ? { division } : {}), ...(after ? { after } : {}) },
        request.id,
      );
      return send(reply, ListPage, { view, ...answer, division, places: await site.places(division, request.id) });
    });
  }

  app.get("/statistics", async (request, reply) => {
    const division = parameter(request, "division");
    const figures = await site.ask(getStatistics, division ? { division } : {}, request.id);
    return send(reply, StatisticsPage, { view: await site.view(request, reply), figures });
  });

  app.get("/care-rates", async (request, reply) => {
    const [division, month] = [parameter(request, "division"), parameter(request, "month")];
    const rates = await site.ask(
      getCareRates,
      { ...(division ? { division } : {}), ...(month ? { month } : {}) },
      request.id,
    );
    return send(reply, CareRatesPage, { view: await site.view(request, reply), rates });
  });

  app.get("/open-data", async (request, reply) =>
    send(reply, OpenDataPage, {
      view: await site.view(request, reply),
      data: await site.ask(getOpenData, {}, request.id),
    }),
  );

  app.get("/open-data/:collection", async (request, reply) => {
    const { collection } = request.params as { collection: string };
    const after = parameter(request, "after");
    const answer = await site.ask(listPublished, { collection, ...(after ? { after } : {}) }, request.id);
    const one = (await site.ask(getOpenData, {}, request.id)).collections.find((known) => known.id === collection);
    if (!one) throw new Refusal("portal/unknown-collection", 404, { collection });
    return send(reply, CollectionPage, { view: await site.view(request, reply), one, ...answer });
  });

  app.get("/regulations", async (request, reply) =>
    send(reply, RegulationsPage, { view: await site.view(request, reply), laws }),
  );
  app.get("/about", async (request, reply) => send(reply, AboutPage, { view: await site.view(request, reply) }));
}

function verifyPages(app: FastifyInstance, site: Site): void {
  const limit = new RateLimit();
  const verify = async (
    request: FastifyRequest,
    reply: FastifyReply,
    code: string | undefined,
  ): Promise<FastifyReply> => {
    const view = await site.view(request, reply);
    if (code === undefined) return send(reply, VerifyPage, { view, code: "" });
    if (!limit.allow(request.ip, LIMITS.verify, Date.now()))
      throw new Refusal("operation/too-many-requests", 429, { retryAfterSeconds: 60 });
    const typed = code.slice(0, 40);
    try {
      const found = await site.hand(verifyDocument, { code: typed }, { requestId: request.id });
      return send(reply, VerifyPage, {
        view,
        code: typed,
        found: { ...found, public: "public" in found && found.public === true },
      });
    } catch (error) {
      if (error instanceof Refusal && error.code === "documents/no-such-code")
        return send(reply, VerifyPage, { view, code: typed, problem: "unknown" as const }, 404);
      if (error instanceof InvalidInput || (error instanceof Refusal && error.code === "documents/code-form"))
        return send(reply, VerifyPage, { view, code: typed.replaceAll("\u0000", ""), problem: "form" as const }, 422);
      throw error;
    }
  };
  app.get("/verify", (request, reply) => verify(request, reply, parameter(request, "code")));
  app.get("/verify/:code", (request, reply) => verify(request, reply, (request.params as { code: string }).code));
}
