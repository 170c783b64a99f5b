import * as tf from "@tensorflow/tfjs-core";
import { type FoldedLayer, lastLayerRun } from "./fold.ts";
import type { AxisSpans, LayerSpan } from "./spans.ts";

/**
 * Runs the folded chain on what a part of the picture needs.
 * @param input the pixels that `rows` and `columns` ask for, [1, h, w, 3] in 0..1; disposed of
 * @param pause awaited after each layer; may throw to give up
 * @returns the part, [1, rows, columns, 3] in 0..1
 */
export async function runTile(
  folded: readonly FoldedLayer[],
  input: tf.Tensor4D,
  rows: AxisSpans,
  columns: AxisSpans,
  pause: () => Promise<void>,
): Promise<tf.Tensor4D> {
  let h = tf.tidy(() => tf.sub<tf.Tensor4D>(tf.mul(input, 2), 1));
  input.dispose();
  let block: { input: tf.Tensor4D; row: number; column: number } | null = null;
  try {
    for (const [index, { layer, filter, bias }] of folded.entries()) {
      const row = rows.layers[index]!;
      const column = columns.layers[index]!;
      const opensBlock = folded[index + 1]?.layer.endsBlock ?? false;
      const skip = layer.endsBlock ? block : null;
      const next = tf.tidy(() => {
        const x = mirrorPad(h, row, column, layer.upsample);
        if (layer.upsample) return upsampling(x, filter, bias, row, column);
        if (index === folded.length - 1) return last(x, filter, bias);
        const y = tf.fused.conv2d({
          x,
          filter,
          strides: layer.stride,
          pad: "valid",
          bias,
          activation: skip ? "linear" : "relu",
        });
        return skip
          ? tf.add<tf.Tensor4D>(
              y,
              crop(
                skip.input,
                skip.row + row.inputBefore,
                skip.column + column.inputBefore,
                y.shape,
              ),
            )
          : y;
      });
      if (skip) {
        skip.input.dispose();
        block = null;
      }
      if (opensBlock) {
        block = { input: h, row: row.inputBefore, column: column.inputBefore };
      } else h.dispose();
      h = next;
      await pause();
    }
    return h;
  } catch (error) {
    h.dispose();
    block?.input.dispose();
    throw error;
  }
}

/** Mirrors at the edges of the picture; elsewhere nothing is added. */
function mirrorPad(
  x: tf.Tensor4D,
  row: LayerSpan,
  column: LayerSpan,
  upsample: boolean,
): tf.Tensor4D {
  const rows: [number, number] = [row.padBefore, row.padAfter];
  const columns: [number, number] = [column.padBefore, column.padAfter];
  if ([...rows, ...columns].every((count) => count === 0)) return x;
  // Mirroring the doubled picture without its edge is mirroring the small one with its edge.
  return tf.mirrorPad(
    x,
    [[0, 0], rows, columns, [0, 0]],
    upsample ? "symmetric" : "reflect",
  );
}

function upsampling(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  row: LayerSpan,
  column: LayerSpan,
): tf.Tensor4D {
  const y = tf.fused.conv2d({
    x,
    filter,
    strides: 1,
    pad: "valid",
    bias,
    activation: "relu",
  });
  const doubled = tf.depthToSpace(y, 2);
  const channels = doubled.shape[3];
  return crop(doubled, row.cropBefore, column.cropBefore, [
    1,
    row.length,
    column.length,
    channels,
  ]);
}

function last(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
): tf.Tensor4D {
  const [, height, width, channels] = x.shape;
  const runs = tf.reshape(x, [
    1,
    height,
    width / lastLayerRun,
    lastLayerRun * channels,
  ]) as tf.Tensor4D;
  const y = tf.fused.conv2d({
    x: runs,
    filter,
    strides: 1,
    pad: "valid",
    bias,
  });
  return tf.sigmoid(
    tf.reshape(y, [1, y.shape[1], y.shape[2] * lastLayerRun, 3]),
  );
}

function crop(
  x: tf.Tensor4D,
  row: number,
  column: number,
  [, height, width, channels]: readonly [number, number, number, number],
): tf.Tensor4D {
  if (x.shape[1] === height && x.shape[2] === width) return x;
  return tf.slice(x, [0, row, column, 0], [1, height, width, channels]);
}
