/** Door of the ledger (台账入口): what rooms that move money or goods use. */
export { type AccountRow, accountsOf, CNY, type NewAccount, type Owner, openAccounts } from "./account.ts";
export { correct } from "./correct.ts";
export { post, postAll } from "./post.ts";
export { balanceOf } from "./queries.ts";
export { serialsOfEntry } from "./serials.ts";
export { type Rest, type Step, traceForward } from "./trace.ts";
export { type Transfer, takeBack, transferAll } from "./transfer.ts";
