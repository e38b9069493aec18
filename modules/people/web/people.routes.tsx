import { call } from "../../../apps/web/client.ts";
import { type ActInWords, inBoth, type WebModule } from "../../../apps/web/web-module.ts";
import type { Locale } from "../../../kernel/text/words.ts";
import { confirmArrival, get, list, recordCensus } from "../people.contract.ts";
import { words as moduleWords } from "../people.words.ts";
import { words } from "./people.web.words.ts";

const both = inBoth(words);

/** A death reported from a phone, for the officer who settles what could not be written. */
function death(input: Readonly<Record<string, unknown>>, locale: Locale): ActInWords {
  const w = words[locale];
  const id = String(input.id ?? "");
  return {
    facts: [
      { term: w.fields.on, value: String(input.on ?? "") },
      { term: w.fields.source, value: String(input.source ?? "") },
    ],
    labels: w.fields,
    to: `/people/${id}`,
    whose: async (signal: AbortSignal) => (await call(get, { id }, { signal })).name,
  };
}

/** Pages of the register of people (人员). */
export const peopleWeb: WebModule = {
  id: "people",
  routes: [
    { path: "people", lazy: () => import("./people-list.page.tsx") },
    { path: "people/new", lazy: () => import("./person-new.page.tsx") },
    { path: "people/pairs", lazy: () => import("./pairs.page.tsx") },
    { path: "people/arrivals", lazy: () => import("./arrivals.page.tsx") },
    { path: "people/compare/:one/:other", lazy: () => import("./compare.page.tsx") },
    { path: "people/:id", lazy: () => import("./person-file.page.tsx") },
  ],
  pages: [
    { work: "people", to: "/people", title: both((w) => w.list.title), who: ["officer"] },
    { work: "people", to: "/people/pairs", title: both((w) => w.pairs.title), who: ["officer"] },
    { work: "people", to: "/people/arrivals", title: both((w) => w.arrivals.title), who: confirmArrival.who },
    { work: "mine", to: "/people", title: both((w) => w.list.title), who: ["worker"] },
    { work: "care", to: "/people", title: both((w) => w.list.title), who: ["decider", "auditor"] },
    { work: "care", to: "/people/pairs", title: both((w) => w.pairs.title), who: ["auditor"] },
    { work: "statistics", to: "/people", title: both((w) => w.list.title), who: ["administrator"] },
    { work: "people", to: "/people/new", title: both((w) => w.create.title), who: recordCensus.who, task: true },
  ],
  sheets: [recordCensus],
  operations: { zh: words.zh.operations, en: words.en.operations },
  sentences: [{ zh: moduleWords.zh.errors, en: moduleWords.en.errors }],
  duties: { zh: moduleWords.zh.duties, en: moduleWords.en.duties },
  heldActs: { "people.record-death": death },
  finders: [
    {
      id: "people",
      title: both((w) => w.finder),
      who: list.who,
      find: async (typed, signal) => {
        const { people } = await call(list, { q: typed, limit: 8 }, { signal });
        return people.map((one) => ({
          to: `/people/${one.id}`,
          label: one.name,
          note: [one.idNumber, one.division].filter(Boolean).join(" · "),
        }));
      },
    },
  ],
};
