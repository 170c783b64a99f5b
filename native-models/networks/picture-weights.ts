import * as tf from "@tensorflow/tfjs-core";
import type { Random } from "../training/random.ts";
import type { StoredTensor } from "../weights/safetensors.ts";
import type { PictureLayer } from "./picture-layer.ts";
import { storeConvolution, storeTensor } from "./stored-weights.ts";

/**
 * Start values of a published generator by name, as `paint` takes them: filters from N(0, 0.02) (Zhu et al. 2017,
 * section 4), biases 0, scales 1, shifts 0.
 * @param prefix goes before each name
 */
export function pictureTensors(
  layers: readonly PictureLayer[],
  random: Random,
  prefix = "",
): [string, tf.Tensor][] {
  return layers.flatMap((layer) => {
    const { name, kind, size, inputs, outputs, normalisation } = layer;
    const shape: [number, number, number, number] =
      kind === "transposed"
        ? [size, size, outputs, inputs]
        : [size, size, inputs, outputs];
    const values = Float32Array.from(
      { length: size * size * inputs * outputs },
      () => 0.02 * random.normal(),
    );
    const tensors: [string, tf.Tensor][] = [
      [`${prefix}${name}.weight`, tf.tensor4d(values, shape)],
      [`${prefix}${name}.bias`, tf.zeros([outputs])],
    ];
    if (typeof normalisation === "object") {
      const { name: norm } = normalisation;
      tensors.push([`${prefix}${norm}.weight`, tf.ones([outputs])]);
      tensors.push([`${prefix}${norm}.bias`, tf.zeros([outputs])]);
    }
    return tensors;
  });
}

/**
 * The entries of a weights file that `pictureNetworkFrom` and PyTorch read.
 * @param tensor gives a tensor by its name
 */
export async function storedPictureNetwork(
  layers: readonly PictureLayer[],
  tensor: (name: string) => tf.Tensor,
): Promise<[string, StoredTensor][]> {
  const entries = layers.map(async ({ name, normalisation }) => {
    const stored = await storeConvolution(name, {
      filter: tensor(`${name}.weight`) as tf.Tensor4D,
      bias: tensor(`${name}.bias`) as tf.Tensor1D,
    });
    if (typeof normalisation === "object") {
      for (const part of ["weight", "bias"]) {
        const named = `${normalisation.name}.${part}`;
        stored.push([named, await storeTensor(tensor(named))]);
      }
    }
    return stored;
  });
  return (await Promise.all(entries)).flat();
}
