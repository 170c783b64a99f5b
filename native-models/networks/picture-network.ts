import * as tf from "@tensorflow/tfjs-core";
import type { Safetensors } from "../weights/safetensors.ts";
import {
  type NetworkKind,
  type PictureLayer,
  tensorsOf,
} from "./picture-layer.ts";
import { recogniseNetwork } from "./recognise.ts";
import { readFloats } from "./stored-weights.ts";

/** A layer with its tensors. */
export interface LoadedLayer {
  readonly layer: PictureLayer;
  /** [size, size, inputs, outputs], or for transposed ones [size, size, outputs, inputs]. */
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
  /** Instance normalisation's scale and shift, where it has them. */
  readonly affine: readonly [scale: tf.Tensor1D, shift: tf.Tensor1D] | null;
}

/** A published generator, ready to run. */
export interface PictureNetwork {
  readonly kind: NetworkKind;
  readonly layers: readonly LoadedLayer[];
}

/**
 * A published generator from a weights file with PyTorch's names and layouts.
 * @param name what messages call the file
 * @throws Failure as `recogniseNetwork`, and "damaged" for values that are no numbers
 */
export function pictureNetworkFrom(
  { tensors }: Pick<Safetensors, "tensors">,
  name = "The weights file",
): PictureNetwork {
  const shapes = new Map(
    [...tensors].map(([tensor, { shape }]) => [tensor, shape]),
  );
  const { kind, layers } = recogniseNetwork(shapes, name);
  // Everything is checked before the first tensor exists, so that a refusal leaves none behind.
  const values = new Map(
    layers
      .flatMap(tensorsOf)
      .map(([tensor, shape]) => [
        tensor,
        { shape, floats: readFloats({ tensors }, tensor, shape, name) },
      ]),
  );
  const vector = (tensor: string) => tf.tensor1d(values.get(tensor)!.floats);
  const filter = (tensor: string) => {
    const { shape, floats } = values.get(tensor)!;
    // PyTorch puts channels first, for convolutions and transposed ones alike.
    return tf.tidy(() => {
      const stored = tf.tensor(floats, shape);
      return tf.transpose(stored as tf.Tensor4D, [2, 3, 1, 0]);
    });
  };
  return {
    kind,
    layers: layers.map((layer) => ({
      layer,
      filter: filter(`${layer.name}.weight`),
      bias: vector(`${layer.name}.bias`),
      affine:
        typeof layer.normalisation === "object"
          ? [
              vector(`${layer.normalisation.name}.weight`),
              vector(`${layer.normalisation.name}.bias`),
            ]
          : null,
    })),
  };
}

export function disposePictureNetwork({ layers }: PictureNetwork): void {
  tf.dispose(
    layers.flatMap(({ filter, bias, affine }) => [
      filter,
      bias,
      ...(affine ?? []),
    ]),
  );
}
