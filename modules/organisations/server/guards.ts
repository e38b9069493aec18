import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Actor } from "../../../kernel/operation/context.ts";
import type { Role } from "../../../kernel/operation/define.ts";
import type { Procedure } from "../../../kernel/procedure/define.ts";
import type { Guard, Instance, Missing } from "../../../kernel/procedure/procedure.ts";
import {
  change,
  communityFiling,
  deregistration,
  registration,
  revocation,
  suspension,
} from "../organisations.procedures.ts";
import { type ApplicationRow, applicationOfInstance } from "./applications.store.ts";

/** Papers the law asks for by purpose and kind (应交材料). */
export function requiredPapers(application: Pick<ApplicationRow, "purpose" | "kind" | "facts">): string[] {
  if (application.purpose === "change") return ["application", "minutes"];
  if (application.purpose === "deregistration") return ["application", "liquidation-report"];
  const direct = application.facts.directRegistration === true;
  return [
    "application",
    ...(direct ? [] : ["consent"]),
    "capital",
    "premises",
    "identities",
    "charter",
    ...(application.kind === "social_group" ? ["members"] : []),
  ];
}

/** Papers that are not there yet. The unit's recorded consent is the consent paper. */
export function missingPapers(
  application: Pick<ApplicationRow, "purpose" | "kind" | "facts">,
  consented: boolean,
): string[] {
  const handed = new Set(((application.facts.evidence ?? []) as { paper?: string }[]).map((one) => one.paper));
  if (consented) handed.add("consent");
  return requiredPapers(application).filter((paper) => !handed.has(paper));
}

async function ofInstance(tx: Tx, instance: Instance): Promise<ApplicationRow> {
  const application = await applicationOfInstance(tx, instance.id);
  if (!application) throw new Error(`procedure ${instance.id} runs on no application`);
  return application;
}

const toUnit: Guard = async ({ tx, instance }) => {
  const application = await ofInstance(tx, instance);
  if (application.facts.directRegistration === true) return [{ code: "organisations/registers-directly" }];
  return application.unit_id || application.facts.unitName ? [] : [{ code: "organisations/unit-missing" }];
};

const direct: Guard = async ({ tx, instance }) =>
  (await ofInstance(tx, instance)).facts.directRegistration === true
    ? []
    : [{ code: "organisations/needs-unit-consent" }];

const complete: Guard = async ({ tx, instance }) => {
  const application = await ofInstance(tx, instance);
  return missingPapers(application, instance.data.consentedOn !== undefined).map(
    (paper): Missing => ({ code: "organisations/paper-missing", facts: { paper } }),
  );
};

const onceInTime: Guard = async ({ today, instance }) => {
  const out: Missing[] = [];
  if (instance.data.corrected === true) out.push({ code: "organisations/gaps-told-once" });
  const answerBy = instance.data.answerBy;
  if (typeof answerBy === "string" && today > answerBy)
    out.push({ code: "organisations/deemed-accepted", facts: { answerBy } });
  return out;
};

/** Statement and defence come first: decided after the window, or once the organisation has spoken. */
const heard: Guard = async ({ today, instance }) => {
  const hearUntil = instance.data.hearUntil;
  if (instance.state === "stated" || typeof hearUntil !== "string" || today > hearUntil) return [];
  return [{ code: "organisations/still-to-be-heard", facts: { hearUntil } }];
};

const sanctionIs =
  (wanted: string): Guard =>
  async (given) => [
    ...(await heard(given)),
    ...(given.instance.data.sanction === wanted
      ? []
      : [{ code: "organisations/other-sanction", facts: { sanction: given.instance.data.sanction } }]),
  ];

/** What must be there before an act, by `procedure/transition` (办理条件). */
export const guards: Readonly<Record<string, Guard>> = {
  "organisations.registration/send-to-unit": toUnit,
  "organisations.registration/submit": direct,
  "organisations.registration/accept": complete,
  "organisations.registration/request-corrections": onceInTime,
  "organisations.change/accept": complete,
  "organisations.change/request-corrections": onceInTime,
  "organisations.deregistration/accept": complete,
  "organisations.deregistration/request-corrections": onceInTime,
  "organisations.revocation/annul": sanctionIs("annulled"),
  "organisations.revocation/revoke": sanctionIs("revoked"),
};

const known = new Map<string, Procedure>(
  ([registration, change, deregistration, suspension, revocation, communityFiling] as readonly Procedure[]).map(
    (one) => [one.id, one],
  ),
);

/** A procedure of this module by id. */
export function procedureById(id: string): Procedure | undefined {
  return known.get(id);
}

/** Why a role may not begin something; the page greys the button with it. */
export function roleObstacle(actor: Actor, who: readonly Role[]): Missing[] {
  return actor.role === "system" || who.includes(actor.role)
    ? []
    : [{ code: "procedure/wrong-role", facts: { roles: who } }];
}
