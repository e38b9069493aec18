import type { Context, Download, House, Relay, Upload } from "./context.ts";
import type { Operation } from "./define.ts";

/** An operation with the function that carries it out. */
export interface Handler {
  // biome-ignore lint/suspicious/noExplicitAny: the list of all operations cannot name each one's types.
  readonly operation: Operation<any, any, any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above; `handle` below has checked them.
  readonly run: (input: any, ctx: any, upload?: Upload) => Promise<any>;
  /** What the door answers when too many ask this at once, before it looks up who asks; undefined lets the request in. */
  readonly crowded?: Crowded;
}

/** `inside` counts the requests for this operation that are being answered now. Says nothing that is not for everybody. */
export type Crowded = (body: unknown, inside: number, house: House, now: Date) => unknown;

/** Makes unknown fields a type error: what a handler answers is what the contract declares. */
type Answer<Out> = Out | Download;

/**
 * Binds a handler to its operation. Curried on purpose: in the one-call form TypeScript widens literals, or accepts a
 * wrong enum value silently; curried, a wrong refusal code, field or value is refused.
 */
export function handle<In, Sent, Out, Code extends string>(operation: Operation<In, Sent, Out, Code>) {
  return (run: (input: In, ctx: Context<Code>, upload?: Upload) => Promise<Answer<Out>>): Handler => ({
    operation,
    run,
  });
}

/** The same for an operation marked `relay`: it gets no transaction, only the way to other operations (中继). */
export function relay<In, Sent, Out, Code extends string>(operation: Operation<In, Sent, Out, Code>) {
  return (run: (input: In, desk: Relay<Code>) => Promise<Out>, crowded?: Crowded): Handler => {
    if (!operation.relay) throw new Error(`${operation.id} is not declared as a relay`);
    return { operation, run, ...(crowded ? { crowded } : {}) };
  };
}
