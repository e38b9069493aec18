import { CalendarUnknownError } from "../../../kernel/clock/calendar.ts";
import { addDays } from "../../../kernel/clock/date.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import type { Procedure } from "../../../kernel/procedure/define.ts";
import { findInstance, type Instance, type StepRecord, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { establishmentRules } from "../establishment.rules.ts";
import { answerApplication, decideApplication } from "../organisations.duties.ts";
import { type ApplicationRow, findApplication, saveApplication } from "./applications.store.ts";
import { runningNow } from "./file.queries.ts";
import { guards, procedureById } from "./guards.ts";

const deadline = establishmentRules[3];

/** An application with its procedure, as an act needs it. */
export interface Case {
  readonly application: ApplicationRow;
  readonly instance: Instance;
  readonly procedure: Procedure;
}

/** Codes every act on an application may refuse with. */
type CaseCode = "organisations/application-not-found";

/** Loads an application with its running procedure, under the actor's own scope. */
export async function loadCase(ctx: Context<CaseCode>, id: string): Promise<Case> {
  const application = await findApplication(ctx.tx, id);
  if (!application) return ctx.fail("organisations/application-not-found", { id });
  const instance = await findInstance(ctx.tx, application.instance_id);
  const procedure = instance ? procedureById(instance.procedure) : undefined;
  if (!instance || !procedure) return ctx.fail("organisations/application-not-found", { id });
  return { application, instance, procedure };
}

/** Takes an act of the application's procedure with its guard. */
export async function act(ctx: Context<never>, given: Case, name: string, record: StepRecord = {}): Promise<Instance> {
  return takeTransition(ctx, given.procedure, name, given.instance, record, guards[`${given.procedure.id}/${name}`]);
}

/** Writes an application or says that it is another register's. */
export async function save(ctx: Context<"organisations/not-your-register">, row: ApplicationRow): Promise<void> {
  if (!(await saveApplication(ctx.tx, row))) ctx.fail("organisations/not-your-register", { name: row.name });
}

/**
 * Working days as long as the calendar knows them; beyond it the literal days, which end earlier and so never late
 * (节假日未知时从严).
 */
export function workingDaysAfter(ctx: Context<never>, date: string, days: number): string {
  try {
    return ctx.house.calendar().addWorkingDays(date, days);
  } catch (error) {
    if (error instanceof CalendarUnknownError) return addDays(date, days);
    throw error;
  }
}

/** The last day to answer a submitted application (告知期限): five working days, a dated setting. */
export function answerBy(ctx: Context<never>, application: ApplicationRow, submitted: string): string {
  const days = Number(
    ctx.house.settings.on("organisations.correction-working-days", submitted, application.division_code),
  );
  return workingDaysAfter(ctx, submitted, days);
}

const LICENCE_DAYS = 20;

/** By when an accepted application is decided (决定期限): setting up by rule, the rest in 20 working days (行政许可法 42). */
export function decideBy(
  ctx: Context<never>,
  application: ApplicationRow,
  accepted: string,
): { by: string; decision?: string } {
  if (application.purpose !== "registration") return { by: workingDaysAfter(ctx, accepted, LICENCE_DAYS) };
  const charity = application.facts.charity === true;
  try {
    const { id, decision } = decide(
      ctx,
      deadline,
      { kind: charity ? "charity" : application.kind, all_documents_received: accepted },
      { subject: application.id, home: application.home_code, division: application.division_code },
    );
    const by = decision.output.adjusted_for_holiday ?? decision.output.decide_by;
    if (by) return { by, decision: id };
  } catch (error) {
    if (!(error instanceof CalendarUnknownError)) throw error;
  }
  return { by: addDays(accepted, charity ? 30 : 60) };
}

/** Where an application is worked on. */
export function linkOf(application: Pick<ApplicationRow, "id">): string {
  return `/applications/${application.id}`;
}

/** The registrar's clock after an application came in (告知期限待办). */
export function awaitAnswer(ctx: Context<never>, application: ApplicationRow, due: string): void {
  openDuties(ctx, [
    {
      kind: answerApplication,
      home: application.home_code,
      division: application.division_code,
      subject: application.id,
      label: application.name,
      organisation: application.organisation_id,
      unit: application.unit_id,
      link: linkOf(application),
      due,
    },
  ]);
}

/** The registrar's clock after acceptance (决定期限待办). */
export function awaitDecision(ctx: Context<never>, application: ApplicationRow, due: string): void {
  fulfilDuty(ctx, answerApplication, application.home_code, application.id);
  openDuties(ctx, [
    {
      kind: decideApplication,
      home: application.home_code,
      division: application.division_code,
      subject: application.id,
      label: application.name,
      organisation: application.organisation_id,
      unit: application.unit_id,
      link: linkOf(application),
      due,
    },
  ]);
}

/** What a journal entry about an application points to. */
export function applicationSubject(application: ApplicationRow) {
  return { kind: "application", id: application.id, home: application.home_code, division: application.division_code };
}

/** The receipt number applicants get (申请回执号). */
export function receiptOf(today: string, id: string): string {
  return `SQ${today.replaceAll("-", "")}${id.replaceAll("-", "").slice(-8).toUpperCase()}`;
}

/** Of two that begin the same procedure over one organisation at the same moment, one is refused (同时启动只成其一). */
export function onlyOne(
  ctx: Context<never>,
  procedure: string,
  row: { readonly home_code: string; readonly id: string; readonly name: string },
  code: string,
): void {
  ctx.later(async (tx) => {
    if ((await runningNow(tx, procedure, row.home_code, row.id)) > 1) throw new Refusal(code, 409, { name: row.name });
  });
}
