import { call, upload } from "../client.ts";
import { NoAnswer } from "../problem.ts";
import { bindSession, challenge, pull, push, pushFile, registerDevice, renewSession } from "./doors.ts";
import type { OutgoingFile } from "./store/outbox.ts";
import type { Server } from "./sync.ts";

/** A network that lets a request hang is worse than none: after this long there was no answer. */
const PATIENCE_MS = 60_000;
const FILE_PATIENCE_MS = 180_000;

async function within<T>(millis: number, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const control = new AbortController();
  let late: ReturnType<typeof setTimeout> | undefined;
  const never = new Promise<never>((_, reject) => {
    late = setTimeout(() => {
      control.abort();
      reject(new NoAnswer(!navigator.onLine));
    }, millis);
  });
  try {
    return await Promise.race([ask(control.signal), never]);
  } finally {
    clearTimeout(late);
  }
}

const ending: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "audio/webm": "webm",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
};

const fileName = (file: OutgoingFile): string => {
  const kind = file.type.split(";")[0] as string;
  return `${file.id}.${ending[kind] ?? "bin"}`;
};

/** The server over HTTP, with the session of the browser. */
export const httpServer: Server = {
  register: (input) => within(PATIENCE_MS, (signal) => call(registerDevice, input, { signal })),
  bind: (input) => within(PATIENCE_MS, (signal) => call(bindSession, input, { signal })),
  challenge: (input) => within(PATIENCE_MS, (signal) => call(challenge, input, { signal })),
  renew: async (input) => void (await within(PATIENCE_MS, (signal) => call(renewSession, input, { signal }))),
  pull: (input) => within(PATIENCE_MS, (signal) => call(pull, input, { signal })),
  push: (input) => within(PATIENCE_MS, (signal) => call(push, input, { signal })),
  async sendFile(device, file) {
    await within(FILE_PATIENCE_MS, (signal) =>
      upload(
        pushFile,
        { device, id: file.id, sha256: file.sha256, takenAt: file.takenAt },
        new File([file.bytes], fileName(file), { type: file.type.split(";")[0] }),
        // The same file is the same request: an answer that was lost is given again.
        { signal, key: `file-${file.id}` },
      ),
    );
  },
};
