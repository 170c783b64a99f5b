import { setImmediate } from "node:timers/promises";
import * as tf from "@tensorflow/tfjs-core";
import type { EngineRequest } from "../common/contract/engine.ts";
import type { Raster } from "../common/raster.ts";
import { styleVectorName } from "./networks/generator-weights.ts";
import {
  disposePerceptual,
  type Perceptual,
  perceptualFrom,
  perceptualTaps,
} from "./networks/perceptual.ts";
import { storeTensor } from "./networks/stored-weights.ts";
import {
  disposeStyleEncoder,
  encodeStyle,
  type StyleEncoder,
  styleEncoderFrom,
  styleStatistics,
} from "./networks/style-encoder.ts";
import { startRuntime } from "./runtime/start-runtime.ts";
import { drawCrops } from "./training/crops.ts";
import { pictureFrom } from "./training/picture.ts";
import { tensorFrom } from "./training/pixels.ts";
import { Random } from "./training/random.ts";
import { readSafetensors, writeSafetensors } from "./weights/safetensors.ts";

type Encoding = Omit<Extract<EngineRequest, { kind: "encode" }>, "id" | "kind">;

/** The crops of a picture beside its whole: how many, their side in pixels, and the shares that S was trained on. */
const crops = { count: 8, side: 224, range: { smallest: 0.4, largest: 1 } };
const cropSeed = 0x1257;

/**
 * A style from pictures in one pass (Ghiasi et al. 2017, section 3): the mean of the vectors that S predicts for each
 * picture's whole and for some crops of it, in which its strokes are seen at other scales. The same pictures give the
 * same style.
 * @returns a safetensors file that holds `style.vector`, to be laid over the base model's G
 * @throws Failure "damaged" where a weights file lacks a tensor
 */
export async function encodePictures({
  pictures,
  perceptual,
  base,
}: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  await startRuntime();
  const s = styleEncoderFrom(readSafetensors(base, "the base model"));
  const p = perceptualFrom(readSafetensors(perceptual));
  const vectors: tf.Tensor1D[] = [];
  try {
    for (const picture of pictures) {
      vectors.push(encodePicture(p, s, picture));
      // Other work of the process goes on between pictures.
      await setImmediate();
    }
    const mean = tf.tidy(() => tf.mean(tf.stack(vectors), 0));
    const stored = await storeTensor(mean);
    mean.dispose();
    return writeSafetensors([[styleVectorName, stored]]);
  } finally {
    tf.dispose(vectors);
    disposePerceptual(p);
    disposeStyleEncoder(s);
  }
}

/** @param picture RGB, 8 bit, sides of 16 pixels or more */
function encodePicture(
  p: Perceptual,
  s: StyleEncoder,
  picture: Raster,
): tf.Tensor1D {
  return tf.tidy(() => {
    const parts = drawCrops(
      [pictureFrom(picture)],
      crops.count,
      crops.side,
      crops.range,
      Random.seeded(cropSeed),
    );
    const statistics = [tensorFrom(picture), parts].map((x) =>
      styleStatistics(perceptualTaps(p, x)),
    );
    return tf.mean(encodeStyle(s, tf.concat(statistics)), 0);
  });
}
