/** Door of the ledger (台账入口): what rooms that move money or goods use. */
export { type AccountRow, accountsOf, CNY, type NewAccount, type Owner, openAccount, openAccounts } from "./account.ts";
export { type Correction, correct } from "./correct.ts";
export type { NewEntry, NewLine } from "./entry.ts";
export { type Posted, post, postAll } from "./post.ts";
export { balanceOf, balancesOf, entriesAbout, type RecordedEntry } from "./queries.ts";
export { correctionRefusals, postingRefusals } from "./refusals.ts";
export { type Path, type Rest, type Step, traceBack, traceForward } from "./trace.ts";
