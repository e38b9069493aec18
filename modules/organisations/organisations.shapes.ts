import { z } from "zod";
import { date, division, facts, fen, id, instant, optionalText, text } from "../../kernel/operation/shapes.ts";
import { grades, kinds, listings, partyStates, statuses } from "./organisations.facts.ts";

/** Shapes of the register that several operations share (共用形状). */

export const kind = z.enum(kinds);
export const status = z.enum(statuses);
export const grade = z.enum(grades);
export const listing = z.enum(listings);
export const partyState = z.enum(partyStates);

/** A doubt kept with a record, or a finding about a line of a sheet. */
export const flag = z.object({ code: z.string(), facts: facts.optional() });

/** One line of the register list. */
export const organisationLine = z.object({
  id,
  home: z.string(),
  division: z.string(),
  name: z.string(),
  creditCode: z.string().nullable(),
  codeFlag: z.string().nullable(),
  kind,
  status,
  registeredOn: date.nullable(),
  establishedText: z.string().nullable(),
  unitName: z.string().nullable(),
  legalRepresentative: z.string().nullable(),
  fundsFen: fen.nullable(),
  grade: grade.nullable(),
  listing,
  listedOn: date.nullable(),
  inspectionYear: z.int().nullable(),
  inspectionConclusion: z.string().nullable(),
  flags: z.array(flag),
});
export type OrganisationLine = z.infer<typeof organisationLine>;

/** Everything the register states about an organisation (登记事项), handbook appendix F. */
export const organisationFacts = organisationLine.extend({
  recordedDivision: z.string(),
  registrationAuthority: z.string().nullable(),
  certificateFrom: date.nullable(),
  certificateTo: date.nullable(),
  validityText: z.string().nullable(),
  unitId: id.nullable(),
  directRegistration: z.boolean(),
  sectorDepartment: z.string().nullable(),
  domicileDivision: z.string().nullable(),
  domicile: z.string().nullable(),
  scope: z.string().nullable(),
  activityArea: z.string().nullable(),
  fundsText: z.string().nullable(),
  membersIndividual: z.int().nullable(),
  membersUnit: z.int().nullable(),
  termFrom: date.nullable(),
  termTo: date.nullable(),
  charterVersion: z.int(),
  partyOrganisation: partyState,
  partyRequired: z.boolean(),
  partyMembers: z.int().nullable(),
  employees: z.int().nullable(),
  charity: z.boolean(),
  charityOn: date.nullable(),
  fundraisingQualified: z.boolean(),
  fundraisingOn: date.nullable(),
  gradeFrom: date.nullable(),
  gradeTo: date.nullable(),
  filingNumber: z.string().nullable(),
  filingOffice: z.string().nullable(),
  sponsor: z.string().nullable(),
  sealFiledOn: date.nullable(),
  bankFiledOn: date.nullable(),
  version: z.int(),
});
export type OrganisationFacts = z.infer<typeof organisationFacts>;

/** What a registered organisation states about itself and may apply to change (登记事项变更). */
export const changeable = z
  .object({
    name: text(200),
    domicile: text(500),
    domicileDivision: division,
    legalRepresentative: text(100),
    scope: text(4000),
    activityArea: text(500),
    fundsFen: fen.min(0),
    unitName: text(200),
    sectorDepartment: text(200),
  })
  .partial();
export type Changeable = z.infer<typeof changeable>;

/** A citation as it stands in answers. */
export const citation = z.object({
  document: z.string(),
  number: z.string().optional(),
  article: z.string(),
  item: z.string().optional(),
  effectiveFrom: z.string(),
  effectiveTo: z.string().optional(),
});

/** Something missing before an act may happen; its sentence stands in the words. */
export const missing = z.object({ code: z.string(), facts: facts.optional() });

/** One act a reader may see as a button: without obstacles it may be done now. */
export const act = z.object({
  act: z.string(),
  operation: z.string(),
  legalEffect: z.boolean(),
  law: z.array(citation),
  obstacles: z.array(missing),
});

/** One thing that happened (时间线), newest last; each leads to its document, decision and law. */
export const happening = z.object({
  at: instant,
  on: date,
  source: z.enum(["step", "version", "document", "journal", "listing", "name", "meeting", "charter", "decision"]),
  what: z.string(),
  actor: z.string().nullable(),
  facts,
  law: z.array(citation),
  documentId: id.nullable(),
  decisionId: id.nullable(),
  procedureId: id.nullable(),
  version: z.int().nullable(),
});
export type Happening = z.infer<typeof happening>;

export { date, division, facts, fen, id, instant, optionalText, text };
