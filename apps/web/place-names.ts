import { useMemo } from "react";
import { listDivisions } from "../../kernel/divisions/divisions.contract.ts";
import { useSession } from "./session.tsx";
import { useQueryOperation } from "./use-operation.ts";

/** Names of a division, of those below it and of those above (区划名称); a code nobody knows stays a code. */
export function usePlaceNames(parent: string | undefined): (code: string) => string {
  const { grant } = useSession();
  const places = useQueryOperation(listDivisions, { parent }, { staleTime: 600_000 });
  return useMemo(() => {
    const known = [
      ...(places.data?.chain ?? []),
      ...(places.data?.divisions ?? []),
      ...(places.data?.parent ? [places.data.parent] : []),
    ];
    const names = new Map(known.map((one) => [one.code, one.name]));
    if (grant?.division && grant.label) names.set(grant.division, grant.label);
    return (code) => names.get(code) ?? code;
  }, [places.data, grant]);
}
