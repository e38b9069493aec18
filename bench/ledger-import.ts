import { createWriteStream, openAsBlob } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { type ExportColumn, streamCsv, streamWorkbook } from "../kernel/sheet/write.ts";
import { forgetPeak, memoryOf } from "./children.ts";
import { ask, type Desk, type Measure, ms, per } from "./desk.ts";
import { officer, streams } from "./ledger.ts";
import type { Stream } from "./ledger-floor.ts";
import { median } from "./random.ts";
import { measureFile } from "./sheet-read.ts";
import { jobDone } from "./writing.ts";

const columns: readonly ExportColumn[] = [
  { field: "donor", header: "捐赠人", kind: "text" },
  { field: "amount", header: "金额（元）", kind: "text" },
  { field: "on", header: "捐赠日期", kind: "text" },
  { field: "organisation", header: "受赠组织代码", kind: "code" },
  { field: "purpose", header: "用途", kind: "text" },
  { field: "note", header: "备注", kind: "text" },
];

/** Lines of a ledger as people keep them, for the purposes of one county; one in a hundred has an amount that is none. */
function* lines(count: number, of: readonly Stream[], run: string): Generator<Record<string, string>> {
  for (let at = 0; at < count; at++) {
    const stream = of[at % of.length] as Stream;
    yield {
      donor: `样人${run}${at}`,
      amount: at % 100 === 99 ? "-5.00" : `${1 + (at % 5_000)}.${String(at % 100).padStart(2, "0")}`,
      on: `2025-${String(1 + (at % 12)).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`,
      organisation: stream.organisation,
      purpose: stream.purpose,
      note: `第${at}笔`,
    };
  }
}

const LOT = 500;

/** A lot of lines written by hand (下限), each table by one statement, in one transaction that is rolled back; seconds for a lot. */
async function bareLot(desk: Desk, of: readonly Stream[]): Promise<number> {
  const client = new pg.Client({ connectionString: desk.databaseUrl });
  await client.connect();
  const seconds: number[] = [];
  try {
    for (let run = 0; run < 5; run++) {
      const rows = Array.from({ length: LOT }, (_, at) => {
        const { home, organisation, name, purpose, source, fund } = of[at % of.length] as Stream;
        const ids = { id: crypto.randomUUID(), entry: crypto.randomUUID() };
        return {
          home,
          organisation,
          name,
          purpose,
          source,
          fund,
          ...ids,
          fen: 1_000 + at,
          day: `2025-01-${10 + (at % 18)}`,
        };
      });
      const row = `jsonb_to_recordset($1::jsonb) as row (home text, organisation uuid, name text, purpose text, source uuid, fund uuid, id uuid, entry uuid, fen bigint, day date)`;
      const sides = `(select home, organisation, entry, source as account, 0 as line, -fen as amount, day from ${row} union all
        select home, organisation, entry, fund, 1, fen, day from ${row}) side`;
      const texts = [
        `update ledger_balance b set in_total = in_total + ins, out_total = out_total + outs, balance = balance + ins - outs from
          (select home, account, sum(greatest(amount, 0)) as ins, sum(greatest(-amount, 0)) as outs from ${sides} group by 1, 2) moved
          where b.home_code = home and b.account_id = account and b.shard = 0`,
        `insert into ledger_entry (home_code, id, division_code, organisation_id, asset, effective_on, recorded_at, cause, subject_id, evidence, command, request_id)
          select home, entry, home, organisation, 'CNY', day, now(), 'donations.received', id, '{}', 'floor', 'floor' from ${row}`,
        `insert into ledger_posting (home_code, entry_id, line, division_code, organisation_id, account_id, shard, effective_on, amount, mark_from, mark_to)
          select home, entry, line, home, organisation, account, 0, day, amount, 0, abs(amount) from ${sides}`,
        `insert into ledger_total as total (home_code, account_id, grain, starts_on, shard, division_code, organisation_id, amount)
          select home, account, grain, case grain when 'day' then day else date_trunc('month', day)::date end, 0, home, organisation, sum(amount)
          from ${sides}, (values ('day'), ('month')) as grains (grain) group by 1, 2, 3, 4, 6, 7
          on conflict (home_code, account_id, grain, starts_on, shard) do update set amount = total.amount + excluded.amount`,
        `insert into donation (home_code, id, division_code, organisation_id, recipient_name, receipt, kind, state, donor_kind, donor_name, donor_count, publish_donor,
            amount_fen, purpose, restricted, donated_on, receipt_state, entry_id, fingerprint, version, recorded_at)
          select home, id, home, organisation, name, 'F-' || id, 'cash', 'recorded', 'person', '样人', 1, false, fen, purpose, true, day, 'due', entry, id::text, 1, now() from ${row}`,
        `insert into journal_entry (home_code, id, division_code, at, actor_label, operation, event, subject_kind, refused, payload, request_id, commitment)
          select home, gen_random_uuid(), home, now(), 'floor', 'floor', 'floor', 'sheet-batch', false, '{}', 'floor', 'floor' from ${row} limit 1`,
      ];
      const text = JSON.stringify(rows);
      const began = performance.now();
      await client.query("begin");
      for (const one of texts) await client.query(one, [text]);
      await client.query("rollback");
      seconds.push((performance.now() - began) / 1_000);
    }
  } finally {
    await client.end();
  }
  return median(seconds);
}

interface Batch {
  readonly state: string;
  readonly counts: Record<string, number>;
  readonly questions: readonly { readonly code: string; readonly field: string }[];
  readonly errors: readonly { readonly message: string }[];
}

