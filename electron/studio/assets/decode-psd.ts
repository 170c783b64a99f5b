import { Failure } from "../../../common/failure.ts";
import type { Raster } from "../../../common/raster.ts";
import { createPace, type Pace } from "../export/pace.ts";
import { refuseTooLarge } from "./picture-limits.ts";
import { interleavedPlanes, planeSamples } from "./psd-channels.ts";
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
  /** Whether the four channels are amounts of cyan, magenta, yellow and black. */
  readonly inks: boolean;
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
  CMYK: 4,
};

/**
 * Reads the merged picture of a PSD or PSB file; its layers are left.
 * @throws Failure `too-large`, `unsupported` for colour modes and depths that are not read, or `damaged`
 */
export async function readPsdComposite(
  bytes: Uint8Array,
  name: string,
): Promise<PsdComposite> {
  try {
    const pace = createPace();
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
    const inks = mode === "CMYK";
    // Transparent inks have no place in a raster; they stay as they lie on the white of the paper.
    const clear = !inks && psd.channels > colours && hasTransparency(psd);
    const planes = await mergedPlanes(psd, colours + (clear ? 1 : 0), pace);
    return {
      inks,
      raster: await interleaved(psd, mode, planes, clear, pace),
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

async function interleaved(
  { width, height, depth, colours }: PsdSections,
  mode: string,
  planes: readonly Uint8Array[],
  clear: boolean,
  pace: Pace,
): Promise<PsdComposite["raster"]> {
  const samples = planes.map((plane) => planeSamples(plane, width, depth));
  if (mode === "indexed") {
    const table = colourTable(colours);
    const channels = [0, 256, 512].map((start) =>
      samples[0]!.map((index) => table[start + index]!),
    );
    return interleavedPlanes(channels, width, height, pace);
  }
  const raster = await interleavedPlanes(samples, width, height, pace);
  if (mode === "CMYK") await invert(raster, pace);
  if (clear) await liftFromWhite(raster, pace);
  return raster;
}

function colourTable(colours: Uint8Array): Uint8Array {
  if (colours.length < 768)
    throw new RangeError("the colour table is too short");
  return colours;
}

/** In a PSD the paper's white is the most that a channel of inks holds; elsewhere it is no ink. */
async function invert(
  { width, channels, samples }: PsdComposite["raster"],
  pace: Pace,
): Promise<void> {
  const row = width * channels;
  for (let start = 0; start < samples.length; start += row) {
    for (let at = start; at < start + row; at++) samples[at] = ~samples[at]!;
    if (pace.due()) await pace.rest();
  }
}

/** PSD keeps the merged picture laid on white; this takes the white away again. */
async function liftFromWhite(
  { width, channels, samples }: PsdComposite["raster"],
  pace: Pace,
): Promise<void> {
  const top = samples instanceof Uint16Array ? 65_535 : 255;
  for (let at = 0; at < samples.length; at += channels) {
    if (at % (width * channels) === 0 && pace.due()) await pace.rest();
    const alpha = samples[at + channels - 1]! / top;
    if (alpha === 0 || alpha === 1) continue;
    for (let channel = at; channel < at + channels - 1; channel++) {
      const lifted = top + (samples[channel]! - top) / alpha;
      samples[channel] = lifted > 0 ? Math.min(top, lifted + 0.5) : 0;
    }
  }
}
