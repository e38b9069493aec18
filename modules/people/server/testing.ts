import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { citizenIdCheckDigit } from "../../../kernel/identity/citizen-id.ts";
import * as sheets from "../../../kernel/sheet/sheet.contract.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";

/** A citizen number with a right check digit for an invented birth (测试用号码). */
export function inventedNumber(birth: string, order: number, area = "630102"): string {
  const body = `${area}${birth.replaceAll("-", "")}${String(order % 1000).padStart(3, "0")}`;
  return body + citizenIdCheckDigit(body);
}

/** A file of shared test data; undefined where it is absent. */
export function sharedFile(name: string): string | undefined {
  const path = new URL(`../../../../shared/data/${name}`, import.meta.url);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Puts lines into a sheet and the sheet on the shelf (测试用导入): staged and checked; answers the batch. */
export async function stageLines(
  house: TestHouse,
  importer: TestActor,
  lines: readonly (readonly string[])[],
  tick = true,
) {
  const csv = lines.map((line) => line.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
  const path = join(mkdtempSync(join(tmpdir(), "shanzhi-sheet-")), "census.csv");
  writeFileSync(path, csv);
  const sha256 = createHash("sha256").update(csv).digest("hex");
  const upload = { fileName: "census.csv", declaredType: "text/csv", path, size: Buffer.byteLength(csv), sha256 };
  const { id } = await importer.call(sheets.stage, { operation: "people.record-census" }, { upload });
  if (tick) await house.open.jobs.tick();
  return importer.call(sheets.get, { id, limit: 200 });
}
