import type * as tf from "@tensorflow/tfjs-core";
import type { Generator } from "../networks/generator.ts";
import { disposeGenerator } from "../networks/generator-weights.ts";
import { disposeChain, foldGenerator } from "./fold.ts";
import { runTile } from "./run-tile.ts";
import { axisSpans } from "./spans.ts";
import type { StyleNetwork } from "./style-network.ts";
import { generatorTiles } from "./tiles.ts";

/**
 * G with a style.
 * @param vector the style, [1840]
 */
export function generatorStyle(
  g: Generator,
  vector: tf.Tensor1D,
): StyleNetwork {
  return {
    cost: generatorTiles,
    async freeze(thumbnail, pause, options) {
      const { chain, styled } = await foldGenerator(
        g,
        thumbnail,
        vector,
        pause,
        options,
      );
      return {
        styled,
        async run(size, part, read, pause) {
          const rows = axisSpans(size.height, part.rows.begin, part.rows.end);
          const columns = axisSpans(
            size.width,
            part.columns.begin,
            part.columns.end,
          );
          const input = await read({ rows, columns });
          return runTile(chain, input, rows, columns, pause);
        },
        dispose() {
          disposeChain(chain);
          styled.dispose();
        },
      };
    },
    dispose() {
      disposeGenerator(g);
      vector.dispose();
    },
  };
}
