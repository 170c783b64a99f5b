import type { Raster } from "../../common/raster.ts";
import type { RowReader } from "./resample.ts";

/** The sample that means 1. */
export function white(samples: Raster["samples"]): number {
  if (samples instanceof Uint8Array) return 255;
  return samples instanceof Uint16Array ? 65535 : 1;
}

/**
 * Reads a picture of any kind as RGB in 0..1: grey three times over. Pixels that are wholly transparent have no colour
 * of their own; they are read as the mean of the visible ones, so that nothing bleeds in from them.
 */
export function pictureRows(picture: Raster): RowReader {
  const { width, channels, samples } = picture;
  const scale = 1 / white(samples);
  const alpha = channels === 2 || channels === 4 ? channels - 1 : null;
  const hidden = alpha === null ? [0, 0, 0] : visibleMean(picture, alpha);
  const [green, blue] = channels > 2 ? [1, 2] : [0, 0];
  let row = new Float32Array(0);
  return (y, begin, end) => {
    if (row.length !== (end - begin) * 3) {
      row = new Float32Array((end - begin) * 3);
    }
    let from = (y * width + begin) * channels;
    for (let to = 0; to < row.length; to += 3, from += channels) {
      if (alpha !== null && samples[from + alpha] === 0) {
        row.set(hidden, to);
      } else {
        row[to] = samples[from]! * scale;
        row[to + 1] = samples[from + green]! * scale;
        row[to + 2] = samples[from + blue]! * scale;
      }
    }
    return row;
  };
}

/** The mean colour of a picture, each pixel counted by its alpha; middle grey where all of it is transparent. */
function visibleMean(
  { channels, samples }: Raster,
  alpha: number,
): [number, number, number] {
  const [green, blue] = channels > 2 ? [1, 2] : [0, 0];
  // Every so manyth pixel: an odd stride meets all columns.
  const stride =
    channels * (2 * Math.floor(samples.length / channels / 2 ** 19) + 1);
  let [r, g, b, sum] = [0, 0, 0, 0];
  for (let i = 0; i < samples.length; i += stride) {
    const weight = samples[i + alpha]!;
    r += weight * samples[i]!;
    g += weight * samples[i + green]!;
    b += weight * samples[i + blue]!;
    sum += weight;
  }
  if (sum === 0) return [0.5, 0.5, 0.5];
  const scale = 1 / (sum * white(samples));
  return [r * scale, g * scale, b * scale];
}
