import { useCallback } from "react";
import { listOrganisations } from "../../modules/organisations/index.ts";
import { searchOrganisations as searchPublished } from "../../modules/portal/portal.contract.ts";
import { call } from "./client.ts";
import { useSession } from "./session.tsx";
import type { Found } from "./ui/pickers.tsx";

const uuid = /^[0-9a-f]{8}-/i;
const most = 20;

/** Organisations by fragment of the name, pinyin or code, for pickers (查找组织). */
export async function searchOrganisations(typed: string): Promise<readonly Found[]> {
  if (typed.trim().length < 2 || uuid.test(typed)) return [];
  const { items } = await call(listOrganisations, { q: typed.trim(), limit: most });
  return items.map((one) => ({ value: one.id, label: one.name, note: one.creditCode ?? one.division }));
}

/**
 * The same for whoever is signed in (查找组织): those who do not work with the register find in what is published of their
 * division, by code.
 */
export function useOrganisationSearch(): (typed: string) => Promise<readonly Found[]> {
  const { may, grant } = useSession();
  const reads = may(listOrganisations);
  const division = grant?.division && grant.division !== "0" ? grant.division : undefined;
  return useCallback(
    async (typed) => {
      if (reads) return searchOrganisations(typed);
      if (typed.trim().length < 2) return [];
      const { organisations } = await call(searchPublished, { q: typed.trim(), division, limit: most });
      return organisations.flatMap(({ code, name }) => (code ? [{ value: code, label: name, note: code }] : []));
    },
    [reads, division],
  );
}
