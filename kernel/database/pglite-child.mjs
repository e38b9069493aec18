// The embedded database lives in a process of its own: a long query must not stop HTTP, and a hung one can be ended by
// ending the process. It leaves as soon as its parent does, however the parent died: the pipe of standard input closes.
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

const [directory, socketPath] = process.argv.slice(2);

const leave = async (server, db) => {
  await server?.stop().catch(() => {});
  await db?.close().catch(() => {});
  process.exit(0);
};

const db = await PGlite.create(directory);
const server = new PGLiteSocketServer({ db, path: socketPath, maxConnections: 4 });
await server.start();
process.stdin.resume();
process.stdin.on("end", () => leave(server, db));
process.stdin.on("close", () => leave(server, db));
for (const signal of ["SIGINT", "SIGHUP"]) process.on(signal, () => {});
process.on("SIGTERM", () => leave(server, db));
process.stdout.write("ready\n");
