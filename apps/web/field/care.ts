import type { z } from "zod";
import type * as people from "../../../modules/people/index.ts";
import type * as care from "../../../modules/visiting-care/index.ts";

export type Category = people.Category;
export type Living = z.output<typeof people.living>;
export type Sex = z.output<typeof people.sex>;
export type ContactKind = z.output<typeof people.contactKind>;
export type Mode = z.output<typeof care.mode>;
export type Met = z.output<typeof care.met>;
export type Risk = z.output<typeof care.risk>;
export type FindingCode = z.output<typeof care.findingCode>;
export type FindingLevel = z.output<typeof care.findingLevel>;
export type Need = z.output<typeof care.need>;
export type Place = z.output<typeof care.place>;
export type EmergencyFound = z.output<typeof care.emergencyFound>;
export type EmergencyStep = z.output<typeof care.emergencyStep>;

/** Type of the records a phone holds about people in care. */
export const CARE_PERSON = "care-person";

export interface Contact {
  readonly id: string;
  readonly kind: ContactKind;
  readonly name: string;
  readonly relation: string;
  readonly phone: string | null;
}

export interface PastVisit {
  readonly id: string;
  readonly at: string;
  readonly mode: Mode;
  readonly met: Met;
  readonly counts: boolean;
  readonly worker: string;
}

export interface Finding {
  readonly code: FindingCode;
  readonly level: FindingLevel;
}

/** One person in care as the phone knows them (手机上的探访对象): the body of a `care-person` record. */
export interface CarePerson {
  readonly id: string;
  readonly personId: string;
  readonly home: string;
  readonly division: string;
  readonly divisionName: string;
  readonly name: string;
  readonly sex: Sex | null;
  readonly age: number | null;
  readonly categories: readonly Category[];
  readonly risk: Risk;
  readonly modes: readonly Mode[];
  readonly frequency: { readonly per: "week" | "month" | "quarter"; readonly min: number } | null;
  readonly state: string;
  readonly address: string;
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  readonly contacts: readonly Contact[];
  readonly phone: string | null;
  readonly lastVisits: readonly PastVisit[];
  readonly dutyDueOn: string | null;
  readonly dutyPlannedOn: string | null;
  readonly visitedThisMonth: boolean;
  /** What was found at the last visit that reached somebody. */
  readonly findingsOpen: readonly FindingCode[];
  readonly mine: boolean;
}

/** What a list shows of a person (名单摘要), kept together so that a list of thousands opens one sealed piece. */
export interface Summary {
  readonly recordId: string;
  readonly personId: string;
  readonly name: string;
  readonly age: number | null;
  readonly sex: Sex | null;
  readonly division: string;
  readonly divisionName: string;
  readonly address: string;
  readonly risk: Risk;
  readonly state: string;
  readonly phone: string | null;
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  readonly dueOn: string | null;
  readonly plannedOn: string | null;
  /** Month in which the server knew a valid visit, "YYYY-MM"; a new month makes it history by itself. */
  readonly visitedMonth: string | null;
  readonly lastVisitAt: string | null;
  readonly findings: number;
  readonly mine: boolean;
}

/** The list entry of a person, found again by the id of the record; `month` is the month in which the body was read. */
export function summaryOf(recordId: string, body: CarePerson, month: string): Summary {
  return {
    recordId,
    personId: body.personId,
    name: body.name,
    age: body.age,
    sex: body.sex,
    division: body.division,
    divisionName: body.divisionName,
    address: body.address,
    risk: body.risk,
    state: body.state,
    phone: body.phone,
    place: body.place,
    dueOn: body.dutyDueOn,
    plannedOn: body.dutyPlannedOn,
    visitedMonth: body.visitedThisMonth ? month : null,
    lastVisitAt: body.lastVisits[0]?.at ?? null,
    findings: body.findingsOpen.length,
    mine: body.mine,
  };
}
