declare module "qrcode-svg" {
  interface Options {
    readonly content: string;
    readonly padding?: number;
    readonly ecl?: "L" | "M" | "Q" | "H";
  }
  export default class QRCode {
    constructor(options: Options);
    readonly qrcode: { readonly modules: readonly (readonly boolean[])[] };
  }
}
