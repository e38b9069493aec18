/** Door of complaints (投诉举报共用入口). */
export { type ComplaintLine, type State, state, states } from "./complaints.contract.ts";
export { complaintProcedure } from "./complaints.procedure.ts";
export { words } from "./complaints.words.ts";
