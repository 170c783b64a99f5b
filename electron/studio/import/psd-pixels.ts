import type { Region } from "../../../common/document/region.ts";
import type { Raster } from "../../../common/raster.ts";
import {
  type Channel,
  interleavedPlanes,
  planeSamples,
} from "../assets/psd-channels.ts";
import { channelPlane } from "../assets/psd-plane.ts";
import { createPace } from "../export/pace.ts";
import { channelIds, type PackedChannel, type PsdNode } from "./psd-tree.ts";

/** How a file's samples are to be read. */
export interface PsdSampleFormat {
  /** 1 grey, 3 RGB. */
  readonly colours: 1 | 3;
  readonly depth: 8 | 16;
  readonly large: boolean;
}

type IntegerRaster = Raster<Uint8Array> | Raster<Uint16Array>;

/**
 * The pixels of a layer, in the file's colours: grey or RGB, with alpha where the layer has it.
 * @throws RangeError where its samples are damaged
 */
export async function layerRaster(
  { channels, bounds }: PsdNode,
  format: PsdSampleFormat,
): Promise<IntegerRaster> {
  const ids: number[] = Array.from({ length: format.colours }, (_, id) => id);
  if (channels.has(channelIds.alpha)) ids.push(channelIds.alpha);
  return interleavedPlanes(
    await Promise.all(
      ids.map((id) => channelSamples(channels.get(id), bounds, format)),
    ),
    bounds.width,
    bounds.height,
    createPace(),
  );
}

/**
 * The pixels of a layer's mask, one channel; null where it is the same everywhere.
 * @throws RangeError where its samples are damaged
 */
export async function maskRaster(
  { channels, mask }: PsdNode,
  format: PsdSampleFormat,
): Promise<IntegerRaster | null> {
  const packed = channels.get(channelIds.mask);
  if (!mask || !packed || mask.bounds.width * mask.bounds.height === 0)
    return null;
  const samples = await channelSamples(packed, mask.bounds, format);
  const top = topOf(samples);
  if (mask.density < 1)
    for (let at = 0; at < samples.length; at++)
      samples[at] = top - mask.density * (top - samples[at]!) + 0.5;
  return greyRaster(samples, mask.bounds);
}

/**
 * The shape of a layer as a mask over its bounds: its alpha times its own mask.
 * @param mask of `maskRaster`
 */
export function shapeRaster(
  raster: IntegerRaster,
  { bounds, mask }: PsdNode,
  maskPixels: IntegerRaster | null,
): IntegerRaster {
  const { width, height, channels, samples } = raster;
  const clear = channels === 2 || channels === 4;
  const shape = (
    samples instanceof Uint16Array
      ? new Uint16Array(width * height)
      : new Uint8Array(width * height)
  ).fill(topOf(samples));
  if (clear)
    for (let pixel = 0; pixel < shape.length; pixel++)
      shape[pixel] = samples[pixel * channels + channels - 1]!;
  if (!mask?.enabled) return greyRaster(shape, raster);
  const own = mask.bounds;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = x + bounds.x - own.x;
      const row = y + bounds.y - own.y;
      const within =
        maskPixels !== null &&
        column >= 0 &&
        row >= 0 &&
        column < own.width &&
        row < own.height;
      const share = within
        ? maskPixels.samples[row * own.width + column]! /
          topOf(maskPixels.samples)
        : mask.outside;
      const at = y * width + x;
      shape[at] = shape[at]! * share + 0.5;
    }
  return greyRaster(shape, raster);
}

/** The same colours, opaque. */
export function withoutAlpha(raster: IntegerRaster): IntegerRaster {
  const { width, height, channels, samples } = raster;
  if (channels === 1 || channels === 3) return raster;
  const colours = (channels - 1) as 1 | 3;
  const length = width * height * colours;
  const opaque =
    samples instanceof Uint16Array
      ? new Uint16Array(length)
      : new Uint8Array(length);
  for (let to = 0, from = 0; to < length; to += colours, from += channels)
    for (let channel = 0; channel < colours; channel++)
      opaque[to + channel] = samples[from + channel]!;
  return { width, height, channels: colours, samples: opaque } as IntegerRaster;
}

/** A channel that the file leaves out is 0. */
async function channelSamples(
  packed: PackedChannel | undefined,
  { width, height }: Region,
  { depth, large }: PsdSampleFormat,
): Promise<Channel> {
  const size = { width, height, depth, large };
  const plane = packed
    ? await channelPlane(packed.compression, packed.data, size, createPace())
    : new Uint8Array((width * height * depth) / 8);
  return planeSamples(plane, width, depth);
}

function greyRaster(
  samples: Channel,
  { width, height }: Pick<Region, "width" | "height">,
) {
  return { width, height, channels: 1, samples } as IntegerRaster;
}

function topOf(samples: Channel): number {
  return samples instanceof Uint16Array ? 65_535 : 255;
}
