import type { Raster } from "../../../../common/raster.ts";

/** Pictures that test/reference/evaluation.py draws by the same formulas. */
export const waves = draw(
  (x, y, c) =>
    Math.abs(((5 * x + 3 * y + 20 * c) % 128) - 64) * 3 + ((x * y) >> 6),
);
export const tiles = draw(
  (x, y, c) =>
    Math.abs(((2 * x + 7 * y + 33 * c) % 96) - 48) * 4 +
    ((x * x * (c + 1)) >> 7),
);

export function draw(
  value: (x: number, y: number, channel: number) => number,
  width = 96,
  height = 72,
): Raster<Uint8Array<ArrayBuffer>> {
  const samples = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const v = value(pixel % width, Math.floor(pixel / width), i % 3);
    return Math.min(255, Math.max(0, v));
  });
  return { width, height, channels: 3, samples };
}
