import { paddedSide, sideMultiple } from "../networks/generator.ts";
import { axisTaps, neededRange, type Range, type Taps } from "./resample.ts";

/** One axis of the picture, and of the picture that the network sees, which brush size and padding make different. */
export interface NetworkAxis {
  /** Pixels of the picture. */
  readonly length: number;
  /** Pixels that the network sees, without and with padding. */
  readonly size: number;
  readonly padded: number;
  /** From the picture to what the network sees. */
  readonly into: Taps;
}

/** @param size pixels that the network sees */
export function networkAxis(length: number, size: number): NetworkAxis {
  const padded = paddedSide(size);
  return { length, size, padded, into: axisTaps(length, size, padded) };
}

/** What of the network's picture a part of the picture is resized from: at least what the filter needs. */
export function networkPart(back: Taps, part: Range): Range {
  const need = neededRange(back, part);
  return {
    begin: Math.floor(need.begin / sideMultiple) * sideMultiple,
    end: Math.ceil(need.end / sideMultiple) * sideMultiple,
  };
}
