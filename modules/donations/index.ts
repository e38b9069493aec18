/** Door of donations (捐赠共用入口). */
export {
  type DonationLine,
  type GiftPlace,
  type GiftStep,
  recordDonation,
  traceDonation,
} from "./donations.contract.ts";
export { words } from "./donations.words.ts";
export { ended, type Stop, wayOf } from "./way.rules.ts";
