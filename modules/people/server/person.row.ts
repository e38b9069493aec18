import type { Category } from "../people.shapes.ts";

/** A row of the table `person` (人员), as the database gives it. */
export interface PersonRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly recorded_division_code: string;
  readonly household_id: string | null;
  readonly name: string;
  readonly name_key: string;
  readonly sex: "female" | "male" | null;
  readonly born_on: string | null;
  readonly born_text: string | null;
  readonly id_kind: "citizen_id" | "residence_permit" | "passport" | "none";
  readonly id_flag: string | null;
  readonly living: "alone" | "with_spouse" | "with_children" | "with_others" | "institution" | "unknown";
  readonly categories: readonly Category[];
  readonly address: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly state: "present" | "moved" | "deceased" | "merged" | "withdrawn";
  readonly state_on: string | null;
  readonly came_from: string | null;
  readonly moved_to: string | null;
  readonly merged_into: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}
