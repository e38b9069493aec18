import { duties } from "../visiting-care.duties.ts";
import { indicators } from "../visiting-care.indicators.ts";
import { enrolHandlers } from "./enrol.handlers.ts";
import { careEvents } from "./events.ts";
import { careFeed } from "./feed.ts";
import type { CarePart } from "./part.ts";
import { peopleHandlers } from "./people.handlers.ts";
import { planHandlers, planJobs } from "./plan.handlers.ts";
import { rateHandlers } from "./rate.handlers.ts";
import { recordVisitHandlers } from "./record-visit.ts";
import { recounts } from "./recounts.ts";
import { voidHandlers } from "./void-visit.ts";

/** Visits and enrolment (探访与纳入); `others` hear of every visit and add to a person's page. */
export function carePart(others: readonly CarePart[]): CarePart {
  return {
    handlers: [
      ...enrolHandlers,
      ...planHandlers,
      ...recordVisitHandlers(others),
      ...voidHandlers,
      ...peopleHandlers(others),
      ...rateHandlers,
    ],
    duties,
    indicators,
    recounts,
    jobs: planJobs,
    feeds: [careFeed],
    events: careEvents,
  };
}
