import type * as tf from "@tensorflow/tfjs-core";
import type { StoredTensor } from "../weights/safetensors.ts";
import type { TrainedNetwork } from "./checkpoint.ts";
import type { Trained } from "./hooks.ts";
import type { Random } from "./random.ts";

/**
 * One network's turn in a step: computes its losses, takes their gradient and updates it.
 * @param network a key of the recipe's `networks`
 * @param losses weighted loss terms by name; their sum is minimised. What a later turn needs of it has to be kept
 *   (`tf.keep`) and disposed of by hand.
 */
export type Descend = (
  network: string,
  losses: () => Record<string, tf.Scalar>,
) => void;

/** What a run carries from step to step beside its networks: pools of pictures, singular vectors. */
export interface Memory {
  entries(): Promise<[string, StoredTensor][]>;
  /** @throws Failure "damaged" where something is missing */
  restore(tensors: ReadonlyMap<string, StoredTensor>): void;
}

/** How good a run's averaged weights are on pictures that were set aside: `score`, lower is better, and its parts. */
export type Judgement = { score: number } & Record<string, number>;

/** Where a run stands. */
export interface Position {
  /** Steps taken. */
  readonly step: number;
  /** Length of the run, or null while the first steps are being timed. */
  readonly steps: number | null;
}

/** What a way of training brings to the loop that all of them share. */
export interface Recipe<Batch> {
  /** Names the run in its checkpoints: those of another run are refused. */
  readonly run: string;
  /** What is trained, by name. The averages of the best judgement so far become the result. */
  readonly networks: Readonly<Record<string, TrainedNetwork>>;
  readonly memory?: Memory;
  /**
   * The learning rate.
   * @param step counts from 0
   * @param steps length of the run, or null while the first steps are being timed
   */
  rate(step: number, steps: number | null): number;
  /** Draws a batch and all that the losses need and no gradient flows through. Its tensors are disposed by the loop. */
  draw(random: Random): Batch;
  /** One step: a turn of each network. */
  step(batch: Batch, descend: Descend, random: Random, at: Position): void;
  /** A picture [1, h, w, 3] by the averaged weights, to show progress. */
  sample(picture: tf.Tensor4D): tf.Tensor4D;
  /** Judges the averaged weights, always on the same pictures. Absent: the last weights are the result. */
  judge?(): Judgement;
  /** The averaged weights as a safetensors file, further styles that the run gave, and scores by name. */
  result(): Promise<Pick<Trained, "weights" | "further" | "scores">>;
  dispose(): void;
}
