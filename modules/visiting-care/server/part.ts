import type { z } from "zod";
import type { Context } from "../../../kernel/operation/context.ts";
import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import type { PersonEvents } from "../../people/server/index.ts";
import type { getPerson, recordVisit } from "../visits.contract.ts";

/** Something that happened on a visit, for those who follow it up (探访后续): referrals, reminders of supporters. */
export interface VisitDone {
  readonly id: string;
  readonly personId: string;
  readonly home: string;
  readonly division: string;
  readonly label: string;
  readonly counts: boolean;
  readonly input: z.output<typeof recordVisit.input>;
}

/** What one part of the room brings (模块分部): the module gathers them, so that a part is one line there. */
export interface CarePart
  extends Pick<
    HouseModule,
    "handlers" | "duties" | "indicators" | "recounts" | "jobs" | "templates" | "feeds" | "procedures" | "guards"
  > {
  /** Called inside `record-visit`, before its effects; not for the same visit twice. */
  readonly visited?: (ctx: Context, visit: VisitDone) => void | Promise<void>;
  /** Emergencies and referrals of the page of a person, asked for before anything is known of the person. */
  readonly onPage?: (
    ctx: Context,
    person: string,
  ) => Promise<Partial<Pick<z.output<typeof getPerson.output>, "emergencies" | "referrals">>>;
  readonly events?: PersonEvents;
}
