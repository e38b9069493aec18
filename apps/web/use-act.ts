import type { Operation } from "../../kernel/operation/define.ts";
import { useSession } from "./session.tsx";
import type { ActChoice } from "./ui/act-form.tsx";

/** One act of a page, when the reader's role may do it at all (可办事项); nothing otherwise. */
export function useAct(): (
  key: string,
  title: string,
  operation: unknown,
  fixed: Readonly<Record<string, unknown>>,
  rest?: Partial<ActChoice>,
) => ActChoice[] {
  const { may } = useSession();
  return (key, title, operation, fixed, rest) => {
    const known = operation as Operation<unknown, unknown, unknown, string>;
    return may(known) ? [{ key, title, operation: known, fixed, reasons: [], ...rest }] : [];
  };
}
