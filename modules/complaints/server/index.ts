/** Server door of complaints (投诉举报服务端入口). */
export { complaintsModule } from "./complaints.module.ts";
export { readReceipt } from "./complaints.queries.ts";
export { type NewComplaint, type Received, receiptOf, receiveComplaint } from "./intake.ts";
export { askReview, type NoReview, reviewUntil } from "./review.ts";
