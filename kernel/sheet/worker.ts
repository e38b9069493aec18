import { parentPort, workerData } from "node:worker_threads";
import { readSheet } from "./read.ts";
import { type SheetChoice, SheetError, type SheetFacts, type SheetLimits, type SheetSummary } from "./types.ts";

/** What the reading thread is told to do. */
export type WorkerTask = {
  path: string;
  sheets?: SheetChoice;
  limits?: Partial<SheetLimits>;
  chunkRows?: number;
};

/** From the reading thread. Rows travel as one JSON text: copying a string is cheaper than cloning thousands of objects. */
export type FromWorker =
  | { rows: string }
  | { done: SheetSummary }
  | { refused: { code: SheetError["code"]; facts: SheetFacts } }
  | { failed: string };

/** To the reading thread: one more chunk may be sent, or nobody wants any more. */
export type ToWorker = "more" | "stop";

/** Chunks sent ahead of the consumer. */
export const credit = 3;

const run = async (port: NonNullable<typeof parentPort>, task: WorkerTask): Promise<void> => {
  const stop = new AbortController();
  let left = credit;
  let wake: (() => void) | undefined;
  port.on("message", (message: ToWorker) => {
    if (message === "more") left++;
    else stop.abort();
    wake?.();
  });
  const send = (message: FromWorker): void => port.postMessage(message);
  try {
    const summary = await readSheet(task.path, {
      ...task,
      signal: stop.signal,
      transient: true,
      onRows: async (rows) => {
        while (left === 0 && !stop.signal.aborted) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        left--;
        send({ rows: JSON.stringify(rows) });
      },
    });
    send({ done: summary });
  } catch (cause) {
    if (cause instanceof SheetError) send({ refused: { code: cause.code, facts: cause.facts } });
    else send({ failed: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
  } finally {
    port.close();
  }
};

if (parentPort) await run(parentPort, workerData as WorkerTask);
