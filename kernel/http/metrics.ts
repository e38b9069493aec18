import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";

const EDGES = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000];

/** Counts for Prometheus (运行指标): operations by duration, failures by code, lag of seals and jobs. */
export class Metrics {
  readonly #took = new Map<string, { count: number; sum: number; buckets: number[] }>();
  readonly #failed = new Map<string, number>();

  took(operation: string, milliseconds: number): void {
    let known = this.#took.get(operation);
    if (!known) {
      known = { count: 0, sum: 0, buckets: EDGES.map(() => 0) };
      this.#took.set(operation, known);
    }
    known.count += 1;
    known.sum += milliseconds;
    const at = EDGES.findIndex((edge) => milliseconds <= edge);
    if (at >= 0) known.buckets[at] = (known.buckets[at] as number) + 1;
  }

  failed(code: string): void {
    this.#failed.set(code, (this.#failed.get(code) ?? 0) + 1);
  }

  async text(database: Database): Promise<string> {
    const lines = ["# TYPE shanzhi_operation_seconds histogram"];
    for (const [operation, one] of this.#took) {
      let below = 0;
      EDGES.forEach((edge, at) => {
        below += one.buckets[at] as number;
        lines.push(`shanzhi_operation_seconds_bucket{operation="${operation}",le="${edge / 1000}"} ${below}`);
      });
      lines.push(`shanzhi_operation_seconds_bucket{operation="${operation}",le="+Inf"} ${one.count}`);
      lines.push(
        `shanzhi_operation_seconds_sum{operation="${operation}"} ${(one.sum / 1000).toFixed(6)}`,
        `shanzhi_operation_seconds_count{operation="${operation}"} ${one.count}`,
      );
    }
    lines.push("# TYPE shanzhi_failures_total counter");
    for (const [code, count] of this.#failed) lines.push(`shanzhi_failures_total{code="${code}"} ${count}`);
    const lag = await database.transaction({ kind: "system" }, (tx) =>
      tx.one<{ unsealed: number; waiting: number; failed: number }>(sql`
        select (select count(*) from (select 1 from journal_entry e where not exists (
            select 1 from journal_seal s where s.home_code = e.home_code and s.entry_id = e.id) limit 100000) as few) as unsealed,
          (select count(*) from job where finished_at is null and run_at <= now()) as waiting,
          (select count(*) from job where finished_at is not null and error is not null) as failed`),
    );
    lines.push("# TYPE shanzhi_journal_unsealed gauge", `shanzhi_journal_unsealed ${lag.unsealed}`);
    lines.push(
      "# TYPE shanzhi_jobs gauge",
      `shanzhi_jobs{state="waiting"} ${lag.waiting}`,
      `shanzhi_jobs{state="failed"} ${lag.failed}`,
    );
    lines.push(
      "# TYPE process_resident_memory_bytes gauge",
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    );
    return `${lines.join("\n")}\n`;
  }
}
