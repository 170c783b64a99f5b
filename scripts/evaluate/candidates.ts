import type * as tf from "@tensorflow/tfjs-core";
import sharp from "sharp";
import type { Raster } from "../../common/raster.ts";
import type { StyleNetwork } from "../../native-models/inference/style-network.ts";
import { stylize } from "../../native-models/inference/stylize.ts";
import { type BaseModel, instantStyle } from "./base-model.ts";
import { transferColours } from "./colour-transfer.ts";
import type { NamedPicture } from "./picture-files.ts";

/** A way of giving photographs a style. */
export interface Candidate {
  readonly name: string;
  /**
   * @param index counts the photographs of a target
   * @returns a picture of the photograph's size, RGB, 8 bit
   */
  paint(photo: NamedPicture, index: number): Promise<Raster>;
}

/** Contact sheets leave these out: they need no looking at. */
export const baselineNames: readonly string[] = ["photo", "colours", "copy"];

/** What anyone can do without a network: nothing, the colours alone, or a drawing in place of the photograph. */
export function baselines(seen: readonly NamedPicture[]): Candidate[] {
  const drawings = seen.map(({ raster }) => raster);
  return [
    { name: "photo", paint: async ({ raster }) => raster },
    {
      name: "colours",
      paint: async ({ raster }) => transferColours(raster, drawings),
    },
    {
      name: "copy",
      paint: ({ raster }, index) =>
        resized(drawings[index % drawings.length]!, raster),
    },
  ];
}

export function instantCandidate(
  base: BaseModel,
  vector: tf.Tensor1D,
): Candidate {
  return styleCandidate("instant", instantStyle(base, vector));
}

/** A style as the studio applies it. */
export function styleCandidate(name: string, network: StyleNetwork): Candidate {
  return {
    name,
    paint: ({ raster }) =>
      stylize(raster, network, {
        brushSize: 1,
        memoryBudget: 2 ** 29,
        signal: new AbortController().signal,
        onProgress() {},
      }),
  };
}

/** A picture filling the size of another. */
export async function resized(
  { width, height, samples }: Raster,
  like: Pick<Raster, "width" | "height">,
): Promise<Raster<Uint8Array>> {
  const data = await sharp(samples, { raw: { width, height, channels: 3 } })
    .resize(like.width, like.height, { fit: "cover" })
    .removeAlpha()
    .raw()
    .toBuffer();
  return {
    width: like.width,
    height: like.height,
    channels: 3,
    samples: new Uint8Array(data),
  };
}
