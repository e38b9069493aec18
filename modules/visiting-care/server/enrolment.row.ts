import type { z } from "zod";
import type { Category } from "../../people/index.ts";
import type { closeGround, enrolmentState, mode, risk } from "../visiting-care.shapes.ts";

/** A row of the table `care_enrolment` (探访对象), as the database gives it. */
export interface EnrolmentRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly person_id: string;
  readonly alias_ids: readonly string[];
  readonly closed_no: number;
  readonly name: string;
  readonly name_key: string;
  readonly sex: "female" | "male" | null;
  readonly born_on: string | null;
  readonly living: "alone" | "with_spouse" | "with_children" | "with_others" | "institution" | "unknown";
  readonly categories: readonly Category[];
  readonly class_key: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly state: z.output<typeof enrolmentState>;
  readonly risk: z.output<typeof risk>;
  readonly modes: readonly z.output<typeof mode>[];
  readonly per: "week" | "month" | "quarter";
  readonly min_visits: number;
  readonly worker_id: string | null;
  readonly worker_name: string | null;
  readonly stand_in_id: string | null;
  readonly stand_in_name: string | null;
  readonly proposed_on: string | null;
  readonly reason: string | null;
  readonly campaign_id: string | null;
  /** Sealed. */
  readonly agreed_by: string | null;
  readonly agreed_on: string | null;
  readonly evidence_id: string | null;
  readonly first_enrolled_on: string | null;
  readonly enrolled_on: string | null;
  readonly refused_on: string | null;
  /** Sealed. */
  readonly refused_by: string | null;
  readonly refused_reason: string | null;
  readonly ask_again_on: string | null;
  readonly reassess_on: string | null;
  readonly closed_on: string | null;
  readonly closed_ground: z.output<typeof closeGround> | null;
  readonly merged_into: string | null;
  readonly last_visit_sort: Date;
  readonly last_visit_id: string | null;
  readonly last_visit_by: string | null;
  readonly last_visit_device: string | null;
  readonly last_mark: string;
  readonly next_due_on: string | null;
  readonly decision_id: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Nobody was visited before this instant: it stands for "never" where a column must sort (从未探访). */
export const never = new Date("1900-01-01T00:00:00Z");
