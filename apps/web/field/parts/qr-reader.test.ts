import { afterEach, expect, it, vi } from "vitest";
import { qrShape } from "../../../../kernel/document/qr.ts";
import { makeReader } from "./qr-reader.ts";

const SCALE = 6;
const video = { videoWidth: 1_280, videoHeight: 720 } as HTMLVideoElement;

afterEach(() => vi.unstubAllGlobals());

/** A canvas that sees this code, or white paper. */
function seeing(code: string | null): { drawn: number[][] } {
  const seen = { drawn: [] as number[][] };
  const { size, runs } = code === null ? { size: 21, runs: [] } : qrShape(code);
  const edge = (size + 8) * SCALE;
  const data = new Uint8ClampedArray(edge * edge * 4).fill(255);
  for (const run of runs)
    for (let y = 0; y < SCALE; y += 1)
      for (let x = 0; x < run.length * SCALE; x += 1) {
        const at = (((run.y + 4) * SCALE + y) * edge + (run.x + 4) * SCALE + x) * 4;
        data.fill(0, at, at + 3);
      }
  const pen = {
    drawImage: (_video: unknown, ...where: number[]) => seen.drawn.push(where),
    getImageData: () => ({ width: edge, height: edge, data }),
  };
  vi.stubGlobal("document", { createElement: () => ({ getContext: () => pen }) });
  return seen;
}

function native(detect: () => Promise<unknown[]>, formats = ["qr_code"]): void {
  class Detector {
    static async getSupportedFormats(): Promise<string[]> {
      return formats;
    }
    detect = detect;
  }
  vi.stubGlobal("BarcodeDetector", Detector);
}

it("reads the square in the middle with its own decoder where the browser has none", async () => {
  const seen = seeing("YY-2026-0001");
  const read = await makeReader();
  expect(await read(video)).toBe("YY-2026-0001");
  expect(seen.drawn).toEqual([[280, 0, 720, 720, 0, 0, 640, 640]]);
  seeing(null);
  expect(await (await makeReader())(video)).toBeNull();
  expect(await read({ videoWidth: 0, videoHeight: 0 } as HTMLVideoElement)).toBeNull();
});

it("takes the code that is aimed at when the browser sees several", async () => {
  const at = (rawValue: string, x: number, y: number) => ({
    rawValue,
    boundingBox: { x, y, width: 100, height: 100 },
  });
  native(async () => [at("corner", 0, 0), at("middle", 560, 320), at("edge", 1_100, 300)]);
  expect(await (await makeReader())(video)).toBe("middle");
  native(async () => []);
  expect(await (await makeReader())(video)).toBeNull();
});

it("goes on with its own decoder when the browser's fails or does not know QR codes", async () => {
  seeing("M-1");
  const detect = vi.fn(async () => {
    throw new DOMException("no service", "NotSupportedError");
  });
  native(detect);
  const read = await makeReader();
  expect([await read(video), await read(video)]).toEqual(["M-1", "M-1"]);
  expect(detect).toHaveBeenCalledTimes(1);
  native(async () => [{ rawValue: "never" }], ["ean_13"]);
  expect(await (await makeReader())(video)).toBe("M-1");
});
