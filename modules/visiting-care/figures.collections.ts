import { defineCollection } from "../../kernel/publication/define.ts";

/** Monthly visit rates (月探访率公开): the rate alone, never a person, never a count from which a small group could be guessed. */
export const monthlyRates = defineCollection({
  id: "visiting-care.monthly-rates",
  fields: [
    { field: "division", type: "code" },
    { field: "name", type: "text" },
    { field: "month", type: "text" },
    { field: "rate", type: "text" },
    { field: "withheld", type: "boolean" },
  ],
  searchable: false,
});
