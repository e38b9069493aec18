/** Server door of donations (捐赠服务端入口). */
export { donationsModule } from "./donations.module.ts";
export { receiptOf } from "./record.ts";
