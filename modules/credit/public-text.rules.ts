/** What a citizen number, a mobile number or a bank card looks like in running text. */
const personal: readonly RegExp[] = [
  /(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])/,
  /(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/,
  /(?<!\d)62\d{14,17}(?!\d)/,
];

/**
 * Whether a text that the public will read holds numbers of a person (公开文本个人信息检查): citizen number, mobile number, bank
 * card. Names cannot be known; the page asks for a sentence without people.
 */
export function holdsPersonalNumbers(text: string): boolean {
  const plain = text.normalize("NFKC");
  return personal.some((one) => one.test(plain));
}
