import { defineTemplate } from "../../../kernel/document/template.ts";
import { law } from "../../../kernel/regulations/law.rules.ts";
import { formatFigure, formatMoney } from "../../../kernel/text/figures.ts";
import { receiptWords } from "../receipt.words.ts";

const words = receiptWords.zh;

export interface ReceiptFacts {
  readonly receipt: string;
  readonly donor: string;
  readonly payer: string | null;
  readonly forwarder: string | null;
  readonly recipient: string;
  readonly on: string;
  readonly amountFen: number | null;
  readonly item: string | null;
  readonly spec: string | null;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly valueFen: number | null;
  readonly valuation: keyof typeof words.valuations | null;
  readonly purpose: string;
  readonly agreement: string | null;
}

/** 捐赠票据: who gave what to whom for what; cash and the value of goods on lines of their own (慈善法第三十八条). */
export const receiptTemplate = defineTemplate<ReceiptFacts>({
  id: "donations.receipt",
  version: "1",
  from: law.charity2016.effectiveFrom,
  title: () => words.title,
  addressee: (facts) => facts.donor || null,
  body: (facts) => [
    {
      kind: "facts",
      rows: [
        [words.donor, facts.donor || null],
        ...(facts.payer ? ([[words.payer, facts.payer]] as const) : []),
        ...(facts.forwarder ? ([[words.forwarder, facts.forwarder]] as const) : []),
        [words.recipient, facts.recipient],
        [words.on, facts.on],
        ...(facts.amountFen !== null ? ([[words.cash, formatMoney(facts.amountFen)]] as const) : []),
        ...(facts.quantity !== null
          ? ([
              [
                words.goods,
                words.pieces({
                  item: [facts.item, facts.spec].filter(Boolean).join(" "),
                  quantity: formatFigure(facts.quantity, "grouped"),
                  unit: facts.unit ?? "",
                }),
              ],
              [words.value, facts.valueFen === null ? null : formatMoney(facts.valueFen)],
              [words.valuation, words.valuations[facts.valuation ?? "none"]],
            ] as const)
          : []),
        [words.purpose, facts.purpose || words.anyPurpose],
        ...(facts.agreement ? ([[words.agreement, facts.agreement]] as const) : []),
        [words.number, facts.receipt],
      ],
    },
    { kind: "paragraph", text: words.thanks(facts) },
  ],
});
