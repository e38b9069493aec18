import QRCode from "qrcode-svg";

/** A row of dark modules (深色模块行): column, row and length in modules. */
export interface QrRun {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** A QR code as rectangles (二维码), `size` modules wide, without the quiet zone of 4 modules it needs around it. */
export interface QrShape {
  readonly size: number;
  readonly runs: readonly QrRun[];
}

/** Makes a QR code of a text (生成二维码), error correction M. Errors: throws when the text is longer than a code holds. */
export function qrShape(content: string): QrShape {
  const { modules } = new QRCode({ content, padding: 0, ecl: "M" }).qrcode;
  const size = modules.length;
  const runs: QrRun[] = [];
  for (let y = 0; y < size; y += 1) {
    let start = -1;
    for (let x = 0; x <= size; x += 1) {
      const isDark = x < size && modules[y]?.[x] === true;
      if (isDark && start < 0) start = x;
      if (!isDark && start >= 0) {
        runs.push({ x: start, y, length: x - start });
        start = -1;
      }
    }
  }
  return { size, runs };
}
