import { expect, it } from "vitest";
import { asker } from "../../kernel/rule/testing.ts";
import { rules } from "./portal.rules.ts";
import { settings } from "./portal.settings.ts";

const { ask } = asker(rules, settings);

it.each([
  [{ cell_count: 10, sensitive: true }, { show: 10 }],
  [{ cell_count: 9, sensitive: false }, { show: 9 }],
  [{ cell_count: 0, sensitive: true }, { show: "<10" }],
  [{ cell_count: 9 }, { show: "<10" }],
  // The May holidays of 2026 push the twentieth working day out.
  [{ formed: "2026-04-20" }, { publish_by: "2026-05-20" }],
  [{ lookup_code: "found" }, {}],
  [{ corrected: false }, {}],
  [{}, {}],
])("portal.figure %j", (facts, expected) => expect(ask("portal.figure", facts)).toEqual(expected));
