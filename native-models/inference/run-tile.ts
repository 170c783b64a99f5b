import type * as tf from "@tensorflow/tfjs-core";
import { convolvePart } from "./convolve-part.ts";
import type { FoldedLayer } from "./fold.ts";
import { runChain } from "./run-chain.ts";
import type { AxisSpans } from "./spans.ts";

/**
 * Runs the folded chain on what a part of the picture needs.
 * @param input the pixels that `rows` and `columns` ask for, [1, h, w, 3] in 0..1; disposed of
 * @param pause awaited after each layer; may throw to give up
 * @returns the part, [1, rows, columns, 3] in 0..1
 */
export function runTile(
  chain: readonly FoldedLayer[],
  input: tf.Tensor4D,
  rows: AxisSpans,
  columns: AxisSpans,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D> {
  return runChain(
    input,
    rows,
    columns,
    (layer, index, x, part) => {
      const { filter, bias } = chain[index]!;
      const activation =
        layer.endsBlock || index === chain.length - 1 ? "linear" : "relu";
      return convolvePart(layer, x, filter, part, bias, activation);
    },
    pause,
  );
}
