import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { listDivisions } from "../../kernel/divisions/divisions.contract.ts";
import { call } from "./client.ts";
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

/** The division above, by the digits of the code; none above a province. */
export function parentOf(code: string): string | undefined {
  const length = [9, 6, 4, 2].find((one) => one < code.length);
  return length === undefined ? undefined : code.slice(0, length);
}

/**
 * Names for a page of rows (一页的区划名称): township and village together, so that two villages of one name are told apart.
 * One question for each township on the page, kept for ten minutes.
 */
export function usePlacesOf(codes: readonly string[] | undefined): (code: string) => string {
  const { grant } = useSession();
  const parents = [...new Set((codes ?? []).flatMap((code) => parentOf(code) ?? []))].sort().slice(0, 40);
  const answers = useQueries({
    queries: parents.map((parent) => ({
      queryKey: [listDivisions.id, { parent }],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(listDivisions, { parent }, { signal }),
      staleTime: 600_000,
    })),
    combine: (all) => all.map((one) => one.data),
  });
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const answer of answers) {
      if (!answer) continue;
      for (const one of [...answer.chain, ...(answer.parent ? [answer.parent] : []), ...answer.divisions])
        names.set(one.code, one.name);
    }
    return (code) => {
      const own = names.get(code) ?? (code === grant?.division ? grant.label : code);
      const above = code.length > 9 ? names.get(parentOf(code) ?? "") : undefined;
      return above ? `${above} ${own}` : own;
    };
  }, [answers, grant]);
}
