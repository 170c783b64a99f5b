import * as tf from "@tensorflow/tfjs-core";
import {
  generate,
  vectorLength,
} from "../../native-models/networks/generator.ts";
import {
  createGenerator,
  disposeGenerator,
  generatorOf,
  namedTensors,
} from "../../native-models/networks/generator-weights.ts";
import { Adam } from "../../native-models/training/adam.ts";
import { Parameters } from "../../native-models/training/parameters.ts";
import { quickest } from "./quickest.ts";

/**
 * Seconds of a step that trains G and a style vector and nothing else: forward, mean square error, backward, Adam. What
 * `time-generator-step.py` does in PyTorch.
 */
export async function timeGeneratorStep(
  batch: number,
  side: number,
): Promise<number> {
  const start = createGenerator(1);
  const vector = tf.randomNormal([vectorLength], 1, 0.2);
  const parameters = new Parameters([
    ...namedTensors(start),
    ["vector", vector],
  ]);
  disposeGenerator(start);
  const g = generatorOf((name) => parameters.variable(name));
  const adam = new Adam(parameters, {
    beta1: 0.9,
    beta2: 0.99,
    epsilon: 1e-8,
    clip: Infinity,
  });
  const x = tf.randomUniform<tf.Rank.R4>([batch, side, side, 3]);
  const target = tf.randomUniform<tf.Rank.R4>([batch, side, side, 3]);
  const seconds = await quickest(8, async () => {
    tf.tidy(() => {
      const { gradient } = parameters.gradient(() => {
        const style = parameters.variable("vector") as tf.Tensor1D;
        const error = tf.sub(generate(g, x, style), target);
        return tf.mean(tf.square(error)) as tf.Scalar;
      });
      adam.update(gradient, 1e-4);
    });
  });
  tf.dispose([vector, x, target]);
  parameters.dispose();
  adam.dispose();
  return seconds;
}
