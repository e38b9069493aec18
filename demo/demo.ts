import type { OpenHouse } from "../kernel/house/house.ts";

/** Accounts of the demonstration province, printed at start. */
export const demoAccounts: readonly { login: string; password: string; what: string }[] = [];

/** Fills an empty installation with an invented province. */
export async function demonstrate(_open: OpenHouse, _say: (line: string) => void): Promise<void> {}
