import * as tf from "@tensorflow/tfjs-core";
import { Failure } from "../../common/failure.ts";
import {
  normalisationEpsilon,
  pixelMoments,
} from "../networks/conditional-instance-norm.ts";
import type { PictureLayer } from "../networks/picture-layer.ts";
import {
  disposePictureNetwork,
  type LoadedLayer,
  type PictureNetwork,
} from "../networks/picture-network.ts";
import { runLayer, scaledFilter } from "../networks/run-layer.ts";
import { cropPart } from "./convolve-part.ts";
import { requireNumbers } from "./fold.ts";
import { weightsFor } from "./pixel-weights.ts";
import type { Range } from "./resample.ts";
import { runNetwork } from "./run-network.ts";
import type { FrozenNetwork, StyleNetwork } from "./style-network.ts";

/** A layer of the frozen network: normalisation has become part of filter and bias. */
interface FrozenLayer {
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D;
}

/**
 * A published generator as a style. A tile is run with as much of its surroundings as can reach it, and these are cut off
 * again; only at the edges of the picture do the network's own edges count.
 */
export function publishedStyle(network: PictureNetwork): StyleNetwork {
  const halo = reach(network.layers.map(({ layer }) => layer));
  const widest = network.layers[0]!.layer.outputs;
  return {
    // Input, padded input, output and sums of the layers at full size.
    cost: { bytesPerPixel: 5 * widest * 4, halo: 2 * halo },
    freeze(thumbnail, pause, { depth = 1, inside } = {}) {
      if (depth === 1) return freeze(network, halo, thumbnail, pause, inside);
      throw new Failure(
        "unsupported",
        "Only styles of Fude's own generator have a depth.",
        { hint: "Use the strength, which every style has." },
      );
    },
    dispose: () => disposePictureNetwork(network),
  };
}

async function freeze(
  network: PictureNetwork,
  halo: number,
  thumbnail: tf.Tensor4D,
  pause: () => Promise<void>,
  inside: tf.Tensor4D | undefined,
): Promise<FrozenNetwork> {
  const frozen: FrozenLayer[] = [];
  const dispose = () =>
    tf.dispose(frozen.flatMap(({ filter, bias }) => [filter, bias]));
  try {
    const styled = await runNetwork(
      network,
      tf.clone(thumbnail),
      (loaded, _, x) => {
        const { y, ...layer } = freezeLayer(loaded, x, inside);
        frozen.push(layer);
        return y;
      },
      pause,
    );
    await requireNumbers(frozen).catch((error) => {
      styled.dispose();
      throw error;
    });
    return {
      styled,
      async run(size, { rows, columns }, read, pause) {
        const wide = {
          rows: widened(rows, halo, size.height),
          columns: widened(columns, halo, size.width),
        };
        const whole = await runNetwork(
          network,
          await read(wide),
          ({ layer }, index, x) => {
            const { filter, bias } = frozen[index]!;
            return runLayer(layer, x, filter, bias, activationOf(layer));
          },
          pause,
        );
        const part = cropPart(
          whole,
          rows.begin - wide.rows.begin,
          columns.begin - wide.columns.begin,
          [rows.end - rows.begin, columns.end - columns.begin],
        );
        if (part !== whole) whole.dispose();
        return part;
      },
      dispose() {
        dispose();
        styled.dispose();
      },
    };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Runs a layer with its normalisation, and folds that into filter and bias. */
function freezeLayer(
  { layer, filter, bias, affine }: LoadedLayer,
  x: tf.Tensor4D,
  inside: tf.Tensor4D | undefined,
): FrozenLayer & { y: tf.Tensor4D } {
  if (layer.normalisation === "none") {
    return {
      filter: tf.clone(filter),
      bias: tf.clone(bias),
      y: runLayer(layer, x, filter, bias, activationOf(layer)),
    };
  }
  const [foldedFilter, foldedBias, y] = tf.tidy(() => {
    // The bias of the convolution is not there at all: the normalisation takes it out again.
    const plain = runLayer(layer, x, filter, null, "linear");
    const { mean, variance } = pixelMoments(plain, weightsFor(plain, inside));
    const deviation = tf.sqrt(tf.add(variance, normalisationEpsilon));
    const [scale, shift] = affine ?? [tf.scalar(1), tf.scalar(0)];
    const factor = tf.div<tf.Tensor4D>(scale, deviation);
    const offset = tf.sub<tf.Tensor4D>(shift, tf.mul(mean, factor));
    const normalised = tf.add<tf.Tensor4D>(tf.mul(plain, factor), offset);
    return [
      scaledFilter(layer, filter, factor),
      // A copy: WebAssembly's fused convolution minds the shape that a bias's numbers were first given.
      tf.tile(tf.reshape(offset, [-1]), [1]),
      activationOf(layer) === "relu" ? tf.relu(normalised) : normalised,
    ];
  }) as [tf.Tensor4D, tf.Tensor1D, tf.Tensor4D];
  return { filter: foldedFilter, bias: foldedBias, y };
}

function activationOf({
  block,
  normalisation,
}: PictureLayer): "linear" | "relu" {
  return block === "ends" || normalisation === "none" ? "linear" : "relu";
}

/** Pixels on each side of a pixel that it depends on at most, rounded up to whole pixels of the smallest picture. */
function reach(layers: readonly PictureLayer[]): number {
  const pixels = layers.toReversed().reduce((needed, layer) => {
    if (layer.kind !== "convolution") return Math.ceil((needed + 1) / 2) + 1;
    return needed * layer.stride + (layer.size - 1) / 2;
  }, 0);
  return Math.ceil(pixels / 4) * 4;
}

function widened({ begin, end }: Range, by: number, length: number): Range {
  return { begin: Math.max(0, begin - by), end: Math.min(length, end + by) };
}
