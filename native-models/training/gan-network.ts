import * as tf from "@tensorflow/tfjs-core";
import { Adam, type AdamSettings } from "./adam.ts";
import type { TrainedNetwork } from "./checkpoint.ts";
import { MovingAverage } from "./moving-average.ts";
import { Parameters } from "./parameters.ts";

/** The learning rate of CycleGAN and of CartoonGAN, for G and D alike. */
export const ganRate = 2e-4;

/** Share of the old average that a step keeps. */
const averageDecay = 0.995;
/** A discriminator whose loss stays below has won, and has nothing more to say. */
const leastLoss = 1e-3;

/**
 * Generators or discriminators with the optimiser that both papers use: Adam with β₁ 0.5, unclipped.
 * @param initial named start values; they are disposed of
 */
export function ganNetwork(
  role: "generator" | "discriminator",
  initial: readonly [string, tf.Tensor][],
): TrainedNetwork {
  const parameters = new Parameters(initial);
  tf.dispose(initial.map(([, tensor]) => tensor));
  const adam = new Adam(parameters, {
    beta1: 0.5,
    beta2: 0.999,
    epsilon: 1e-8,
    clip: Number.POSITIVE_INFINITY,
  });
  return role === "generator"
    ? { parameters, adam, average: new MovingAverage(parameters, averageDecay) }
    : { parameters, adam, average: null, leastLoss };
}

/** A critic's learning rate as a multiple of G's (Heusel et al. 2017: two time scales). */
const criticRate = 4 / 3;

/**
 * A discriminator of the recipe "personal", which learns a little faster than its G.
 * @param initial named start values; they are disposed of
 * @param settings those of G's optimiser
 */
export function criticNetwork(
  initial: readonly [string, tf.Tensor][],
  settings: AdamSettings,
): TrainedNetwork {
  const parameters = new Parameters(initial);
  tf.dispose(initial.map(([, tensor]) => tensor));
  const adam = new Adam(parameters, { ...settings, rateOf: () => criticRate });
  return { parameters, adam, average: null };
}

export function disposeGanNetwork({
  parameters,
  adam,
  average,
}: TrainedNetwork): void {
  parameters.dispose();
  adam.dispose();
  average?.dispose();
}
