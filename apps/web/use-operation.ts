import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import { type Callable, call, newKey } from "./client.ts";
import type { ApiProblem, NoAnswer } from "./problem.ts";

export type CallError = ApiProblem | NoAnswer | Error;

/** Asks a query (查询) and keeps its answer; the previous page stays visible while the next one is on its way. */
export function useQueryOperation<In, Sent, Out>(
  operation: Callable<In, Sent, Out>,
  input: NoInfer<Sent>,
  options: {
    readonly enabled?: boolean;
    readonly keepPrevious?: boolean;
    readonly refetchInterval?: number | false;
    readonly staleTime?: number;
  } = {},
): UseQueryResult<Out, CallError> {
  return useQuery<Out, CallError>({
    queryKey: [operation.id, input],
    queryFn: ({ signal }) => call(operation, input, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(options.refetchInterval ? { refetchInterval: options.refetchInterval } : {}),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
  });
}

/**
 * Carries out a command (命令). One idempotency key lives as long as nothing was done: retries after a lost answer use
 * it again; a success, or a change of the input, takes a new one. Afterwards everything shown is asked again.
 */
export function useCommand<In, Sent, Out>(
  operation: Callable<In, Sent, Out>,
  options: { readonly onDone?: (output: Out, input: Sent) => void } = {},
): UseMutationResult<Out, CallError, Sent> {
  const client = useQueryClient();
  const held = useRef<{ key: string; input: string } | null>(null);
  return useMutation<Out, CallError, Sent>({
    mutationFn: (input) => {
      const text = JSON.stringify(input) ?? "";
      if (held.current?.input !== text) held.current = { key: newKey(), input: text };
      return call(operation, input, { key: held.current.key });
    },
    onSuccess: async (output, input) => {
      held.current = null;
      options.onDone?.(output, input);
      await client.invalidateQueries();
    },
  });
}
