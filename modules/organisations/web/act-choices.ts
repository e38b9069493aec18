import type { ActChoice } from "../../../apps/web/ui/act-form.tsx";
import { named } from "../../../apps/web/ui/naming.ts";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { useCodeSentence } from "../../../apps/web/ui/problem-sentence.ts";
import { words as kitWords } from "../../../apps/web/ui/ui.words.ts";
import type { Facts } from "../../../kernel/operation/define.ts";
import { operationsById } from "./operations.ts";
import { words } from "./organisations.web.words.ts";

interface OfferedAct {
  readonly act: string;
  readonly operation: string;
  readonly legalEffect: boolean;
  readonly obstacles: readonly { readonly code: string; readonly facts?: Facts }[];
}

/** Inputs that are decided by which act was pressed. */
const decidedBy: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "agree-demand": { agree: true },
  "decline-demand": { agree: false },
  annul: { uphold: true },
  revoke: { uphold: true },
  drop: { uphold: false },
};

/** Turns the acts the server offers into buttons: their titles, inputs already known, and reasons in words. */
export function useActChoices(): (
  procedure: string,
  acts: readonly OfferedAct[],
  known: Readonly<Record<string, unknown>>,
) => ActChoice[] {
  const w = useWords(words);
  const kit = useWords(kitWords);
  const sentence = useCodeSentence();
  const { locale } = usePreferences();
  return (procedure, acts, known) =>
    acts.flatMap((offered) => {
      const operation = operationsById.get(offered.operation);
      if (!operation) return [];
      const shape = (operation.input as { shape?: Readonly<Record<string, unknown>> }).shape ?? {};
      const fixed = Object.fromEntries(
        Object.entries({ ...known, ...decidedBy[offered.act] }).filter(([name]) => name in shape),
      );
      const key = `${procedure}/${offered.act}`;
      const say = (one: OfferedAct["obstacles"][number]) => {
        const roles = one.facts?.roles;
        if (one.code === "procedure/wrong-role" && Array.isArray(roles))
          return kit.act.role({
            roles: roles.map((role) => named(kit.roles, String(role))).join(locale === "zh" ? "、" : ", "),
          });
        return sentence(one.code, one.facts) ?? kit.errors.byStatus({ status: 409 });
      };
      return [
        {
          key,
          title: key in w.actTitles ? named(w.actTitles, key) : named(w.acts, offered.act),
          operation,
          fixed,
          legal: offered.legalEffect,
          reasons: offered.obstacles.map(say),
        },
      ];
    });
}
