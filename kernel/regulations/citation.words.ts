/** An article in one line (条款): 《基金会管理条例》第29条第2项. */
export function articleText(citation: {
  readonly document: string;
  readonly article: string;
  readonly item?: string;
}): string {
  const item = citation.item ? `第${citation.item}项` : "";
  return `《${citation.document}》第${citation.article}条${item}`;
}
