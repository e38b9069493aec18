import { usePreferences } from "./preferences.tsx";

export interface CitationLike {
  readonly document: string;
  readonly number?: string;
  readonly article: string;
  readonly item?: string;
}

/** An article as the law writes it (条款): 《社会团体登记管理条例》第二十八条; digits stay digits. */
export function CitationText({ law }: { readonly law: CitationLike }) {
  const { locale } = usePreferences();
  const numbered = /^\d/.test(law.article);
  const item = law.item
    ? /^\d+$/.test(law.item)
      ? locale === "zh"
        ? `第${law.item}项`
        : ` (${law.item})`
      : ` ${law.item}`
    : "";
  const article = numbered ? (locale === "zh" ? `第${law.article}条` : ` art. ${law.article}`) : ` ${law.article}`;
  const title = law.document.startsWith("《") ? law.document : `《${law.document}》`;
  return (
    <span className="citation" title={law.number}>
      {title}
      {article}
      {item}
    </span>
  );
}
