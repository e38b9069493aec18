import { addDays, daysBetween, yearOf } from "../../../kernel/clock/date.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import { ageOn, checkCitizenId } from "../../../kernel/identity/citizen-id.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { mask } from "../../../kernel/text/mask.ts";
import { sealFields, subjectsWith } from "../../../kernel/vault/fields.ts";
import { endOfficerTerm, listTerms, recordOfficer } from "../governance.contract.ts";
import { governanceRules } from "../governance.rules.ts";
import { leadershipRules } from "../leadership.rules.ts";
import { holdElection } from "../organisations.duties.ts";
import { living, type Status } from "../organisations.facts.ts";
import { loadForAct } from "./ending.handlers.ts";
import type { OfficerRow } from "./file.queries.ts";
import { endOfficer, findOfficer, insertOfficer, postsOf, termsPage } from "./governance.store.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { changeOrganisation, subjectOf } from "./register.ts";

const officerBars = leadershipRules[2];
const auditBeforeChange = governanceRules[6];

/** Field under which citizen numbers are sealed and looked up. */
const CITIZEN = "citizen_id";

/** What the register itself knows of a person's other posts, by digest; nothing but kinds and posts leaves the lookup. */
async function otherPosts(ctx: Context<never>, citizenId: string | undefined, self: string) {
  if (!citizenId) return [];
  const officers = await subjectsWith(ctx, CITIZEN, citizenId);
  const posts = await postsOf(ctx.tx, officers, ctx.today);
  return posts.filter((post) => post.organisation_id !== self && living.includes(post.status as Status));
}

/** The organisation's term of office follows the legal representative or the chair. */
function termPatch(
  row: OrganisationRow,
  post: string,
  name: string,
  from: string,
  to: string,
): Partial<OrganisationRow> | undefined {
  const leads = post === "legal_representative" || post === "chair";
  if (!leads || (row.term_to !== null && row.term_to >= to)) return undefined;
  return {
    term_from: from,
    term_to: to,
    ...(post === "legal_representative" && row.legal_representative === null ? { legal_representative: name } : {}),
  };
}

