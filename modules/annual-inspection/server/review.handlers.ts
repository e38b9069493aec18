import { addDays, addMonths } from "../../../kernel/clock/date.ts";
import { issueDocument } from "../../../kernel/document/issue.ts";
import type { DutyKind } from "../../../kernel/duty/define.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { withdraw } from "../../../kernel/publication/publication.ts";
import {
  acceptRectification,
  conclude,
  exemptReport,
  orderRectification,
  reportRectification,
  requestCorrection,
} from "../annual-inspection.contract.ts";
import { act, acted, reportToChange, subjectOf } from "./act.ts";
import { acceptDuty, correctDuty, orderDuty, rectifyDuty, reportDuty } from "./annual-inspection.duties.ts";
import { conclusionCollection, publicKey } from "./annual-inspection.publication.ts";
import type { ReportRow } from "./annual-inspection.row.ts";
import { correctionNotice, rectificationOrder } from "./annual-inspection.templates.ts";
import { concludeReport, publishReport, remedyOf, suggest, tellRegister, weighed } from "./outcome.ts";

function dutyOn(report: ReportRow, kind: DutyKind, due: string) {
  return {
    kind,
    home: report.home_code,
    division: report.division_code,
    subject: report.id,
    label: report.organisation_name,
    organisation: report.organisation_id,
    unit: report.unit_id,
    link: `/annual-inspection/${report.id}`,
    due,
  };
}

const correction = handle(requestCorrection)(async (input, given) => {
  const report = await reportToChange(given, input);
  const ctx = given as Context;
  const dueOn = addDays(
    ctx.today,
    Number(ctx.house.settings.on("annual.correction-days", ctx.today, report.division_code)),
  );
  const facts = { name: report.organisation_name, year: report.year, gaps: input.gaps, dueOn };
  const document = await issueDocument(ctx, {
    template: [correctionNotice],
    home: report.home_code,
    division: report.division_code,
    organisation: report.organisation_id,
    unit: report.unit_id,
    facts,
  });
  const after = await act(ctx, report, "request-correction", {
    patch: { correction_used: true, correction_due_on: dueOn, correction_gaps: input.gaps },
    record: { document: document.id, note: { gaps: input.gaps.length, dueOn } },
  });
  openDuties(ctx, [dutyOn(after, correctDuty, dueOn)]);
  ctx.journal("inspection-correction-requested", subjectOf(after), {
    year: after.year,
    gaps: input.gaps.length,
    dueOn,
  });
  return { ...acted(after), dueOn, documentId: document.id };
});

const concludeHandler = handle(conclude)(async (input, given) => {
  const report = await reportToChange(given, input);
  const ctx = given as Context;
  const findings = weighed(report, input.issues);
  const suggested = suggest(ctx, report, findings);
  if (suggested.conclusion !== input.conclusion && !input.reason)
    given.fail("annual-inspection/reason-needed", {
      conclusion: input.conclusion,
      suggested: suggested.conclusion,
      issues: findings.length,
    });
  const done = await concludeReport(ctx, report, input, findings, suggested.id);
  return {
    ...acted(done.report),
    conclusion: input.conclusion,
    suggested: suggested.conclusion,
    documentId: done.documentId,
    decisionId: suggested.id,
  };
});

const order = handle(orderRectification)(async (input, given) => {
  const report = await reportToChange(given, input);
  const ctx = given as Context;
  const latest = addMonths(
    ctx.today,
    Number(ctx.house.settings.on("annual.rectification-months", ctx.today, report.division_code)),
  );
  const dueOn = input.dueOn ?? latest;
  if (dueOn <= ctx.today || dueOn > latest)
    given.fail("annual-inspection/due-out-of-range", { dueOn, from: addDays(ctx.today, 1), to: latest });
  const facts = {
    name: report.organisation_name,
    kind: report.kind,
    year: report.year,
    conclusion: report.conclusion ?? ("basic" as const),
    items: input.items,
    dueOn,
    remedy: await remedyOf(ctx, report),
  };
  const document = await issueDocument(ctx, {
    template: [rectificationOrder],
    home: report.home_code,
    division: report.division_code,
    organisation: report.organisation_id,
    unit: report.unit_id,
    facts,
  });
  const after = await act(ctx, report, "order-rectification", {
    patch: {
      rectification_due_on: dueOn,
      rectification_items: input.items,
      rectification_document_id: document.id,
      rectification_reported_on: null,
    },
    record: { document: document.id, note: { items: input.items.length, dueOn } },
  });
  fulfilDuty(ctx, orderDuty, report.home_code, report.id);
  openDuties(ctx, [dutyOn(after, rectifyDuty, dueOn)]);
  ctx.journal("inspection-rectification-ordered", subjectOf(after), { year: after.year, dueOn });
  return { ...acted(after), dueOn, documentId: document.id };
});

const rectified = handle(reportRectification)(async (input, given) => {
  const report = await reportToChange(given, input);
  const ctx = given as Context;
  const late = report.rectification_due_on !== null && ctx.today > report.rectification_due_on;
  const after = await act(ctx, report, "report-rectification", {
    patch: { rectification_reported_on: ctx.today, rectification_text: input.text },
    record: { note: { late } },
  });
  fulfilDuty(ctx, rectifyDuty, report.home_code, report.id);
  cancelDuty(ctx, acceptDuty, report.home_code, report.id, "reported again");
  openDuties(ctx, [dutyOn(after, acceptDuty, addDays(ctx.today, 20))]);
  if (report.state === "rectification_overdue") await publishReport(ctx, after);
  ctx.journal("inspection-rectification-reported", subjectOf(after), { year: after.year, late });
  return acted(after);
});

const accept = handle(acceptRectification)(async (input, given) => {
  const report = await reportToChange(given, input);
  const ctx = given as Context;
  const after = await act(ctx, report, "accept-rectification", {
    patch: { rectified_on: ctx.today },
    record: { note: input.note ? { note: input.note } : {} },
  });
  fulfilDuty(ctx, acceptDuty, report.home_code, report.id);
  await publishReport(ctx, after);
  ctx.journal("inspection-rectification-accepted", subjectOf(after), { year: after.year });
  return acted(after);
});

const exempt = handle(exemptReport)(async (input, given) => {
  const report = await reportToChange(given, input);
  const ctx = given as Context;
  const after = await act(ctx, report, "exempt", {
    patch: { draft: null, draft_at: null },
    record: { note: { reason: input.reason } },
  });
  cancelDuty(ctx, reportDuty, report.home_code, report.id, input.reason);
  if (report.state === "overdue") {
    withdraw(ctx, conclusionCollection, [publicKey(report)]);
    await tellRegister(ctx, after, null);
  }
  ctx.journal("inspection-report-exempted", subjectOf(after), { year: after.year, reason: input.reason });
  return acted(after);
});

export const reviewHandlers = [correction, concludeHandler, order, rectified, accept, exempt];
