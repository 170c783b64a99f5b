import type * as tf from "@tensorflow/tfjs-core";
import type { TrainedParts } from "./checkpoint.ts";
import type { Random } from "./random.ts";

/** What a way of training brings to the loop that all of them share. */
export interface Recipe<Batch> {
  /** Names the run in its checkpoints: those of another run are refused. */
  readonly run: string;
  readonly parts: TrainedParts;
  /**
   * The learning rate.
   * @param step counts from 0
   * @param steps length of the run, or null while the first steps are being timed
   */
  rate(step: number, steps: number | null): number;
  /** Draws a batch and all that the losses need and no gradient flows through. Its tensors are disposed by the loop. */
  draw(random: Random): Batch;
  /** Weighted loss terms by name; their sum is minimised. */
  losses(batch: Batch): Record<string, tf.Scalar>;
  /** A picture [1, h, w, 3] by the averaged weights, to show progress. */
  sample(picture: tf.Tensor4D): tf.Tensor4D;
  /** The averaged weights as a safetensors file, and scores by name. */
  result(): Promise<{
    weights: Uint8Array<ArrayBuffer>;
    scores: Record<string, number>;
  }>;
  dispose(): void;
}
