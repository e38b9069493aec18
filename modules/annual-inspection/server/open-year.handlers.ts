import { significant } from "../../../kernel/divisions/code.ts";
import { enqueue } from "../../../kernel/jobs/jobs.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { loadOrganisation, lockOrganisation } from "../../organisations/server/index.ts";
import { addReport, finishOpening, openChunk, openYear, years } from "../annual-inspection.contract.ts";
import { acted, subjectOf } from "./act.ts";
import { type Census, census, yearsOpened } from "./annual-inspection.queries.ts";
import { findReport, findYear } from "./annual-inspection.store.ts";
import { scopeOf } from "./lines.ts";
import { keepYears, openChunkOf, openReports, partOf, start } from "./opening.ts";

/** Registers up to this size are opened in the command itself; larger ones by a job. */
const directLimit = 2_000;

const openYearHandler = handle(openYear)(async (input, ctx) => {
  const { year, cutOff } = input;
  if (ctx.today < `${year + 1}-01-01`)
    return ctx.fail("annual-inspection/year-not-over", { year, opens: `${year + 1}-01-01` });
  if (cutOff && (cutOff < `${year}-01-01` || cutOff > `${year}-12-31`))
    return ctx.fail("annual-inspection/cut-off-outside-year", { cutOff, year });
  const below = input.homes === "all-below";
  if (below && ctx.actor.role !== "administrator")
    return ctx.fail("annual-inspection/only-administrator-opens-below", { role: ctx.actor.role });
  const own = significant(ctx.actor.home);
  const division = below ? (ctx.actor.division ?? own) : own;
  const home = below ? null : ctx.actor.home;
  const part = partOf(division, home);
  const given = { year, cutOff, division, openedBy: ctx.actor.accountId };
  const counted = await census(ctx.tx, scopeOf(ctx, year, division, cutOff), part);
  const totals = {
    undated: sum(counted, "undated"),
    charities: sum(counted, "charities"),
    tooYoung: sum(counted, "too_young"),
  };
  const subject = { kind: "inspection-year", id: null, home: ctx.actor.home, division };
  if (below || sum(counted, "living") > directLimit) {
    // A parent writes no rows of the registers below; the job does, as the system.
    if (!below) await keepYears(ctx, part, { ...given, state: "opening" });
    const jobId = enqueue(ctx, "annual-inspection.open-year", { ...given, cutOff: cutOff ?? null, home });
    ctx.journal("inspection-year-opening", subject, { year, below, organisations: sum(counted, "living") });
    return { year, ...totals, mode: "job" as const, jobId, opened: 0, already: 0 };
  }
  let opened = 0;
  for (let after: { home: string; id: string } | null = start; after; ) {
    const chunk = await openChunkOf(ctx, part, given, after, directLimit);
    opened += chunk.opened;
    after = chunk.next;
  }
  await keepYears(ctx, part, { ...given, state: "open" });
  ctx.journal("inspection-year-opened", subject, { year, opened, ...totals });
  return { year, ...totals, mode: "done" as const, jobId: null, opened, already: sum(counted, "owing") - opened };
});

function sum(rows: readonly Census[], field: "living" | "owing" | "undated" | "charities" | "too_young"): number {
  return rows.reduce((all, row) => all + row[field], 0);
}

const chunkHandler = handle(openChunk)(async (input, ctx) => {
  const part = partOf(input.division, input.home);
  const done = await openChunkOf(ctx, part, input, { home: input.afterHome, id: input.afterId }, input.limit);
  ctx.journal(
    "inspection-reports-opened",
    { kind: "inspection-year", id: null, home: input.home ?? ctx.actor.home, division: input.division },
    { year: input.year, opened: done.opened },
  );
  return done;
});

const finishHandler = handle(finishOpening)(async (input, ctx) => {
  const counted = await keepYears(ctx, partOf(input.division, input.home), { ...input, state: "open" });
  const owed = sum(counted, "owing");
  ctx.journal(
    "inspection-year-opened",
    { kind: "inspection-year", id: null, home: input.home ?? ctx.actor.home, division: input.division },
    { year: input.year, registers: counted.length, owed },
  );
  return { homes: counted.length, owed };
});

const addHandler = handle(addReport)(async (input, ctx) => {
  const organisation = await loadOrganisation(ctx.tx, input.organisationId);
  if (!organisation)
    return ctx.fail("annual-inspection/organisation-not-found", { organisation: input.organisationId });
  if (organisation.home_code !== ctx.actor.home || !(await lockOrganisation(ctx.tx, organisation.id)))
    return ctx.fail("annual-inspection/not-your-register", { home: organisation.home_code, own: ctx.actor.home });
  const { kind } = organisation;
  if (kind === "community_organisation" || !["registered", "suspended"].includes(organisation.status))
    return ctx.fail("annual-inspection/not-inspected", { kind, status: organisation.status });
  if (!(await findYear(ctx.tx, ctx.actor.home, input.year)))
    return ctx.fail("annual-inspection/year-not-opened", { year: input.year });
  const exists = () => ctx.fail("annual-inspection/report-exists", { name: organisation.name, year: input.year });
  if (await findReport(ctx.tx, organisation.home_code, organisation.id, input.year)) return exists();
  const opened = await openReports(ctx, [organisation], input.year, organisation.division_code);
  const report = await findReport(ctx.tx, organisation.home_code, organisation.id, input.year);
  if (opened !== 1 || !report) return exists();
  ctx.journal("inspection-report-added", subjectOf(report), { year: input.year, reason: input.reason });
  return acted(report);
});

const yearsHandler = handle(years)(async (_input, ctx) => {
  const rows = await yearsOpened(ctx.tx);
  return {
    years: rows.map(({ too_young, ...row }) => ({ ...row, tooYoung: too_young })),
    ownYear: rows[0]?.year ?? null,
    suggested: Number(ctx.today.slice(0, 4)) - 1,
  };
});

export const openYearHandlers = [openYearHandler, chunkHandler, finishHandler, addHandler, yearsHandler];
