import * as tf from "@tensorflow/tfjs-core";
import { type GeneratorLayer, generatorLayers } from "../networks/generator.ts";
import { cropPart, type Part } from "./convolve-part.ts";
import type { AxisSpans } from "./spans.ts";

/** One layer of G with its ReLU, where it has one: what stands between the sums of the residual blocks. */
export type RunLayer = (
  layer: GeneratorLayer,
  index: number,
  x: tf.Tensor4D,
  part: Part,
) => tf.Tensor4D;

/**
 * Runs G's layers on what a part of a picture needs, with the residual sums, from 0..1 to 0..1. At most a layer's input,
 * its output and the input of a residual block are in memory.
 * @param input the pixels that `rows` and `columns` ask for, [1, h, w, 3]; disposed of
 * @param pause awaited after each layer; may throw to give up
 * @returns the part, [1, rows, columns, 3]
 */
export async function runChain(
  input: tf.Tensor4D,
  rows: AxisSpans,
  columns: AxisSpans,
  run: RunLayer,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D> {
  let h = tf.tidy(() => tf.sub<tf.Tensor4D>(tf.mul(input, 2), 1));
  input.dispose();
  let block: { input: tf.Tensor4D; part: Part } | null = null;
  try {
    for (const [index, layer] of generatorLayers.entries()) {
      const part = { row: rows.layers[index]!, column: columns.layers[index]! };
      const sum = layer.endsBlock ? block : null;
      // Not in a tidy of its own: `run` may keep tensors besides the one that it returns.
      let next = run(layer, index, h, part);
      if (sum) {
        const y = next;
        next = tf.tidy(() => tf.add(y, cropBlock(sum, part)));
        y.dispose();
        sum.input.dispose();
        block = null;
      }
      if (generatorLayers[index + 1]?.endsBlock) block = { input: h, part };
      else h.dispose();
      h = next;
      await pause();
    }
    const result = tf.sigmoid(h);
    h.dispose();
    return result;
  } catch (error) {
    h.dispose();
    block?.input.dispose();
    throw error;
  }
}

/** A block's input where its output is: two convolutions further in. */
function cropBlock(
  block: { input: tf.Tensor4D; part: Part },
  { row, column }: Part,
): tf.Tensor4D {
  return cropPart(
    block.input,
    block.part.row.inputBefore + row.inputBefore,
    block.part.column.inputBefore + column.inputBefore,
    [row.length, column.length],
  );
}
