import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";

/** The directory is in use by another process. */
export class DirectoryInUse extends Error {
  readonly pid: number;
  constructor(directory: string, pid: number) {
    super(`directory in use: ${directory} (process ${pid})`);
    this.name = "DirectoryInUse";
    this.pid = pid;
  }
}

/** Whether a process of this machine still runs. */
export const isRunning = (pid: number): boolean => startedAt(pid) !== undefined;

/** When a process began, from the kernel's own books: a pid alone may have been given to somebody else since. */
function startedAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A process killed but not yet collected by its parent holds nothing any more.
    return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
  } catch {
    try {
      process.kill(pid, 0);
      return "alive";
    } catch {
      return undefined;
    }
  }
}

/**
 * Takes the directory for this process alone (独占): a file made exclusively, holding pid and start time. A file whose
 * process is gone is taken over, so that kill -9 never locks anybody out. Returns the release.
 */
export function lockDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, "lock");
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = openSync(file, "wx", 0o600);
      writeSync(handle, `${process.pid} ${startedAt(process.pid)}`);
      closeSync(handle);
      return () => {
        try {
          if (readFileSync(file, "utf8").startsWith(`${process.pid} `)) unlinkSync(file);
        } catch {}
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const [pid = "0", started] = readFileSync(file, "utf8").split(" ");
      if (started !== undefined && startedAt(Number(pid)) === started) throw new DirectoryInUse(directory, Number(pid));
      try {
        unlinkSync(file);
      } catch {}
    }
  }
  throw new DirectoryInUse(directory, 0);
}
