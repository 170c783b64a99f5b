import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { Failure } from "../../common/failure.ts";
import { readSafetensors, writeSafetensors } from "../weights/safetensors.ts";
import type { Adam } from "./adam.ts";
import type { MovingAverage } from "./moving-average.ts";
import type { Parameters } from "./parameters.ts";

const word = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** Everything of a run's state that is no tensor. */
const progressSchema = z.strictObject({
  /** What the run is; a checkpoint of another run is refused. */
  run: z.string(),
  layout: z.string(),
  step: z.int().min(0),
  /** Updates that Adam made: fewer than steps where a gradient ran over. */
  updates: z.int().min(0),
  /** The length of the run; null while the first steps are still being timed. */
  steps: z.int().min(1).nullable(),
  random: z.tuple([word, word, word, word]).readonly(),
  /** Seconds of training over all lives of the run. */
  elapsed: z.number().min(0),
  /** Factor on the learning rate, halved by each roll-back. */
  rate: z.number().positive(),
});
export type Progress = z.infer<typeof progressSchema>;

/** The parts of a run whose tensors a checkpoint carries. */
export interface TrainedParts {
  readonly parameters: Parameters;
  readonly adam: Adam;
  readonly average: MovingAverage;
}

/** @returns a safetensors file with the flat tensors `parameters`, `adam.m`, `adam.v`, `average`, progress as metadata */
export async function writeCheckpoint(
  { parameters, adam, average }: TrainedParts,
  progress: Omit<Progress, "layout" | "updates">,
): Promise<Uint8Array<ArrayBuffer>> {
  const flat = parameters.flat();
  const { m, v } = adam.moments;
  const stored = async (tensor: tf.Tensor) =>
    ({
      dtype: "F32",
      shape: tensor.shape,
      data: (await tensor.data()) as Float32Array,
    }) as const;
  const bytes = writeSafetensors(
    [
      ["parameters", await stored(flat)],
      ["adam.m", await stored(m)],
      ["adam.v", await stored(v)],
      ["average", await stored(average.value)],
    ],
    {
      progress: JSON.stringify({
        ...progress,
        layout: parameters.layout,
        updates: adam.step,
      }),
    },
  );
  flat.dispose();
  return bytes;
}

/**
 * Puts a run back to where `writeCheckpoint` saw it.
 * @throws Failure "damaged" where the file is no checkpoint, "invalid" where it is one of another run
 */
export function restoreCheckpoint(
  bytes: Uint8Array,
  run: string,
  { parameters, adam, average }: TrainedParts,
): Progress {
  const { tensors, metadata } = readSafetensors(bytes, "the checkpoint");
  const progress = progressFrom(metadata.progress);
  if (progress.run !== run || progress.layout !== parameters.layout) {
    throw new Failure(
      "invalid",
      "The checkpoint belongs to a training with other settings or pictures.",
      { hint: "Start the training anew, or resume with what it began with." },
    );
  }
  tf.tidy(() => {
    const tensor = (name: string) => {
      const data = tensors.get(name)?.data;
      if (!(data instanceof Float32Array) || data.length !== parameters.size) {
        throw damaged(`it has no complete ${name}`);
      }
      return tf.tensor1d(data);
    };
    parameters.assign(tensor("parameters"));
    adam.restore(progress.updates, tensor("adam.m"), tensor("adam.v"));
    average.restore(tensor("average"));
  });
  return progress;
}

function progressFrom(text: string | undefined): Progress {
  try {
    return progressSchema.parse(JSON.parse(text ?? ""));
  } catch (cause) {
    throw damaged("it says nothing of its run", cause);
  }
}

function damaged(fault: string, cause?: unknown): Failure {
  return new Failure("damaged", `The checkpoint is damaged: ${fault}.`, {
    hint: "Start the training anew.",
    cause,
  });
}
