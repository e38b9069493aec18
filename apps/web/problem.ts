import type { Facts } from "../../kernel/operation/define.ts";

/** One thing wrong with one field, as the server names it. */
export interface FieldTrouble {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly facts?: Facts;
}

/** An answer that is not the one hoped for (RFC 9457): a refusal, invalid input, or a fault of the server. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Facts;
  readonly problems: readonly FieldTrouble[];
  readonly requestId: string;
  constructor(given: {
    status: number;
    code: string;
    facts?: Facts;
    problems?: readonly FieldTrouble[];
    requestId?: string;
  }) {
    super(given.code);
    this.name = "ApiProblem";
    this.status = given.status;
    this.code = given.code;
    this.facts = given.facts ?? {};
    this.problems = given.problems ?? [];
    this.requestId = given.requestId ?? "";
  }
}

/** No answer at all (网络不通): nothing is known about what the server did; a retry with the same key is safe. */
export class NoAnswer extends Error {
  readonly offline: boolean;
  constructor(offline: boolean) {
    super(offline ? "offline" : "no answer");
    this.name = "NoAnswer";
    this.offline = offline;
  }
}

/** Codes that mean: who you are is no longer known here. */
const signedOut: ReadonlySet<string> = new Set(["auth/session-expired", "auth/sign-in-first"]);

/** Whether the session has ended, so that signing in again (and not the input) is what is missing. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && signedOut.has(error.code);
}
