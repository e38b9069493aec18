import { z } from "zod";
import { publicActor, systemActor } from "../kernel/auth/sessions.ts";
import { addDays, dateInShanghai } from "../kernel/clock/date.ts";
import { homeOf, rangeOf } from "../kernel/divisions/code.ts";
import type { OpenHouse } from "../kernel/house/house.ts";
import type { Actor, Context } from "../kernel/operation/context.ts";
import type { Operation, StaffRole } from "../kernel/operation/define.ts";
import { Refusal } from "../kernel/operation/errors.ts";
import type { Handler } from "../kernel/operation/handle.ts";
import { newId } from "../kernel/operation/ids.ts";
import { idOf } from "./codes.ts";

/** A term that reaches beyond the known holidays is refused by law of the house: such an act is left out, nothing else. */
const unknownHolidays = ["clock/holidays-unknown", "credit/holidays-unknown"];

type AnyOperation = Handler["operation"];

interface Entry {
  readonly at: number;
  readonly act: () => Promise<void>;
}

/**
 * Plays invented history through the operations themselves (演示回放): every act at its own time, the oldest first, so that
 * numbers of papers, versions and periods follow each other as they would have. Each command carries a key made of its
 * place in the play: after an interruption the play begins again, gets the answers already given, and goes on.
 */
export class Stage {
  readonly open: OpenHouse;
  readonly today: string;
  readonly #begun: Date;
  readonly #agenda: Entry[] = [];
  readonly #people = new Map<string, string>();
  #now: Date;
  #planned = 0;
  #calls = 0;
  skipped = 0;

  constructor(open: OpenHouse, begun: Date) {
    this.open = open;
    this.#begun = begun;
    this.#now = begun;
    this.today = dateInShanghai(begun);
  }

  /** Commands carried out so far. */
  get calls(): number {
    return this.#calls;
  }

  /** The day of the play. */
  get day(): string {
    return dateInShanghai(this.#now);
  }

  /** The instant of the play. */
  get instant(): string {
    return this.#now.toISOString();
  }

  /** The day so many days before today. */
  ago(days: number): string {
    return addDays(this.today, -days);
  }

  /** Puts an act on the agenda for a day, in working hours, now at the latest. What lies ahead has not happened: it is left out. */
  on(day: string, act: () => Promise<void>): void {
    if (day > this.today) return;
    const wanted = Date.parse(`${day}T09:00:00+08:00`) + (this.#planned++ % 480) * 60_000;
    const at = Math.min(wanted, this.#begun.getTime());
    let place = this.#agenda.length;
    while (place > 0 && (this.#agenda[place - 1] as Entry).at > at) place -= 1;
    this.#agenda.splice(place, 0, { at, act });
  }

  /** Plays the agenda to its end; acts may add later ones. */
  async play(): Promise<void> {
    let clock = 0;
    for (let next = this.#agenda.shift(); next; next = this.#agenda.shift()) {
      clock = Math.max(clock, next.at);
      this.#now = new Date(clock);
      await next.act();
    }
    this.#now = this.#begun;
  }

  /** Whose account acts for a role at a place; without one a person who has left acts, known by the role's label only. */
  engage(role: StaffRole, division: string, account: string): void {
    this.#people.set(`${role}@${division}`, account);
  }

  staff(role: StaffRole, division: string): Actor {
    const label = `${role}@${division}`;
    return {
      accountId: this.#people.get(label) ?? idOf(label),
      displayName: label,
      role,
      grantId: null,
      scope: { kind: "staff", ...rangeOf(division), home: homeOf(division) },
      division,
      home: homeOf(division),
      organisation: null,
      unit: null,
    };
  }

  organisation(id: string, home: string): Actor {
    const nobody = { grantId: null, division: null, unit: null };
    return {
      ...nobody,
      accountId: idOf(`organisation@${id}`),
      displayName: "",
      role: "organisation",
      scope: { kind: "organisation", organisation: id, home },
      home,
      organisation: id,
    };
  }

  unit(id: string): Actor {
    return {
      accountId: idOf(`unit@${id}`),
      displayName: "",
      role: "supervisory-unit",
      grantId: null,
      scope: { kind: "unit", unit: id },
      division: null,
      home: "000000",
      organisation: null,
      unit: id,
    };
  }

  get anybody(): Actor {
    return publicActor({ kind: "intake" }, this.open.house.root);
  }

  /** Whoever holds the receipt of a complaint. */
  holderOf(receipt: string): Actor {
    return publicActor({ kind: "intake", receipt }, this.open.house.root);
  }

  get system(): Actor {
    return systemActor(this.open.house.root);
  }

  /** Runs an operation at the time of the play. */
  async call<In, Sent, Out, Code extends string>(
    actor: Actor,
    operation: Operation<In, Sent, Out, Code>,
    input: Sent,
  ): Promise<Out> {
    this.#calls += 1;
    const key = operation.kind === "command" ? `demo-${this.#calls}` : undefined;
    return (await this.open.call(operation.id, input, actor, { ...(key ? { key } : {}), now: this.#now })) as Out;
  }

  /** The same, but answers undefined when the holidays of a period are not known yet. */
  async attempt<In, Sent, Out, Code extends string>(
    actor: Actor,
    operation: Operation<In, Sent, Out, Code>,
    input: Sent,
  ): Promise<Out | undefined> {
    try {
      return await this.call(actor, operation, input);
    } catch (error) {
      if (!(error instanceof Refusal) || !unknownHolidays.includes(error.code)) throw error;
      this.skipped += 1;
      return undefined;
    }
  }

  /** Runs many lines of an operation as one command: one transaction, one journal entry, one answer. */
  async batch<Out>(
    actor: Actor,
    operation: AnyOperation,
    name: string,
    run: (ctx: Context<string>) => Promise<Out>,
  ): Promise<Out> {
    this.#calls += 1;
    const whole: Operation = {
      ...operation,
      kind: "command",
      input: z.unknown(),
      output: z.unknown(),
      refusals: { ...operation.refusals },
    };
    const answer = await this.open.executor.run(
      { operation: whole, run: (_input, ctx) => run(ctx) },
      { demonstration: name },
      { actor, requestId: newId(), key: `demo-${this.#calls}`, now: this.#now },
    );
    return answer as Out;
  }

  /** Runs an operation inside a batch, under the batch's own actor. */
  async within<In, Sent, Out, Code extends string>(
    ctx: Context<string>,
    operation: Operation<In, Sent, Out, Code>,
    input: Sent,
  ): Promise<Out> {
    const handler = this.open.handlers.get(operation.id);
    if (!handler) throw new Error(`no such operation: ${operation.id}`);
    return (await handler.run(operation.input.parse(input), ctx)) as Out;
  }
}
