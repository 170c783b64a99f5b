import type { Raster } from "../../../common/raster.ts";

/** An RGBA picture as RGB where nothing shines through; any other as it is. */
export function withoutFullAlpha(
  raster: Raster<Uint8Array> | Raster<Uint16Array>,
): Raster<Uint8Array> | Raster<Uint16Array> {
  const { width, height, channels, samples } = raster;
  if (channels !== 4) return raster;
  const opaque = samples instanceof Uint16Array ? 65_535 : 255;
  for (let index = 3; index < samples.length; index += 4)
    if (samples[index] !== opaque) return raster;
  const colours =
    samples instanceof Uint16Array
      ? new Uint16Array(width * height * 3)
      : new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < colours.length; from += 4, to += 3) {
    colours[to] = samples[from]!;
    colours[to + 1] = samples[from + 1]!;
    colours[to + 2] = samples[from + 2]!;
  }
  return { width, height, channels: 3, samples: colours } as typeof raster;
}
