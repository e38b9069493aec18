import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { z } from "zod";
import { signOut, switchGrant, whoAmI } from "../../kernel/auth/auth.contract.ts";
import type { Operation, Role } from "../../kernel/operation/define.ts";
import { call, configureClient } from "./client.ts";
import { isSignedOut } from "./problem.ts";

export type Me = z.output<typeof whoAmI.output>;
export type Grant = Me["grants"][number];

interface Session {
  readonly me: Me;
  /** The grant under which everything is done now (当前身份); undefined when the account has none. */
  readonly grant: Grant | undefined;
  /** Whether the present role is among those an operation names: the same list the server checks. */
  may(operation: Pick<Operation, "who">): boolean;
  hasRole(roles: readonly Role[]): boolean;
  switchTo(grantId: string): Promise<void>;
  signOut(): Promise<void>;
  refresh(): Promise<unknown>;
}

const Context = createContext<Session | null>(null);

/** The signed-in person and the acting grant. */
export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("SessionGate is missing");
  return session;
}

/** Gives a page a session without a server: for the page of the kit. */
export function FixedSession({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const value = useMemo(
    () => sessionOf(me, { switchTo: async () => {}, signOut: async () => {}, refresh: async () => {} }),
    [me],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

function sessionOf(me: Me, acts: Pick<Session, "switchTo" | "signOut" | "refresh">): Session {
  const grant = me.grants.find((one) => one.id === me.current) ?? me.grants[0];
  const hasRole = (roles: readonly Role[]) => grant !== undefined && roles.includes(grant.role);
  return { me, grant, hasRole, may: (operation) => hasRole(operation.who), ...acts };
}

/**
 * Asks who is there before anything else. Nobody: the sign-in page at this very address. A session that ends while
 * somebody works: a dialog above the page, which stays as it is with every typed word.
 */
export function SessionGate({
  children,
  signIn,
  again,
  failed,
  waiting,
}: {
  readonly children: ReactNode;
  readonly signIn: (done: () => void) => ReactNode;
  readonly again: (done: () => void) => ReactNode;
  readonly failed: (error: unknown, retry: () => void) => ReactNode;
  readonly waiting: ReactNode;
}) {
  const client = useQueryClient();
  const [ended, setEnded] = useState(false);
  const asked = useQuery({
    queryKey: [whoAmI.id],
    queryFn: ({ signal }) => call(whoAmI, {}, { signal }),
    retry: (count, error) => !isSignedOut(error) && count < 2,
    staleTime: 60_000,
  });
  const me = asked.data;
  useEffect(() => configureClient({ onSignedOut: () => setEnded(true) }), []);

  const switchTo = useCallback(
    async (grantId: string) => {
      const next = await call(switchGrant, { grantId });
      client.clear();
      client.setQueryData([whoAmI.id], next);
    },
    [client],
  );
  const leave = useCallback(async () => {
    await call(signOut, {});
    client.clear();
    location.assign("/console/");
  }, [client]);
  const refresh = useCallback(() => client.refetchQueries({ queryKey: [whoAmI.id] }), [client]);
  const session = useMemo(
    () => (me ? sessionOf(me, { switchTo, signOut: leave, refresh }) : null),
    [me, switchTo, leave, refresh],
  );

  const back = async () => {
    setEnded(false);
    await client.invalidateQueries();
  };
  if (!session) {
    if (isSignedOut(asked.error)) return <>{signIn(() => void back())}</>;
    if (asked.error) return <>{failed(asked.error, () => void asked.refetch())}</>;
    return <>{waiting}</>;
  }
  return (
    <Context.Provider value={session}>
      {children}
      {ended && again(() => void back())}
    </Context.Provider>
  );
}
