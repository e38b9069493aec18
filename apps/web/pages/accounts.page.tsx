import {
  createAccount,
  grantRole,
  listAccounts,
  revokeGrant,
  setAccountState,
} from "../../../kernel/auth/auth.contract.ts";
import { useComposition } from "../composition.ts";
import { useSession } from "../session.tsx";
import { ActButtons, type ActChoice, type ActWords, type OutputOf, searchDivisions } from "../ui/act-form.tsx";
import { PageHead } from "../ui/file-page.tsx";
import { showDate, showInstant } from "../ui/format.ts";
import { Ledger, type LedgerColumn, LedgerSearch } from "../ui/ledger.tsx";
import { useLedgerState } from "../ui/ledger-state.ts";
import { Empty } from "../ui/notices.tsx";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { StatusWord } from "../ui/status-word.tsx";
import { words as kitWords } from "../ui/ui.words.ts";
import { useQueryOperation } from "../use-operation.ts";
import { words } from "./admin.words.ts";

type Account = OutputOf<typeof listAccounts>["accounts"][number];

/** Accounts and what each may act as (账号与授权). */
export function Component() {
  const w = useWords(words).accounts;
  const kit = useWords(kitWords);
  const { locale } = usePreferences();
  const { may } = useSession();
  const modules = useComposition();
  const state = useLedgerState(["q"]);
  const list = useQueryOperation(listAccounts, { q: state.filters.q }, { keepPrevious: true });
  const given: ActWords = { fields: w.fields, help: w.help, choices: { role: kit.roles, state: w.states } };
  const finder = modules.flatMap((one) => one.finders ?? []).find((one) => one.id === "organisations");
  const searches = {
    division: searchDivisions,
    ...(finder
      ? {
          organisationId: async (typed: string) =>
            typed.trim().length < 2
              ? []
              : (await finder.find(typed, new AbortController().signal)).map((hit) => ({
                  value: hit.to.split("/").at(-1) ?? "",
                  label: hit.label,
                  note: hit.note,
                })),
        }
      : {}),
  };
  const actsOf = (account: Account): ActChoice[] =>
    may(grantRole)
      ? [
          {
            key: `grant-${account.id}`,
            title: w.grant,
            operation: grantRole,
            fixed: { accountId: account.id },
            reasons: [],
          },
          {
            key: `state-${account.id}`,
            title: w.setState,
            operation: setAccountState,
            fixed: { accountId: account.id },
            reasons: [],
          },
          ...account.grants
            .filter((grant) => grant.to === null)
            .map((grant) => ({
              key: `revoke-${grant.id}`,
              title: w.revokeOf({ label: `${grant.label} ${kit.roles[grant.role]}` }),
              operation: revokeGrant,
              fixed: { grantId: grant.id },
              reasons: [],
            })),
        ]
      : [];
  const columns: LedgerColumn<Account>[] = [
    { key: "name", title: w.name, cell: (one) => one.displayName, text: (one) => one.displayName },
    {
      key: "login",
      title: w.login,
      cell: (one) => <span className="code">{one.login}</span>,
      text: (one) => one.login,
    },
    {
      key: "grants",
      title: w.grants,
      cell: (one) => (
        <ul className="grant-list">
          {one.grants.map((grant) => (
            <li key={grant.id}>
              {grant.label} · {kit.roles[grant.role]}{" "}
              {grant.to && <span className="quiet">{showDate(grant.to, locale)}</span>}
            </li>
          ))}
        </ul>
      ),
      text: (one) => one.grants.map((grant) => `${grant.label} ${kit.roles[grant.role]}`).join("; "),
    },
    {
      key: "state",
      title: w.accountState,
      cell: (one) =>
        one.disabled ? (
          <StatusWord tone="muted">{w.disabled}</StatusWord>
        ) : one.lockedUntil && one.lockedUntil > new Date().toISOString() ? (
          <StatusWord tone="late">{w.locked({ until: showInstant(one.lockedUntil, locale) })}</StatusWord>
        ) : (
          <StatusWord tone="done">{w.active}</StatusWord>
        ),
      text: (one) => (one.disabled ? w.disabled : w.active),
    },
    {
      key: "totp",
      title: w.totp,
      cell: (one) => (one.totpEnrolled ? w.totpOn : <span className="quiet">{w.totpOff}</span>),
      text: (one) => (one.totpEnrolled ? w.totpOn : w.totpOff),
    },
    {
      key: "acts",
      title: kit.act.column,
      text: () => "",
      cell: (one) => <ActButtons quiet acts={actsOf(one)} given={given} searches={searches} subjectId={one.id} />,
    },
  ];
  return (
    <>
      <PageHead title={w.title} state={w.state} />
      {may(createAccount) && (
        <ActButtons
          acts={[
            { key: "create", title: w.create, operation: createAccount, fixed: {}, reasons: [], note: w.createNote },
          ]}
          given={given}
        />
      )}
      <Ledger
        id="accounts"
        caption={w.title}
        columns={columns}
        rows={list.data?.accounts}
        rowKey={(one) => one.id}
        query={list}
        state={state}
        filters={
          <LedgerSearch label={w.search} value={state.filters.q} onChange={(value) => state.setFilter("q", value)} />
        }
        empty={<Empty title={w.none} />}
        {...(list.data ? { total: { value: list.data.accounts.length, exact: true } } : {})}
      />
    </>
  );
}
