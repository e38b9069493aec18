import { DatabaseHung } from "../database/watchdog.ts";
import type { Facts } from "../operation/define.ts";
import type { FieldProblem } from "../operation/errors.ts";
import { InvalidInput, Refusal } from "../operation/errors.ts";

/** RFC 9457 body; `code` and `facts` make the sentence in the reader's language. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly facts: Facts;
  /** The sentence for people, in the language they asked for. */
  readonly detail?: string;
  readonly problems?: readonly FieldProblem[];
  readonly requestId: string;
}

/** Turns an error into its answer. A fault says nothing but its request id: the log knows the rest. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Refusal) {
    return {
      type: `/api/problems/${error.code}`,
      title: error.code,
      status: error.status,
      code: error.code,
      facts: error.facts,
      requestId,
    };
  }
  if (error instanceof InvalidInput) {
    return {
      type: "/api/problems/operation/invalid-input",
      title: "operation/invalid-input",
      status: 422,
      code: "operation/invalid-input",
      facts: {},
      problems: error.problems,
      requestId,
    };
  }
  if (error instanceof DatabaseHung) {
    const code = "operation/database-restarted";
    return { type: `/api/problems/${code}`, title: code, status: 503, code, facts: {}, requestId };
  }
  const cause = error as { statusCode?: number; code?: string };
  if (cause.code === "ENOSPC" || cause.code === "53100") {
    return {
      type: "/api/problems/operation/disk-full",
      title: "operation/disk-full",
      status: 507,
      code: "operation/disk-full",
      facts: {},
      requestId,
    };
  }
  if (typeof cause.statusCode === "number" && cause.statusCode < 500) {
    const code =
      cause.statusCode === 413
        ? "operation/too-large"
        : cause.statusCode === 415
          ? "operation/media-type"
          : "operation/bad-request";
    return { type: `/api/problems/${code}`, title: code, status: cause.statusCode, code, facts: {}, requestId };
  }
  return {
    type: "/api/problems/operation/fault",
    title: "operation/fault",
    status: 500,
    code: "operation/fault",
    facts: {},
    requestId,
  };
}
