import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { rules } from "../donations.rules.ts";
import { words } from "../donations.words.ts";
import { actHandlers } from "./act.handlers.ts";
import { collections } from "./donations.publication.ts";
import { tables } from "./donations.tables.ts";
import { receiptTemplate } from "./donations.templates.ts";
import { ledgerHandlers } from "./ledger.handlers.ts";
import { listHandlers } from "./lists.handlers.ts";
import { programmeHandlers } from "./programmes.handlers.ts";
import { readHandlers } from "./read.handlers.ts";
import { donationSheet, recordHandlers } from "./record.handlers.ts";

/** Gifts of money and goods, from the promise to where they are (捐赠). */
export const donationsModule: HouseModule = {
  id: "donations",
  migrations: "modules/donations/server/migrations",
  tables,
  handlers: [
    ...recordHandlers,
    ...actHandlers,
    ...programmeHandlers,
    ...ledgerHandlers,
    ...readHandlers,
    ...listHandlers,
  ],
  collections: [...collections],
  rules: [...rules],
  templates: [receiptTemplate],
  sheets: [donationSheet],
  sentences: { zh: words.zh.errors, en: words.en.errors },
};
