import { createReadStream } from "node:fs";
import { open as openHandle } from "node:fs/promises";
import { sql } from "../database/sql.ts";
import { handle } from "../operation/handle.ts";
import { findDevice, mayDeliver } from "./device.ts";
import { evidenceKind } from "./evidence.ts";
import { pushFile } from "./sync.contract.ts";

const MEGABYTE = 1024 * 1024;

const keep = handle(pushFile)(async (input, ctx, upload) => {
  if (!upload) throw new Error("push-file needs the multipart door");
  const device = await findDevice(ctx.tx, input.device);
  if (!device) return ctx.fail("sync/unknown-device");
  if (!mayDeliver(device, ctx.actor)) return ctx.fail("sync/device-of-another");
  const limitMegabytes = Number(
    ctx.house.settings.on("sync.file-megabytes", ctx.today, ctx.actor.division ?? ctx.actor.home),
  );
  if (upload.size > limitMegabytes * MEGABYTE)
    return ctx.fail("sync/file-too-large", { limitMegabytes, megabytes: Math.ceil(upload.size / MEGABYTE) });
  if (upload.sha256 !== input.sha256)
    return ctx.fail("sync/file-differs", { wanted: input.sha256, got: upload.sha256 });
  const head = Buffer.alloc(16);
  const file = await openHandle(upload.path, "r");
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  await file.close();
  const kind = evidenceKind(head.subarray(0, bytesRead));
  if (!kind) return ctx.fail("sync/file-kind");
  const known = await ctx.tx.lookup((tx) =>
    tx.maybe<{ sha256: string }>(
      sql`select sha256 from file where home_code = ${device.home_code} and id = ${input.id}`,
    ),
  );
  if (known && known.sha256 !== input.sha256)
    return ctx.fail("sync/file-differs", { wanted: input.sha256, got: known.sha256 });
  if (known) return { id: input.id };
  const kept = await ctx.house.files.put(createReadStream(upload.path));
  const division = device.division_code;
  ctx.later(async (tx) => {
    const row = await tx.maybe<{ sha256: string }>(sql`
      insert into file (home_code, id, division_code, name, content_type, size, sha256, uploaded_by, uploaded_at)
      values (${device.home_code}, ${input.id}, ${division}, ${`${input.id}.${kind.ending}`}, ${kind.type}, ${kept.size}, ${kept.sha256}, ${ctx.actor.accountId}, ${ctx.now})
      on conflict (home_code, id) do nothing returning sha256`);
    if (!row) throw Object.assign(new Error("the same file came at the same moment"), { code: "40001" });
  });
  ctx.journal(
    "file.kept",
    { kind: "file", id: input.id, home: device.home_code, division },
    { sha256: kept.sha256, size: kept.size, contentType: kind.type, device: device.id, takenAt: input.takenAt ?? null },
  );
  return { id: input.id };
});

export const pushFileHandlers = [keep];
