import { listOrganisations } from "../../modules/organisations/index.ts";
import { call } from "./client.ts";
import type { Found } from "./ui/pickers.tsx";

const uuid = /^[0-9a-f]{8}-/i;

/** Organisations by fragment of the name, pinyin or code, for pickers (查找组织). */
export async function searchOrganisations(typed: string): Promise<readonly Found[]> {
  if (typed.trim().length < 2 || uuid.test(typed)) return [];
  const { items } = await call(listOrganisations, { q: typed.trim(), limit: 20 });
  return items.map((one) => ({ value: one.id, label: one.name, note: one.creditCode ?? one.division }));
}
