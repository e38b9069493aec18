import { createReadStream } from "node:fs";
import { open as openHandle } from "node:fs/promises";
import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { handle } from "../operation/handle.ts";
import { keepFile, openFile } from "./files.contract.ts";
import { checkUpload } from "./magic.ts";

const MOST_BYTES = 20 * 1024 * 1024;

/**
 * The supervisory unit of what a file is about, when the actor may act on it: something of the own register that the
 * kernel's own tables show under the actor's scope. Undefined = not seen, or another register's.
 */
async function ownSubject(ctx: Context, subject: string): Promise<{ unit: string | null } | undefined> {
  return ctx.tx.maybe<{ unit: string | null }>(sql`
    select unit_id as unit from (
      select unit_id from register_version where subject_id = ${subject} and home_code = ${ctx.actor.home}
      union all select unit_id from procedure_instance where subject_id = ${subject} and home_code = ${ctx.actor.home}
      union all select unit_id from duty where subject_id = ${subject} and home_code = ${ctx.actor.home}) as seen
    order by unit_id nulls last limit 1`);
}

const keep = handle(keepFile)(async (input, ctx, upload) => {
  if (!upload) throw new Error("keep needs the multipart door");
  if (upload.size === 0) return ctx.fail("files/empty", { name: upload.fileName });
  if (upload.size > MOST_BYTES)
    return ctx.fail("files/too-large", { name: upload.fileName, limitMegabytes: MOST_BYTES / 1024 / 1024 });
  const head = Buffer.alloc(4096);
  const file = await openHandle(upload.path, "r");
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  await file.close();
  const verdict = checkUpload(upload.fileName, upload.declaredType, head.subarray(0, bytesRead), upload.size);
  if (!verdict.ok) return ctx.fail(verdict.code, verdict.facts);
  const about = input.organisationId ?? input.subjectId;
  const subject = about ? await ownSubject(ctx, about) : undefined;
  if (about && !subject) return ctx.fail("files/unknown-subject", { subject: about });
  const kept = await ctx.house.files.put(createReadStream(upload.path));
  const id = ctx.newId();
  const division = ctx.actor.division ?? ctx.actor.home;
  const organisation = ctx.actor.organisation ?? input.organisationId ?? null;
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into file (home_code, id, division_code, organisation_id, unit_id, name, content_type, size, sha256, uploaded_by, uploaded_at, subject_id)
      values (${ctx.actor.home}, ${id}, ${division}, ${organisation}, ${subject?.unit ?? null}, ${upload.fileName.slice(0, 200)}, ${verdict.contentType}, ${kept.size}, ${kept.sha256},
        ${ctx.actor.accountId}, ${ctx.now}, ${input.subjectId ?? null})`);
  });
  ctx.journal(
    "file.kept",
    { kind: "file", id, home: ctx.actor.home, division },
    { sha256: kept.sha256, size: kept.size, contentType: verdict.contentType },
  );
  return { id, name: upload.fileName, size: kept.size, contentType: verdict.contentType };
});

const open = handle(openFile)(async (input, ctx) => {
  const row = await ctx.tx.maybe<{ name: string; content_type: string; sha256: string }>(
    sql`select name, content_type, sha256 from file where id = ${input.id}`,
  );
  if (!row) return ctx.fail("files/unknown");
  return { fileName: row.name, contentType: row.content_type, body: ctx.house.files.read(row.sha256) };
});

export const fileHandlers = [keep, open];
