import type { Raster } from "../../common/raster.ts";
import type { Random } from "./random.ts";

/** An RGB picture as a pyramid: each level is half the one before, by 2x2 averages, down to 16 pixels. */
export interface Picture {
  readonly levels: readonly Level[];
}

interface Level {
  readonly width: number;
  readonly height: number;
  /** RGB in 0..255, rows from the top. */
  readonly samples: Uint8Array;
}

/** @param raster RGB, 8 bit */
export function pictureFrom(raster: Raster): Picture {
  if (raster.channels !== 3 || !(raster.samples instanceof Uint8Array)) {
    throw new TypeError("Training pictures are RGB with 8 bits a channel.");
  }
  const { width, height, samples } = raster;
  const levels: Level[] = [{ width, height, samples }];
  for (;;) {
    const last = levels[levels.length - 1]!;
    if (Math.min(last.width, last.height) < 32) return { levels };
    levels.push(half(last));
  }
}

function half({ width, height, samples }: Level): Level {
  const w = width >> 1;
  const h = height >> 1;
  const halved = new Uint8Array(w * h * 3);
  const row = width * 3;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const from = 2 * y * row + 6 * x;
      for (let c = 0; c < 3; c++) {
        const i = from + c;
        halved[(y * w + x) * 3 + c] =
          (samples[i]! +
            samples[i + 3]! +
            samples[i + row]! +
            samples[i + row + 3]! +
            2) >>
          2;
      }
    }
  }
  return { width: w, height: h, samples: halved };
}

export interface CropRange {
  /** Side of the square that is cut, as a share of the picture's short side. */
  readonly smallest: number;
  readonly largest: number;
}

/**
 * Cuts a random square, mirrors it half the time and samples it to `side` x `side` (bilinear, from the level whose
 * pixels are nearest in size, so that shrinking does not alias). Writes RGB in 0..1 to `out` at `offset`.
 */
export function randomCrop(
  picture: Picture,
  side: number,
  range: CropRange,
  random: Random,
  out: Float32Array,
  offset: number,
): void {
  const { width, height } = picture.levels[0]!;
  const short = Math.min(width, height);
  const extent = short * random.uniform(range.smallest, range.largest);
  const left = random.uniform(0, width - extent);
  const top = random.uniform(0, height - extent);
  const mirrored = random.chance(0.5);
  let index = 0;
  while (
    index + 1 < picture.levels.length &&
    extent / 2 ** (index + 1) >= side * 0.9
  ) {
    index++;
  }
  const level = picture.levels[index]!;
  const shrink = width / level.width;
  sample(
    level,
    left / shrink,
    top / shrink,
    extent / shrink / side,
    side,
    mirrored,
    out,
    offset,
  );
}

function sample(
  { width, height, samples }: Level,
  left: number,
  top: number,
  pitch: number,
  side: number,
  mirrored: boolean,
  out: Float32Array,
  offset: number,
): void {
  for (let y = 0; y < side; y++) {
    const sy = clamp(top + (y + 0.5) * pitch - 0.5, height - 1);
    const y0 = Math.floor(sy);
    const fy = sy - y0;
    const above = y0 * width;
    const below = Math.min(y0 + 1, height - 1) * width;
    for (let x = 0; x < side; x++) {
      const sx = clamp(left + (x + 0.5) * pitch - 0.5, width - 1);
      const x0 = Math.floor(sx);
      const fx = sx - x0;
      const x1 = Math.min(x0 + 1, width - 1);
      const to = offset + (y * side + (mirrored ? side - 1 - x : x)) * 3;
      for (let c = 0; c < 3; c++) {
        const upper =
          samples[(above + x0) * 3 + c]! * (1 - fx) +
          samples[(above + x1) * 3 + c]! * fx;
        const lower =
          samples[(below + x0) * 3 + c]! * (1 - fx) +
          samples[(below + x1) * 3 + c]! * fx;
        out[to + c] = (upper * (1 - fy) + lower * fy) / 255;
      }
    }
  }
}

function clamp(value: number, high: number): number {
  return value < 0 ? 0 : Math.min(value, high);
}
