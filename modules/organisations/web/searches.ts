import { call } from "../../../apps/web/client.ts";
import type { Found } from "../../../apps/web/ui/pickers.tsx";
import { listUnits } from "../organisations.contract.ts";

const uuid = /^[0-9a-f]{8}-/i;

/** Supervisory units by name, for pickers (查找业务主管单位). */
export async function searchUnits(typed: string): Promise<readonly Found[]> {
  if (uuid.test(typed)) return [];
  const { items } = await call(listUnits, { q: typed.trim(), limit: 20 });
  return items.map((one) => ({ value: one.id, label: one.name, note: one.division }));
}
