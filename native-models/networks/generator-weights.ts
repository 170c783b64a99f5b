import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../training/random.ts";
import type { Safetensors, StoredTensor } from "../weights/safetensors.ts";
import { type Generator, generatorLayers, vectorLength } from "./generator.ts";
import { readFloats, storeConvolution } from "./stored-weights.ts";

/** The tensor of a style's own vector in a weights file. */
export const styleVectorName = "style.vector";

/**
 * G with random weights, uniform within ±1/√inputs as PyTorch draws them, and zero biases.
 * @param seed any 32-bit integer; the same one gives the same G
 */
export function createGenerator(seed: number): Generator {
  const random = Random.seeded(seed);
  return {
    filters: generatorLayers.map(({ size, inputs, outputs }) => {
      const bound = 1 / Math.sqrt(size * size * inputs);
      const values = Float32Array.from(
        { length: size * size * inputs * outputs },
        () => random.uniform(-bound, bound),
      );
      return tf.tensor4d(values, [size, size, inputs, outputs]);
    }),
    biases: generatorLayers.map(({ outputs }) => tf.zeros([outputs])),
  };
}

/**
 * G from a weights file, whose filters lie as PyTorch's do ([outputs, inputs, size, size]).
 * @param name what messages call the file
 * @throws Failure "damaged" where a tensor of G is missing, of another shape or not finite
 */
export function generatorFrom(
  file: Pick<Safetensors, "tensors">,
  name = "The weights file",
): Generator {
  // Everything is checked before the first tensor exists, so that a refusal leaves none behind.
  const stored = generatorLayers.map(
    ({ name: layer, size, inputs, outputs }) => ({
      filter: readFloats(
        file,
        `generator.${layer}.weight`,
        [outputs, inputs, size, size],
        name,
      ),
      bias: readFloats(file, `generator.${layer}.bias`, [outputs], name),
      shape: [outputs, inputs, size, size] as [number, number, number, number],
    }),
  );
  return {
    filters: stored.map(({ filter, shape }) =>
      tf.tidy(() => tf.transpose(tf.tensor4d(filter, shape), [2, 3, 1, 0])),
    ),
    biases: stored.map(({ bias }) => tf.tensor1d(bias)),
  };
}

/**
 * A style's vector from its weights file.
 * @returns 1,840 numbers: γ, then β, of each normalised layer
 * @throws Failure "damaged" where it is missing or of another length
 */
export function styleVectorFrom(
  file: Pick<Safetensors, "tensors">,
  name = "The weights file",
): Float32Array {
  return readFloats(file, styleVectorName, [vectorLength], name);
}

/** G's tensors as files hold them: `generator.*`, filters in PyTorch's order. */
export async function storedGenerator({
  filters,
  biases,
}: Generator): Promise<[string, StoredTensor][]> {
  const entries = generatorLayers.map(({ name }, index) =>
    storeConvolution(`generator.${name}`, {
      filter: filters[index]!,
      bias: biases[index]!,
    }),
  );
  return (await Promise.all(entries)).flat();
}

/** G's tensors by the names that files give them (filters stay [size, size, inputs, outputs]), for training. */
export function namedTensors(g: Generator): [string, tf.Tensor][] {
  return generatorLayers.flatMap(({ name }, index): [string, tf.Tensor][] => [
    [`generator.${name}.weight`, g.filters[index]!],
    [`generator.${name}.bias`, g.biases[index]!],
  ]);
}

/** The inverse of `namedTensors`: G made of the tensors (or variables) that `tensor` gives for each name. */
export function generatorOf(tensor: (name: string) => tf.Tensor): Generator {
  return {
    filters: generatorLayers.map(
      ({ name }) => tensor(`generator.${name}.weight`) as tf.Tensor4D,
    ),
    biases: generatorLayers.map(
      ({ name }) => tensor(`generator.${name}.bias`) as tf.Tensor1D,
    ),
  };
}

export function disposeGenerator({ filters, biases }: Generator): void {
  tf.dispose([...filters, ...biases]);
}
