import { Worker } from "node:worker_threads";
import { type RawRow, type ReadOptions, SheetError, type SheetSummary } from "./types.ts";
import type { FromWorker, ToWorker, WorkerTask } from "./worker.ts";
import { workerFile } from "./worker-file.ts";

export type WorkerReadOptions = ReadOptions & {
  /** Heap of the reading thread in MB, 96 unless told: the whole server must stay below 400 MB. */
  heapMb?: number;
};

/**
 * `readSheet` in a thread of its own (在工作线程中读取), so that the server keeps answering: same contract, rows arrive as
 * fast as `onRows` takes them. A file that exhausts the thread's memory ends the thread with "sheet/out-of-memory",
 * never the process.
 */
export const readSheetInWorker = async (path: string, options: WorkerReadOptions): Promise<SheetSummary> => {
  if (options.signal?.aborted) throw new SheetError("sheet/aborted");
  const { onRows, signal, heapMb = 96, ...rest } = options;
  const task: WorkerTask = { path, ...rest };
  const worker = new Worker(await workerFile("sheet-worker"), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    stdout: false,
    stderr: false,
  });
  const tell = (message: ToWorker): void => worker.postMessage(message);
  const onAbort = (): void => tell("stop");
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await new Promise<SheetSummary>((resolve, reject) => {
      // Chunks are handed over one after the other, in order, whatever time the consumer takes.
      let queue: Promise<void> = Promise.resolve();
      const take = async (json: string): Promise<void> => {
        if (signal?.aborted) throw new SheetError("sheet/aborted");
        await onRows(JSON.parse(json) as RawRow[]);
        tell("more");
      };
      worker.on("message", (message: FromWorker) => {
        if ("rows" in message) queue = queue.then(() => take(message.rows));
        else if ("done" in message) queue = queue.then(() => resolve(message.done));
        else if ("refused" in message) {
          queue = queue.then(() => reject(new SheetError(message.refused.code, message.refused.facts)));
        } else queue = queue.then(() => reject(new Error(message.failed)));
        queue.catch(reject);
      });
      worker.on("error", (cause: NodeJS.ErrnoException) => {
        reject(cause.code === "ERR_WORKER_OUT_OF_MEMORY" ? new SheetError("sheet/out-of-memory", { heapMb }) : cause);
      });
      worker.on("exit", (code) => queue.then(() => reject(new Error(`sheet reader ended with ${code}`)), reject));
    });
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await worker.terminate();
  }
};
