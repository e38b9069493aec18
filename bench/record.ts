import type { FastifyInstance } from "fastify";
import pg from "pg";
import type { Recorded, Step } from "./floor.ts";
import type { Shot } from "./load.ts";

type Asked = string | { readonly text: string; readonly name?: string; readonly values?: readonly unknown[] };

/** A rollback that passes for the commit it stands for. */
const rolledBack = async (answer: Promise<pg.QueryResult>): Promise<pg.QueryResult> => ({
  ...(await answer),
  command: "COMMIT",
});

/**
 * Listens to every statement the driver is given (记录语句), so that a floor sends exactly what an operation sends. With
 * `dry` each commit becomes a rollback: what was recorded can be sent again by the floor, ids and all.
 */
export function listen(): {
  record(app: FastifyInstance, shot: Shot, dry?: boolean): Promise<Recorded>;
  /** Listens to any work; with `dry` nothing of it stays. */
  during(work: () => Promise<unknown>, dry?: boolean): Promise<Step[]>;
} {
  const real = pg.Client.prototype.query;
  let steps: Step[] | undefined;
  let dry = false;
  const heard = function (this: pg.Client, asked: Asked, ...rest: unknown[]) {
    const text = typeof asked === "string" ? asked : asked.text;
    if (steps && typeof text === "string") {
      if (typeof asked === "string")
        steps.push({ text, ...(Array.isArray(rest[0]) ? { values: rest[0] as unknown[] } : {}) });
      else
        steps.push({
          text,
          ...(asked.name ? { name: asked.name } : {}),
          ...(asked.values ? { values: asked.values } : {}),
        });
      if (dry && text === "commit")
        return rolledBack(Reflect.apply(real, this, ["rollback"]) as Promise<pg.QueryResult>);
    }
    return Reflect.apply(real, this, [asked, ...rest]) as unknown;
  };
  pg.Client.prototype.query = heard as typeof real;
  const during = async (work: () => Promise<unknown>, asDry = false): Promise<Step[]> => {
    const own: Step[] = [];
    steps = own;
    dry = asDry;
    try {
      await work();
    } finally {
      steps = undefined;
      dry = false;
    }
    return own;
  };
  return {
    during,
    async record(app, shot, asDry = false) {
      let answer: unknown;
      const own = await during(async () => {
        const response = await app.inject({
          method: shot.method,
          url: shot.path,
          headers: { ...shot.headers, ...(shot.body === undefined ? {} : { "content-type": "application/json" }) },
          ...(shot.body === undefined ? {} : { payload: shot.body }),
        });
        if (response.statusCode > 299)
          throw new Error(`${shot.path} answered ${response.statusCode}: ${response.body.slice(0, 600)}`);
        answer = response.json();
      }, asDry);
      return { steps: own, answer };
    },
  };
}
