import type { Citation } from "../rule/rule.ts";

/** One piece of a document (文书内容块); texts are plain, a line break begins a new paragraph. */
export type Block =
  | {
      readonly kind: "paragraph";
      readonly text: string;
      readonly align?: "start" | "center" | "end";
      readonly flush?: boolean;
    }
  /** Level 1 is numbered 一、 and bold, level 2 （一）; the number is part of the text only when `number` is absent. */
  | { readonly kind: "heading"; readonly text: string; readonly level?: 1 | 2; readonly number?: number }
  /** Numbered body paragraphs: 一、 or 1. or （一）, one paragraph an item. */
  | { readonly kind: "numbered"; readonly items: readonly string[]; readonly style?: "chinese" | "arabic" | "bracket" }
  /** A definition list (事实表): a missing value is printed as missing, never left empty. */
  | { readonly kind: "facts"; readonly rows: readonly (readonly [label: string, value: string | null])[] }
  | {
      readonly kind: "table";
      readonly caption?: string;
      readonly columns: readonly {
        readonly title: string;
        readonly share?: number;
        readonly align?: "start" | "center" | "end";
      }[];
      readonly rows: readonly (readonly string[])[];
    }
  /** QR codes side by side with their text below: labels to be scanned or cut out (二维码标签). */
  | {
      readonly kind: "codes";
      readonly caption: string;
      readonly items: readonly { readonly content: string; readonly text: string }[];
    }
  | { readonly kind: "citations"; readonly items: readonly Citation[] }
  /** How to object (救济途径). Days and months come from dated settings or the rule that decided. */
  | {
      readonly kind: "remedy";
      readonly reconsideration: { readonly body: string; readonly days: number };
      readonly lawsuit: { readonly court: string; readonly months: number };
    }
  | { readonly kind: "note"; readonly text: string };

/** Where a reader checks that a paper is genuine (核验信息): the code and the page that takes it. */
export interface Verification {
  readonly code: string;
  readonly url: string;
}

/** An official document (公文), complete: equal values print to equal bytes. */
export interface OfficialDocument {
  readonly template: { readonly id: string; readonly version: string };
  /** What stands in seal red at the head (发文机关标志); usually the authority's full name. */
  readonly banner: string;
  readonly authority: string;
  readonly number: string;
  readonly title: string;
  readonly addressee: string | null;
  readonly body: readonly Block[];
  readonly attachments?: readonly string[];
  readonly copies?: readonly string[];
  /** Calendar date of issue (成文日期). */
  readonly issuedOn: string;
  readonly verification: Verification;
  /** Printed from demonstration data: the seal says 样章. */
  readonly specimen: boolean;
}

/** A report (报告): sections of facts and tables, such as a credit report (信用报告). */
export interface ReportDocument {
  readonly template: { readonly id: string; readonly version: string };
  readonly title: string;
  readonly subtitle?: string;
  /** Who answers for it. */
  readonly authority: string;
  readonly number: string;
  readonly issuedOn: string;
  /** What stands before the first section. */
  readonly summary?: readonly Block[];
  readonly sections: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
  readonly verification: Verification;
  readonly specimen: boolean;
}
