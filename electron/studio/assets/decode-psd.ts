import { Failure } from "../../../common/failure.ts";
import type { Raster } from "../../../common/raster.ts";
import { refuseTooLarge } from "./picture-limits.ts";
import { mergedPlanes } from "./psd-merged.ts";
import {
  hasTransparency,
  type PsdSections,
  psdModes,
  psdProfile,
  psdSections,
} from "./psd-sections.ts";

/** A PSD's merged picture, in the colours of its profile. */
export interface PsdComposite {
  readonly raster: Raster<Uint8Array> | Raster<Uint16Array>;
  readonly profile: Uint8Array | null;
}

/** Planes of colour in the modes that are read. */
const colourPlanes: Partial<Record<string, number>> = {
  bitmap: 1,
  grey: 1,
  duotone: 1,
  indexed: 1,
  RGB: 3,
};

/**
 * Reads the merged picture of a PSD or PSB file; its layers are left.
 * @throws Failure `too-large`, `unsupported` for colour modes and depths that are not read, or `damaged`
 */
export function readPsdComposite(
  bytes: Uint8Array,
  name: string,
): PsdComposite {
  try {
    const psd = psdSections(bytes);
    refuseTooLarge(name, psd.width, psd.height);
    const mode = psdModes[psd.mode] ?? "";
    const colours = colourPlanes[mode];
    if (colours === undefined)
      throw unsupported(
        name,
        mode === "" ? "unknown colours" : `${mode} colours`,
        "Save it in RGB.",
      );
    const bitmap = mode === "bitmap" && psd.depth === 1;
    if (!bitmap && psd.depth !== 8 && psd.depth !== 16)
      throw unsupported(
        name,
        `${psd.depth} bits a channel`,
        "Save it with 8 or 16 bits a channel.",
      );
    const clear = psd.channels > colours && hasTransparency(psd);
    const planes = mergedPlanes(psd, colours + (clear ? 1 : 0));
    return {
      raster: interleaved(psd, mode, planes, clear),
      profile: psdProfile(psd),
    };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("damaged", `${name} is damaged (${reason})`, {
      subject: name,
      hint: "Open it in the program that made it and save it again.",
      cause,
    });
  }
}

function unsupported(name: string, what: string, hint: string): Failure {
  return new Failure(
    "unsupported",
    `${name} is a PSD with ${what}, which Fude does not read`,
    { subject: name, hint },
  );
}

function interleaved(
  { width, height, depth, colours }: PsdSections,
  mode: string,
  planes: readonly Uint8Array[],
  clear: boolean,
): PsdComposite["raster"] {
  const numbers = planes.map((plane) => samplesOf(plane, width, depth));
  const table = mode === "indexed" ? colourTable(colours) : null;
  const channels = table ? 3 : planes.length;
  const samples =
    depth === 16
      ? new Uint16Array(width * height * channels)
      : new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel++)
    for (let channel = 0; channel < channels; channel++)
      samples[pixel * channels + channel] = table
        ? table[channel * 256 + numbers[0]![pixel]!]!
        : numbers[channel]![pixel]!;
  if (clear) liftFromWhite(samples, channels);
  return { width, height, channels, samples } as PsdComposite["raster"];
}

/** Numbers of a plane: bytes, big-endian pairs, or bits of which 1 is black. */
function samplesOf(
  plane: Uint8Array,
  width: number,
  depth: number,
): Uint8Array | Uint16Array {
  if (depth === 8) return plane;
  if (depth === 16) {
    Buffer.from(plane.buffer, plane.byteOffset, plane.length).swap16();
    return new Uint16Array(plane.buffer, plane.byteOffset, plane.length / 2);
  }
  const stride = Math.ceil(width / 8);
  const height = plane.length / stride;
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) {
    const x = at % width;
    const byte = plane[Math.floor(at / width) * stride + (x >> 3)]!;
    grey[at] = (byte >> (7 - (x & 7))) & 1 ? 0 : 255;
  }
  return grey;
}

function colourTable(colours: Uint8Array): Uint8Array {
  if (colours.length < 768)
    throw new RangeError("the colour table is too short");
  return colours;
}

/** PSD keeps the merged picture laid on white; this takes the white away again. */
function liftFromWhite(
  samples: Uint8Array | Uint16Array,
  channels: number,
): void {
  const top = samples instanceof Uint16Array ? 65_535 : 255;
  for (let at = 0; at < samples.length; at += channels) {
    const alpha = samples[at + channels - 1]! / top;
    if (alpha === 0 || alpha === 1) continue;
    for (let channel = at; channel < at + channels - 1; channel++) {
      const lifted = top + (samples[channel]! - top) / alpha;
      samples[channel] = lifted > 0 ? Math.min(top, lifted + 0.5) : 0;
    }
  }
}