const record = handle(recordOfficer)(async (input, ctx) => {
  const row = await loadForAct(ctx, input.organisationId);
  if (!living.includes(row.status)) ctx.fail("organisations/not-alive", { name: row.name, status: row.status });
  if (input.termTo <= input.termFrom)
    ctx.fail("organisations/term-backwards", { from: input.termFrom, to: input.termTo });
  const citizen = input.citizenId ? checkCitizenId(input.citizenId) : undefined;
  if (citizen && !citizen.valid) ctx.fail("organisations/citizen-number", { problem: citizen.reason });
  const born = input.bornOn ?? citizen?.birth;
  const elsewhere = await otherPosts(ctx, citizen?.normalised, row.id);
  const represents = elsewhere.filter((post) => post.post === "legal_representative");
  const legalRepOf = [...input.legalRepresentativeOf, ...represents.map((post) => post.name)];
  const declared = input.declared ?? {};
  const { id: decisionId, decision } = decide(
    ctx,
    officerBars,
    {
      kind: row.kind,
      role: input.post,
      charity: row.is_charity,
      on: ctx.today,
      person: {
        age: born ? ageOn(born, input.termFrom) : undefined,
        full_civil_capacity: declared.fullCivilCapacity,
        deprived_political_rights_ever: declared.deprivedOfPoliticalRights,
        serving_civil_servant: input.civilServant,
        legal_rep_of: legalRepOf,
        legal_rep_of_social_group:
          represents.some((post) => post.kind === "social_group") || input.legalRepresentativeOf.length > 0,
        sentence_served_on: declared.sentenceServedOn,
        intentional_crime: declared.intentionalCrime,
        headed_revoked_organisation_on: declared.headedRevokedOrganisationOn,
        near_relative_of_director: declared.nearRelativeOfDirector,
        also_director: declared.alsoDirector,
        also_accountant: declared.alsoAccountant,
        terms_served: input.terms - 1,
      },
    },
    { subject: row.id, home: row.home_code, division: row.division_code },
  );
  const { bars } = decision.output;
  const refused = bars.filter((bar) => bar.effect === "refuse");
  if (refused.length > 0)
    ctx.fail("organisations/officer-barred", {
      name: input.name,
      bars: refused.map((bar) => bar.bar),
      articles: refused.flatMap((bar) => (bar.citation ? [`${bar.citation.document} ${bar.citation.article}`] : [])),
    });
  const warned = bars.filter((bar) => bar.effect === "warn").map((bar) => bar.bar);
  if (warned.length > 0 && !input.despiteWarnings)
    ctx.fail("organisations/officer-warned", { name: input.name, bars: warned });

  const officer: OfficerRow = {
    home_code: row.home_code,
    id: ctx.newId(),
    organisation_id: row.id,
    division_code: row.division_code,
    unit_id: row.unit_id,
    name: input.name,
    post: input.post,
    full_time: input.fullTime,
    civil_servant: input.civilServant,
    other_posts: input.otherPosts ?? null,
    born_year: born ? yearOf(born) : null,
    term_from: input.termFrom,
    term_to: input.termTo,
    terms: input.terms,
    bars_checked_on: ctx.today,
    bars: warned,
    decision_id: decisionId,
    left_on: null,
    version: 1,
  };
  await insertOfficer(ctx.tx, officer, ctx.now);
  const sealed = { home: row.home_code, division: row.division_code, organisation: row.id, subject: officer.id };
  sealFields(ctx, [
    ...(citizen
      ? [{ ...sealed, field: CITIZEN, value: citizen.normalised, masked: mask("citizen_id", citizen.normalised) }]
      : []),
    ...(input.phone ? [{ ...sealed, field: "phone", value: input.phone, masked: mask("phone", input.phone) }] : []),
  ]);
  const patch = termPatch(row, input.post, input.name, input.termFrom, input.termTo);
  if (patch) {
    await changeOrganisation(ctx, row, patch, ctx.today);
    fulfilDuty(ctx, holdElection, row.home_code, row.id);
    openDuties(ctx, [
      {
        kind: holdElection,
        home: row.home_code,
        division: row.division_code,
        subject: row.id,
        label: row.name,
        organisation: row.id,
        unit: row.unit_id,
        link: `/organisations/${row.id}`,
        due: addDays(input.termTo, -1),
      },
    ]);
  }
  ctx.journal("officer-recorded", subjectOf(row), { officer: officer.id, post: input.post, warnings: warned });
  return { officerId: officer.id, decisionId, warnings: warned };
});

const end = handle(endOfficerTerm)(async ({ officerId, leftOn, auditReport }, ctx) => {
  const officer = await findOfficer(ctx.tx, officerId);
  if (!officer) return ctx.fail("organisations/officer-not-found", { id: officerId });
  const row = await loadForAct(ctx, officer.organisation_id);
  if (leftOn > ctx.today || leftOn < officer.term_from)
    ctx.fail("organisations/date-out-of-range", { date: leftOn, from: officer.term_from, to: ctx.today });
  if (officer.post === "legal_representative") {
    const audit = decide(
      ctx,
      auditBeforeChange,
      { kind: row.kind, event: "change_legal_rep", audit_report: auditReport ?? false, on: ctx.today },
      { subject: row.id, home: row.home_code, division: row.division_code },
    );
    if (!audit.decision.output.allowed) ctx.fail("organisations/audit-missing", { name: row.name });
  }
  if (!(await endOfficer(ctx.tx, officer, leftOn))) ctx.fail("organisations/not-your-register", { name: row.name });
  ctx.journal("officer-left", subjectOf(row), { officer: officer.id, post: officer.post, leftOn });
  return { officerId, leftOn };
});

const terms = handle(listTerms)(async ({ before, after, limit }, ctx) => {
  const remind = Number(
    ctx.house.settings.on("leadership.remind-days", ctx.today, ctx.actor.division ?? ctx.actor.home),
  );
  const rows = await termsPage(
    ctx.tx,
    before ?? addDays(ctx.today, remind + 1),
    readCursor(after, ["day", "id"]),
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      organisationId: row.id,
      name: row.name,
      division: row.division_code,
      termTo: row.term_to,
      days: daysBetween(ctx.today, row.term_to),
    })),
    next: rows.length > limit && last ? writeCursor([last.term_to, last.id]) : null,
  };
});

export const officerHandlers = [record, end, terms] as const;
