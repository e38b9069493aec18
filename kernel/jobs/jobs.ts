import { hostname } from "node:os";
import type { Database } from "../database/database.ts";
import { isRunning } from "../database/lock.ts";
import { sql } from "../database/sql.ts";
import { patiently } from "../database/watchdog.ts";
import type { Actor, Context, House } from "../operation/context.ts";
import { newId } from "../operation/ids.ts";

/** What a running job may use: transactions of its own, short ones; progress for those who wait. */
export interface JobRun {
  readonly database: Database;
  readonly house: House;
  readonly input: Record<string, unknown>;
  readonly requestedBy: string | null;
  readonly jobId: string;
  readonly now: () => Date;
  progress(facts: Record<string, unknown>): Promise<void>;
  /** Runs a command as the system, or as the person whose work this is, with the journal and effects every command has. */
  call(operationId: string, input: unknown, actor?: Actor): Promise<unknown>;
}

/** A kind of background work (后台任务). `everyMinutes` makes it come back by itself. */
export interface JobKind {
  readonly id: string;
  readonly everyMinutes?: number;
  readonly run: (job: JobRun) => Promise<void>;
}

/** Queues work in the command's own transaction: it exists if, and only if, the command committed. */
export function enqueue(ctx: Context, kind: string, input: Record<string, unknown>, runAt = ctx.now): string {
  const id = ctx.newId();
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into job (id, kind, input, run_at, requested_by) values (${id}, ${kind}, ${JSON.stringify(input)}, ${runAt}, ${ctx.actor.accountId})`);
  });
  return id;
}

const CLAIM_MINUTES = 30;
const ATTEMPTS = 5;

interface JobRow {
  id: string;
  kind: string;
  input: Record<string, unknown>;
  attempts: number;
  requested_by: string | null;
}

/** Works through due jobs, one at a time: claim, work, finish are three short transactions. */
export class JobRunner {
  readonly #database: Database;
  readonly #house: House;
  readonly #kinds: ReadonlyMap<string, JobKind>;
  readonly #call: (operationId: string, input: unknown, now: Date, actor?: Actor) => Promise<unknown>;
  readonly #clock: () => Date;
  readonly #me = `${hostname()}:${process.pid}`;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<number> | undefined;

  constructor(
    database: Database,
    house: House,
    kinds: readonly JobKind[],
    call: (operationId: string, input: unknown, now: Date, actor?: Actor) => Promise<unknown>,
    clock: () => Date,
  ) {
    this.#database = database;
    this.#house = house;
    this.#kinds = new Map(kinds.map((kind) => [kind.id, kind]));
    this.#call = call;
    this.#clock = clock;
  }

  start(everyMs = 1_000): void {
    this.#timer = setInterval(
      () => void this.tick().catch((error) => this.#house.log("jobs", { error: String(error) })),
      everyMs,
    );
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working?.catch(() => {});
  }

  /** Does everything that is due now; answers how many jobs ran. Calls never overlap. */
  tick(): Promise<number> {
    this.#working ??= this.#drain().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  /** Puts recurring kinds on the calendar, once each, and takes back what a killed process of this machine had claimed. */
  async schedule(): Promise<void> {
    await this.#database.transaction({ kind: "system" }, async (tx) => {
      const claims = await tx.many<{ claimed_by: string }>(sql`
        select distinct claimed_by from job where finished_at is null and claimed_until is not null and claimed_by is not null`);
      const dead = claims.map((row) => row.claimed_by).filter((name) => this.#isDead(name));
      await tx.run(sql`update job set claimed_until = null where finished_at is null and claimed_by = any(${dead})`);
      for (const kind of this.#kinds.values()) {
        if (!kind.everyMinutes) continue;
        await tx.run(sql`
          insert into job (id, kind, input, run_at) select ${newId()}, ${kind.id}, '{}'::jsonb, ${this.#clock()}
          where not exists (select 1 from job where kind = ${kind.id} and finished_at is null)`);
      }
    });
  }

  #isDead(claimant: string): boolean {
    const [host, pid] = [
      claimant.slice(0, claimant.lastIndexOf(":")),
      Number(claimant.slice(claimant.lastIndexOf(":") + 1)),
    ];
    if (host !== hostname() || claimant === this.#me) return false;
    return !isRunning(pid);
  }

  async #drain(): Promise<number> {
    for (let done = 0; ; done++) {
      const job = await this.#claim();
      if (!job) return done;
      let failure: string | null = null;
      try {
        // Only the embedded database is watched, and following every promise costs.
        if (this.#database.kind === "embedded") await patiently(() => this.#work(job));
        else await this.#work(job);
      } catch (error) {
        failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        this.#house.log("job failed", { job: job.kind, id: job.id, error: failure });
      }
      await this.#finish(job, failure);
    }
  }

  #claim(): Promise<JobRow | undefined> {
    const now = this.#clock();
    const until = new Date(now.getTime() + CLAIM_MINUTES * 60_000);
    return this.#database.transaction({ kind: "system" }, (tx) =>
      tx.maybe<JobRow>(sql`
        update job set claimed_by = ${this.#me}, claimed_until = ${until}, attempts = attempts + 1
        where id = (
          select id from job where finished_at is null and run_at <= ${now} and (claimed_until is null or claimed_until < ${now})
          order by run_at limit 1 for update skip locked)
        returning id, kind, input, attempts, requested_by`),
    );
  }

  async #work(job: JobRow): Promise<void> {
    const kind = this.#kinds.get(job.kind);
    if (!kind) throw new Error(`no such kind of job: ${job.kind}`);
    await kind.run({
      database: this.#database,
      house: this.#house,
      input: job.input,
      requestedBy: job.requested_by,
      jobId: job.id,
      now: this.#clock,
      progress: async (facts) => {
        await this.#database.transaction({ kind: "system" }, (tx) =>
          tx.run(sql`update job set progress = ${JSON.stringify(facts)} where id = ${job.id}`),
        );
      },
      call: (operationId, input, actor) => this.#call(operationId, input, this.#clock(), actor),
    });
  }

  async #finish(job: JobRow, failure: string | null): Promise<void> {
    const kind = this.#kinds.get(job.kind);
    const now = this.#clock();
    const retry = failure !== null && job.attempts < ATTEMPTS;
    await this.#database.transaction({ kind: "system" }, async (tx) => {
      if (retry) {
        const later = new Date(now.getTime() + 2 ** job.attempts * 5_000);
        await tx.run(
          sql`update job set error = ${failure}, claimed_until = null, run_at = ${later} where id = ${job.id}`,
        );
        return;
      }
      await tx.run(sql`update job set finished_at = ${now}, error = ${failure} where id = ${job.id}`);
      if (kind?.everyMinutes) {
        const next = new Date(now.getTime() + kind.everyMinutes * 60_000);
        await tx.run(
          sql`insert into job (id, kind, input, run_at) values (${newId()}, ${kind.id}, '{}'::jsonb, ${next})`,
        );
        await tx.run(sql`delete from job where kind = ${kind.id} and finished_at is not null and id <> ${job.id}`);
      }
    });
  }
}
