import { paddedSide, sideMultiple } from "../networks/generator.ts";
import { axisTaps, neededRange, type Range, type Taps } from "./resample.ts";
import { type AxisSpans, axisSpans } from "./spans.ts";

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
export function networkPart(
  { padded }: NetworkAxis,
  back: Taps,
  part: Range,
): { begin: number; spans: AxisSpans } {
  const need = neededRange(back, part);
  const begin = Math.floor(need.begin / sideMultiple) * sideMultiple;
  const end = Math.ceil(need.end / sideMultiple) * sideMultiple;
  return { begin, spans: axisSpans(padded, begin, end) };
}
