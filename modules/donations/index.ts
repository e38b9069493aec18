/** Door of donations (捐赠共用入口). */
export { type DonationLine, recordDonation, traceDonation } from "./donations.contract.ts";
export { words } from "./donations.words.ts";
