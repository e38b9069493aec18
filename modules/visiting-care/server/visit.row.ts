import type { z } from "zod";
import type { findingCode, findingLevel, met, mode } from "../visiting-care.shapes.ts";

/** Something doubtful about a visit (疑点): a code and its facts. */
export interface Flag {
  readonly code: string;
  readonly facts: Record<string, unknown>;
}

/** A row of the table `care_visit` (探访记录), as the database gives it. */
export interface VisitRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly recorded_division_code: string;
  readonly enrolment_id: string;
  readonly person_id: string;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly month: string;
  readonly mode: z.output<typeof mode>;
  readonly met: z.output<typeof met>;
  readonly counts: boolean;
  readonly parallel: boolean;
  readonly worker_id: string | null;
  readonly worker_name: string;
  readonly findings: { code: z.output<typeof findingCode>; level: z.output<typeof findingLevel> }[];
  /** Sealed under `care_visit/<id>/note`. */
  readonly note: string | null;
  readonly supporter_reminder: boolean;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly accuracy: number | null;
  readonly photo_ids: string[];
  readonly voice_id: string | null;
  readonly signature_id: string | null;
  readonly flags: Flag[];
  readonly offline: boolean;
  readonly device_id: string | null;
  readonly rule_version: string;
  readonly decision_id: string | null;
  readonly voided_on: string | null;
  readonly void_reason: string | null;
  readonly voided_by: string | null;
}

/** A row of the table `care_mark` (月度探访标记). */
export interface MarkRow {
  readonly home_code: string;
  readonly person_id: string;
  readonly month: string;
  readonly division_code: string;
  readonly recorded_division_code: string;
  readonly enrolment_id: string;
  readonly visit_id: string;
  readonly base: boolean;
  readonly left_after: boolean;
}
