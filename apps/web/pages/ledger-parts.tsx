import { Link } from "react-router";
import type { LedgerAccount } from "../../../kernel/ledger/ledger.contract.ts";
import { useComposition } from "../composition.ts";
import { showCount, showYuan } from "../ui/format.ts";
import { usePreferences, useWords } from "../ui/preferences.tsx";
import { words } from "./ledger.words.ts";

/** An amount of an account with its unit: money in yuan, goods in pieces. */
export function useLedgerAmount(): (amount: number, unit: string) => string {
  const w = useWords(words);
  return (amount, unit) => (unit === "fen" ? `${showYuan(amount)} ${w.yuan}` : `${showCount(amount)} ${unit}`);
}

/** What kind of account it is, in words; kinds of one module have its own words. */
export function useKindOf(): (kind: string) => string {
  const w = useWords(words);
  const modules = useComposition();
  const { locale } = usePreferences();
  return (kind) => {
    for (const one of modules) {
      const found = one.accountKinds?.[locale][kind];
      if (found) return found;
    }
    return (w.kinds as Readonly<Record<string, string>>)[kind] ?? kind;
  };
}

/** Why something was posted, in words, and where the record behind it opens. */
export function useCause(): (cause: string, subject: string | null) => { readonly name: string; readonly to?: string } {
  const modules = useComposition();
  const { locale } = usePreferences();
  return (cause, subject) => {
    for (const one of modules) {
      const found = one.causes?.[cause];
      if (found) return { name: found.name[locale], ...(subject && found.to ? { to: found.to(subject) } : {}) };
    }
    return { name: cause };
  };
}

/** An account as a link, with its kind and purpose. */
export function AccountLink({ account }: { readonly account: LedgerAccount }) {
  const w = useWords(words);
  const kindOf = useKindOf();
  return (
    <span>
      <Link to={`/ledger/accounts/${account.id}`}>{account.kind === "source" ? kindOf("source") : account.owner}</Link>{" "}
      <span className="quiet">
        {[account.kind !== "source" && kindOf(account.kind), account.purpose && `${w.purpose}：${account.purpose}`]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </span>
  );
}
