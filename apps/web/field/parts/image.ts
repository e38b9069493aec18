/** A photo may not be larger than this when it leaves the phone. */
export const PHOTO_BYTES = 300 * 1024;
/** Longer edge in pixels of the first try, then smaller. */
const EDGES = [1_600, 1_280, 1_024, 800, 640];
const QUALITIES = [0.8, 0.65, 0.5];

function sized(width: number, height: number, edge: number): { width: number; height: number } {
  const scale = Math.min(1, edge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/**
 * A photo small enough for a village network (压缩照片): JPEG of at most 300 KB, upright, without the camera's own notes.
 * Errors: rejects when it is no picture this browser can open.
 */
export async function smallPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  try {
    for (const edge of EDGES) {
      const { width, height } = sized(picture.width, picture.height, edge);
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
      for (const quality of QUALITIES) {
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
        if (blob && blob.size <= PHOTO_BYTES) return blob;
      }
    }
  } finally {
    picture.close();
  }
  throw new Error("the picture cannot be made small enough");
}
