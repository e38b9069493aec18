/** Finds a QR code in what the camera shows (识别二维码); null when there is none in sight. */
export type Reader = (video: HTMLVideoElement) => Promise<string | null>;

interface Detected {
  readonly rawValue: string;
  readonly boundingBox: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}
interface Detector {
  new (options: { formats: string[] }): { detect(source: HTMLVideoElement): Promise<Detected[]> };
  getSupportedFormats(): Promise<string[]>;
}

/** Larger than this a picture only costs time: a label fills a good part of it. */
const EDGE = 640;

/** The browser's own detector where it has one, else the one we bring; both work without network. */
export async function makeReader(): Promise<Reader> {
  const Native = (globalThis as { BarcodeDetector?: Detector }).BarcodeDetector;
  const formats = Native ? await Native.getSupportedFormats().catch(() => []) : [];
  if (!Native || !formats.includes("qr_code")) return ourReader();
  const detector = new Native({ formats: ["qr_code"] });
  let own: Reader | null = null;
  return async (video) => {
    if (own) return own(video);
    try {
      return nearest(await detector.detect(video), video);
    } catch {
      // Some phones offer a detector whose service is not installed: it fails on every picture.
      own = await ourReader();
      return own(video);
    }
  };
}

/** Of several codes in sight the one that is aimed at. */
function nearest(found: readonly Detected[], video: HTMLVideoElement): string | null {
  const away = ({ boundingBox: box }: Detected) =>
    Math.hypot(box.x + box.width / 2 - video.videoWidth / 2, box.y + box.height / 2 - video.videoHeight / 2);
  return [...found].sort((a, b) => away(a) - away(b))[0]?.rawValue ?? null;
}

async function ourReader(): Promise<Reader> {
  const { decodeQR } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    // The square in the middle is what the reader sees on the screen.
    const side = Math.min(video.videoWidth, video.videoHeight);
    if (!pen || side === 0) return null;
    const size = Math.min(EDGE, side);
    canvas.width = size;
    canvas.height = size;
    pen.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, size, size);
    try {
      return decodeQR(pen.getImageData(0, 0, size, size));
    } catch {
      return null;
    }
  };
}
