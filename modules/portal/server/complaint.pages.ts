import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { RateLimit } from "../../../kernel/http/rate-limit.ts";
import { refuseForgery } from "../../../kernel/http/server.ts";
import { type FieldProblem, InvalidInput, Refusal } from "../../../kernel/operation/errors.ts";
import { receiptOf } from "../../complaints/server/index.ts";
import { askComplaintReview, getComplaintStatus, getOrganisation, sendComplaint } from "../portal.contract.ts";
import { ComplaintPage, type Problems, ReceiptPage, StatusPage, type Typed } from "../web/complaint.page.tsx";
import { textsOf, type View } from "../web/view.ts";
import { formToken, parameter, type Site, send } from "./site.ts";

/** Forms a minute and address, as at the intake door of the interface. */
const A_MINUTE = 20;

/** What no database keeps: taken out before the text is shown again. */
const control =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** One problem of one field, as a sentence. */
export function sentenceOf(view: View, problem: FieldProblem): string {
  const texts = textsOf(view).complaint;
  if (problem.problem === "control-characters") return texts.control;
  if (problem.problem === "too_big") return texts.tooLong({ maximum: Number(problem.facts?.maximum ?? 0) });
  if (problem.problem === "too_small" || problem.problem === "invalid_type") return texts.required;
  return problem.problem === "division-code" ? texts.division : texts.wrong;
}

function problemsOf(view: View, error: unknown): Problems | undefined {
  if (error instanceof InvalidInput)
    return Object.fromEntries(error.problems.map((one) => [String(one.path[0] ?? ""), sentenceOf(view, one)]));
  return undefined;
}

/** The fields of a posted form as texts. */
function typedOf(request: FastifyRequest, names: readonly string[]): Record<string, string> {
  const body = (typeof request.body === "object" && request.body !== null ? request.body : {}) as Record<
    string,
    unknown
  >;
  return Object.fromEntries(names.map((name) => [name, typeof body[name] === "string" ? (body[name] as string) : ""]));
}

/** What was typed, fit to be shown again. */
const shownAgain = (typed: Typed): Typed =>
  Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value.replace(control, "")]));

/** The complaint box and its receipts (投诉举报页面). */
export function complaintPages(app: FastifyInstance, site: Site): void {
  const limit = new RateLimit();
  const guard = (request: FastifyRequest) => {
    refuseForgery(request);
    if (!limit.allow(request.ip, A_MINUTE, Date.now()))
      throw new Refusal("operation/too-many-requests", 429, { retryAfterSeconds: 60 });
  };
  const aboutOf = async (code: string | undefined, requestId: string) =>
    code
      ? ((await site.ask(getOrganisation, { code: code.slice(0, 60) }, requestId).catch(() => undefined))?.name ?? null)
      : null;

  app.get("/complaints/new", async (request, reply) => {
    const view = await site.view(request, reply);
    const code = parameter(request, "code");
    reply.header("cache-control", "no-store");
    return send(reply, ComplaintPage, {
      view,
      typed: code ? { code: code.slice(0, 60) } : {},
      problems: {},
      about: await aboutOf(code, request.id),
      token: formToken(),
    });
  });
  app.get("/complaints", (_request, reply) => reply.redirect("/complaints/new"));

  app.post("/complaints", async (request, reply) => {
    guard(request);
    const view = await site.view(request, reply);
    const {
      token = "",
      website = "",
      ...typed
    } = typedOf(request, ["code", "text", "name", "contact", "token", "website"]);
    const again = async (problems: Problems, status: number): Promise<FastifyReply> =>
      send(
        reply,
        ComplaintPage,
        {
          view,
          typed: { ...shownAgain(typed), ...(website ? { website } : {}) },
          problems,
          about: await aboutOf(typed.code, request.id),
          token: formToken(),
        },
        status,
      );
    if (website !== "") return again({ website: textsOf(view).complaint.trapped }, 422);
    try {
      const received = await sendOnce(site, typed, token, request.id);
      return send(reply, ReceiptPage, { view, received });
    } catch (error) {
      const problems = problemsOf(view, error);
      if (problems) return again(problems, 422);
      if (error instanceof Refusal && error.status < 500)
        return again(
          {
            [error.code === "portal/unknown-organisation" ? "code" : ""]: site.open.house.say(
              error.code,
              error.facts,
              view.locale,
            ),
          },
          error.status,
        );
      throw error;
    }
  });

  app.get("/complaints/status", async (request, reply) =>
    send(reply, StatusPage, { view: await site.view(request, reply), typed: {}, problems: {} }),
  );

  app.post("/complaints/status", async (request, reply) => {
    guard(request);
    const view = await site.view(request, reply);
    const typed = typedOf(request, ["number", "receipt"]);
    const receipt = receiptOf(typed.receipt ?? "");
    try {
      const found = await site.hand(
        getComplaintStatus,
        { number: typed.number ?? "", receipt: typed.receipt ?? "" },
        { requestId: request.id, receipt },
      );
      reply.header("cache-control", "no-store");
      return send(reply, StatusPage, { view, typed: {}, problems: {}, found, receipt });
    } catch (error) {
      const problems =
        problemsOf(view, error) ??
        (error instanceof Refusal ? { number: site.open.house.say(error.code, error.facts, view.locale) } : undefined);
      if (!problems) throw error;
      return send(
        reply,
        StatusPage,
        { view, typed: shownAgain(typed), problems },
        error instanceof Refusal ? error.status : 422,
      );
    }
  });

  app.post("/complaints/review", async (request, reply) => {
    guard(request);
    const view = await site.view(request, reply);
    reply.header("cache-control", "no-store");
    const typed = typedOf(request, ["number", "receipt", "reason"]);
    const receipt = receiptOf(typed.receipt ?? "");
    const asked = { number: typed.number ?? "", receipt };
    const extra = { requestId: request.id, receipt };
    const found = await site.hand(getComplaintStatus, asked, extra);
    try {
      const reason = typed.reason ?? "";
      const { answerBy } = await site.hand(askComplaintReview, { ...asked, reason }, extra);
      const now = await site.hand(getComplaintStatus, asked, extra);
      return send(reply, StatusPage, { view, typed: {}, problems: {}, found: now, reviewed: answerBy });
    } catch (error) {
      const problems =
        problemsOf(view, error) ??
        (error instanceof Refusal ? { reason: site.open.house.say(error.code, error.facts, view.locale) } : undefined);
      if (!problems) throw error;
      const again = shownAgain({ reason: typed.reason ?? "" });
      const status = error instanceof Refusal ? error.status : 422;
      return send(reply, StatusPage, { view, typed: again, problems, found, receipt }, status);
    }
  });
}

/** A form sent twice is one complaint; the same page with another text is another one. */
async function sendOnce(site: Site, typed: Typed, token: string, requestId: string) {
  const input = { text: typed.text ?? "", code: typed.code, name: typed.name, contact: typed.contact };
  const key = /^[\w-]{20,60}$/.test(token) ? token : formToken();
  try {
    return await site.hand(sendComplaint, input, { requestId, key });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "operation/key-used-for-another-input") throw error;
    return site.hand(sendComplaint, input, { requestId, key: formToken() });
  }
}
