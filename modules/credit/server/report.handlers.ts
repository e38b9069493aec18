import { formatDate } from "../../../kernel/clock/date.ts";
import { issueDocument } from "../../../kernel/document/issue.ts";
import { render } from "../../../kernel/document/layout.ts";
import { fillTemplate } from "../../../kernel/document/template.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { loadOrganisation } from "../../organisations/server/index.ts";
import { effects, type LocalClass, type NationalClass } from "../credit.catalogue.ts";
import { words } from "../credit.words.ts";
import { type ReportFacts, reportTemplate } from "../documents.templates.ts";
import { documents } from "../documents.words.ts";
import { report } from "../reading.contract.ts";
import { writes } from "./access.ts";
import { authorityName } from "./credit.documents.ts";
import { countsOf, listListings, listRecords } from "./credit.queries.ts";

const day = (date: string | null) => (date ? formatDate(date, "zh") : "");

/** Standing entries, and those removed or moved: a withdrawn one never was. */
const shown = ["listed", "removal-applied", "removal-verified", "removed", "moved"];

const reportHandler = handle(report)(async (input, ctx) => {
  const organisation = await loadOrganisation(ctx.tx, input.organisationId);
  if (!organisation) return ctx.fail("credit/organisation-not-found", { organisation: input.organisationId });
  if (ctx.actor.scope.kind === "staff" && !writes(ctx.actor, organisation.home_code)) {
    return ctx.fail("credit/not-your-register", { organisation: organisation.id });
  }
  const { zh } = words;
  const { rows: labels } = documents.zh.report;
  const kept = await listRecords(ctx.tx, { organisationId: organisation.id, state: "entered", limit: 200 }, ctx.today);
  // A report may be shown to anybody: only what is public and still valid stands in it.
  const open = kept.rows.filter((row) => row.public && (row.valid_to === null || row.valid_to > ctx.today));
  const found = await listListings(ctx.tx, { organisationId: organisation.id, limit: 200 });
  const listing = organisation.listing === "none" ? null : organisation.listing;
  const authority = await authorityName(ctx, organisation.home_code);
  const facts: ReportFacts = {
    on: day(ctx.today),
    name: organisation.name,
    basics: [
      [labels.name, organisation.name],
      [labels.code, organisation.credit_code],
      [labels.kind, zh.kinds[organisation.kind]],
      [labels.status, zh.statuses[organisation.status]],
      [labels.registeredOn, organisation.registered_on ? day(organisation.registered_on) : null],
      [labels.authority, organisation.registration_authority ?? authority],
      [labels.unit, organisation.unit_name],
      [
        labels.grade,
        organisation.grade ? zh.grade({ grade: organisation.grade, to: day(organisation.grade_to) }) : null,
      ],
      [
        labels.inspection,
        organisation.inspection_year && organisation.inspection_conclusion
          ? zh.inspection({ year: organisation.inspection_year, conclusion: organisation.inspection_conclusion })
          : null,
      ],
    ],
    standing: listing ? zh.standing({ list: zh.lists[listing], since: day(organisation.listed_on) }) : null,
    effects: listing ? effects[listing].map((one) => zh.effects[one]) : [],
    counts: (await countsOf(ctx.tx, organisation.id)).map((row) => [
      zh.bothClasses({
        national: zh.classes[row.class as NationalClass],
        local: zh.localClasses[row.local_class as LocalClass],
      }),
      String(row.n),
    ]),
    records: open.map((row) => [
      zh.classes[row.class],
      row.title,
      row.authority,
      day(row.formed_on),
      row.valid_to ? day(row.valid_to) : "",
    ]),
    listings: found.rows
      .filter((row) => shown.includes(row.state) && row.adds_to === null)
      .map((row) => [
        zh.lists[row.list],
        row.ground_text,
        row.ended_on ? zh.fromTo({ from: day(row.listed_on), to: day(row.ended_on) }) : day(row.listed_on),
        row.decision_number ?? "",
      ]),
  };
  const issued = await issueDocument(ctx, {
    template: [reportTemplate],
    facts,
    home: organisation.home_code,
    division: organisation.division_code,
    organisation: organisation.id,
    unit: organisation.unit_id,
  });
  const body = await render(
    fillTemplate(reportTemplate, facts, {
      authority,
      number: issued.number,
      issuedOn: ctx.today,
      verification: { code: issued.verificationCode, url: `${ctx.house.baseUrl}/verify/${issued.verificationCode}` },
      specimen: ctx.house.demo,
    }),
  );
  ctx.journal(
    "credit report issued",
    { kind: "organisation", id: organisation.id, home: organisation.home_code, division: organisation.division_code },
    { document: issued.id, number: issued.number },
  );
  return {
    fileName: `${documents.zh.report.title}-${organisation.credit_code ?? organisation.id}.pdf`,
    contentType: "application/pdf",
    body,
  };
});

export const reportHandlers = [reportHandler];