/** A ledger of a hundred thousand lines through the sheet of `donations.record-donation`: dry run, then commit, with every check. */
export const ledgerImport: Measure = async (desk) => {
  const all = await streams(desk);
  const home = (all.at(-1) as Stream).home;
  const own = all.filter((stream) => stream.home === home).slice(0, 27);
  const count = desk.size >= 5_000_000 ? 100_000 : 20_000;
  const run = Date.now().toString(36);
  const path = join(desk.directory, "gifts.xlsx");
  await streamWorkbook(columns, lines(count, own, run), createWriteStream(path));
  const reading = await measureFile(path, "xlsx");
  forgetPeak(desk.server.pid);
  const form = new FormData();
  form.set("operation", "donations.record-donation");
  form.set("file", await openAsBlob(path), "gifts.xlsx");
  const staged = await fetch(`http://127.0.0.1:${desk.server.port}/api/sheet/stage`, {
    method: "POST",
    headers: officer(home),
    body: form,
  });
  if (!staged.ok) throw new Error(`sheet.stage answered ${staged.status}: ${(await staged.text()).slice(0, 600)}`);
  const { id } = (await staged.json()) as { id: string };
  const readIn = await jobDone(desk, "sheet.read", { batch: id });
  const look = () =>
    ask<Batch>(desk, { method: "GET", path: `/api/sheet/get?id=${id}&limit=3`, headers: officer(home) });
  const batch = await look();
  if (batch.state !== "checked" || (batch.counts.new ?? 0) < count * 0.98)
    throw new Error(`the sheet is ${batch.state}: ${JSON.stringify(batch).slice(0, 900)}`);
  const bare = LOT / (await bareLot(desk, own));
  await ask(desk, {
    method: "POST",
    path: "/api/sheet/commit",
    headers: officer(home),
    body: JSON.stringify({ id, acceptPartial: true }),
  });
  const writeIn = await jobDone(desk, "sheet.commit", { batch: id });
  const written = (await look()).counts.done ?? 0;
  const [dry, wrote] = [count / readIn, written / writeIn];
  const { peak } = memoryOf(desk.server.pid);
  return [
    {
      figure: `ledger of ${count.toLocaleString("en")} lines, dry run`,
      value: `${Math.round(dry).toLocaleString("en")} rows/s`,
      goal: ">= 15,000 rows/s",
      floor: `${reading.rowsPerSecond.toLocaleString("en")} rows/s`,
      ratio: dry / reading.rowsPerSecond,
      reached: dry >= 15_000,
      note: `every check of the command, doubles looked for among all gifts; ${batch.counts.bad} bad rows found; the floor only reads the file`,
    },
    {
      figure: "ledger, commit",
      value: `${Math.round(wrote).toLocaleString("en")} rows/s`,
      goal: ">= 8,000 rows/s",
      floor: `${Math.round(bare).toLocaleString("en")} rows/s`,
      ratio: wrote / bare,
      reached: wrote >= 8_000,
      note: `checked once more, entry, two postings, balances, totals, gift, journal; peak ${peak} MB; the floor writes lots of ${LOT} by hand and rolls them back`,
    },
    ...(await asPublished(desk, own)),
  ];
};

/** A published ledger as it is, by `donations.import-ledger`: one command for the whole file, of at most 5,000 rows. */
async function asPublished(desk: Desk, own: readonly Stream[]) {
  const { home, organisation } = own[0] as Stream;
  const count = 4_900;
  const path = join(desk.directory, "published.csv");
  const shown: readonly ExportColumn[] = [
    { field: "seq", header: "序号", kind: "integer" },
    { field: "donor", header: "捐赠人", kind: "text" },
    { field: "amount", header: "金额（元）", kind: "text" },
    { field: "on", header: "日期", kind: "text" },
  ];
  const run = Date.now().toString(36);
  const rows = function* () {
    for (let at = 0; at < count; at++)
      yield { seq: at + 1, donor: `样人${run}${at}`, amount: `${100 + (at % 900)}.00`, on: "2025-03-05" };
  };
  await streamCsv(shown, rows(), createWriteStream(path));
  const send = async (commit: boolean) => {
    const form = new FormData();
    form.set("organisation", organisation);
    form.set("commit", String(commit));
    form.set("file", await openAsBlob(path), "published.csv");
    const began = performance.now();
    const answer = await fetch(`http://127.0.0.1:${desk.server.port}/api/donations/import-ledger`, {
      method: "POST",
      headers: officer(home),
      body: form,
    });
    if (!answer.ok) throw new Error(`import-ledger answered ${answer.status}: ${(await answer.text()).slice(0, 600)}`);
    const { written, gifts } = (await answer.json()) as { written: number; gifts: number };
    return { written, gifts, seconds: (performance.now() - began) / 1_000 };
  };
  const dry = await send(false);
  const wrote = await send(true);
  if (wrote.written < count * 0.99) throw new Error(`import-ledger wrote ${wrote.written} of ${count}`);
  return [
    {
      figure: `published ledger of ${count.toLocaleString("en")} lines, read and added up`,
      value: per(dry.gifts / dry.seconds).replace("/s", " rows/s"),
      goal: "",
      note: `${ms(dry.seconds * 1_000)} ms for the answer`,
    },
    {
      figure: "published ledger, read and written in one command",
      value: per(wrote.written / wrote.seconds).replace("/s", " rows/s"),
      goal: "",
      note: `${ms(wrote.seconds * 1_000)} ms; all of it or nothing`,
    },
  ];
}
