import { words } from "./citation.words.ts";
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
  const spoken = words[locale];
  const plainItem = law.item && !/^\d+$/.test(law.item) ? ` ${law.item}` : "";
  const item = law.item && plainItem === "" ? spoken.item({ item: law.item }) : plainItem;
  const article = /^\d/.test(law.article) ? spoken.article({ article: law.article }) : ` ${law.article}`;
  const title = law.document.startsWith("《") ? law.document : `《${law.document}》`;
  return (
    <span className="citation" title={law.number}>
      {title}
      {article}
      {item}
    </span>
  );
}
