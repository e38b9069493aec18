import type { OutputOf } from "../../../apps/web/ui/act-form.tsx";
import type { Fact } from "../../../apps/web/ui/facts.tsx";
import { showDate, showYuan } from "../../../apps/web/ui/format.ts";
import { named } from "../../../apps/web/ui/naming.ts";
import { StatusWord } from "../../../apps/web/ui/status-word.tsx";
import type { Locale } from "../../../kernel/text/words.ts";
import type { getOrganisation } from "../organisations.contract.ts";
import { ListingOf, StatusOf } from "./labels.tsx";
import type { words } from "./organisations.web.words.ts";

/** Facts of an organisation in the order of the certificate and the register (登记事项). */
export function factItems(file: OutputOf<typeof getOrganisation>, w: (typeof words)["zh"], locale: Locale): Fact[] {
  const one = file.organisation;
  const missing = new Set(file.missingFacts);
  const date = (value: string | null) => (value ? showDate(value, locale) : null);
  const period = (from: string | null, to: string | null) =>
    from || to ? w.facts.fromTo({ from: date(from) ?? w.file.unknownDate, to: date(to) ?? w.file.to }) : null;
  const needed = (field: string) =>
    missing.has(field) || missing.has(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
  const community = one.kind === "community_organisation";
  const items: Fact[] = [
    { term: w.facts.name, value: one.name },
    {
      term: w.facts.creditCode,
      value: one.creditCode && (
        <>
          <span className="code">{one.creditCode}</span>{" "}
          {one.codeFlag && <StatusWord tone="soon">{w.facts.codeFailing}</StatusWord>}
        </>
      ),
      required: !community,
    },
    { term: w.facts.kind, value: w.kinds[one.kind] },
    { term: w.facts.status, value: <StatusOf status={one.status} /> },
    {
      term: w.facts.registeredOn,
      value: date(one.registeredOn) ?? one.establishedText,
      required: !community || needed("registeredOn"),
    },
    {
      term: w.facts.legalRepresentative,
      value: one.legalRepresentative,
      required: !community || needed("legalRepresentative"),
    },
    { term: w.facts.registrationAuthority, value: one.registrationAuthority },
    {
      term: w.facts.unitName,
      value: one.directRegistration ? w.facts.direct : one.unitName,
      required: needed("unitName"),
    },
    { term: w.facts.domicile, value: one.domicile, required: true },
    {
      term: w.facts.fundsFen,
      value: one.fundsFen === null ? one.fundsText : showYuan(one.fundsFen),
      required: needed("fundsFen"),
    },
    { term: w.facts.certificate, value: period(one.certificateFrom, one.certificateTo) ?? one.validityText },
    { term: w.facts.term, value: period(one.termFrom, one.termTo), required: needed("termTo") },
    {
      term: w.facts.charterVersion,
      value: one.charterVersion > 0 ? w.file.version({ version: one.charterVersion }) : null,
    },
    { term: w.facts.party, value: w.party[one.partyOrganisation] },
    { term: w.facts.employees, value: one.employees },
    {
      term: w.facts.members,
      value:
        one.membersIndividual === null && one.membersUnit === null
          ? null
          : w.facts.membersText({ individual: one.membersIndividual ?? 0, unit: one.membersUnit ?? 0 }),
    },
    {
      term: w.facts.charity,
      value: one.charity && (one.charityOn ? w.facts.since({ date: showDate(one.charityOn, locale) }) : w.filters.yes),
    },
    {
      term: w.facts.fundraising,
      value:
        one.fundraisingQualified &&
        (one.fundraisingOn ? w.facts.since({ date: showDate(one.fundraisingOn, locale) }) : w.filters.yes),
    },
    {
      term: w.facts.grade,
      value: one.grade && [one.grade, period(one.gradeFrom, one.gradeTo)].filter(Boolean).join(" "),
    },
    { term: w.facts.listing, value: <ListingOf listing={one.listing} since={one.listedOn} /> },
    {
      term: w.facts.inspection,
      value:
        one.inspectionYear &&
        one.inspectionConclusion &&
        w.inspectionOf({ year: one.inspectionYear, conclusion: named(w.conclusions, one.inspectionConclusion) }),
    },
    { term: w.facts.seal, value: date(one.sealFiledOn) },
    { term: w.facts.bank, value: date(one.bankFiledOn) },
    { term: w.facts.division, value: one.division },
    ...(community
      ? [
          { term: w.facts.filingNumber, value: one.filingNumber, required: true },
          { term: w.facts.filingOffice, value: one.filingOffice },
          { term: w.facts.sponsor, value: one.sponsor },
        ]
      : []),
    { term: w.facts.scope, value: one.scope, required: needed("scope"), wide: true },
  ];
  if (one.flags.length > 0) {
    items.push({
      term: w.facts.flags,
      wide: true,
      value: one.flags.map((flag) => (
        <StatusWord key={flag.code} tone="soon">
          {named(w, flag.code)}
        </StatusWord>
      )),
    });
  }
  return items;
}
