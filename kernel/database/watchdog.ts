import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";

/** How long one statement may take before the embedded database counts as hung, in milliseconds. */
export interface Patience {
  readonly statementMs: number;
  /** The same inside a background job. */
  readonly jobMs: number;
}

/** A statement hung and its database was started again (数据库无响应已重启): what it did is undone, the next one works. */
export class DatabaseHung extends Error {
  constructor(milliseconds: number) {
    super(
      `Connection terminated: a statement took longer than ${milliseconds} ms, the embedded database was started again`,
    );
    this.name = "DatabaseHung";
  }
}

const long = new AsyncLocalStorage<true>();

/** Runs background work, whose statements may take longer (后台任务放宽时限). */
export const patiently = <T>(work: () => Promise<T>): Promise<T> => long.run(true, work);

/** What watched connections ask of the process they talk to. */
export interface Watched {
  patience(): Patience | undefined;
  /** Settles when the database answers; while it is being started again, connections wait here. */
  ready(): Promise<unknown>;
  /** Ends the hung process and starts another. */
  restart(): void;
}

type Answer = (error: Error | undefined) => void;

/** A class of connections that measure each statement (语句看门狗). */
export function watchedClient(database: Watched): new (config?: pg.ClientConfig) => pg.Client {
  return class WatchedClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super(config);
      // A connection that is lost while it works tells it to whoever waits for its answer.
      this.on("error", () => {});
      // The driver's methods have many forms; all of them pass through untouched.
      const join = this.connect.bind(this) as () => Promise<unknown>;
      this.connect = ((answer?: Answer) => {
        const begun = database.ready().then(join);
        if (!answer) return begun;
        begun.then(
          () => answer(undefined),
          (error: Error) => answer(error),
        );
      }) as typeof this.connect;
      const send = this.query.bind(this) as (...given: unknown[]) => unknown;
      this.query = ((...given: unknown[]) => watch(database, send(...given))) as typeof this.query;
    }
  };
}

/** Follows one statement until it is answered; a form without a promise (a cursor, a callback) is not followed. */
function watch(database: Watched, answer: unknown): unknown {
  const patience = database.patience();
  if (!patience || !(answer instanceof Promise)) return answer;
  const limit = long.getStore() ? patience.jobMs : patience.statementMs;
  let hung: DatabaseHung | undefined;
  const timer = setTimeout(() => {
    hung = new DatabaseHung(limit);
    database.restart();
  }, limit).unref();
  return answer
    .catch((error: unknown) => {
      throw hung ?? error;
    })
    .finally(() => clearTimeout(timer));
}
