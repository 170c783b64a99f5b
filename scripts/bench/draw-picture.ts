import type { Raster } from "../../common/raster.ts";

/** A square picture with something in it. */
export function drawPicture(
  side: number,
  phase: number,
): Raster<Uint8Array<ArrayBuffer>> & { channels: 3 } {
  const samples = Uint8Array.from({ length: side * side * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % side, Math.floor(i / 3 / side)];
    return 127.5 + 127.5 * Math.sin((x * y) / 900 + x / phase + (i % 3));
  });
  return { width: side, height: side, channels: 3, samples };
}
