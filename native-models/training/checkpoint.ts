import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";
import { judgedSchema } from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import { storeTensor } from "../networks/stored-weights.ts";
import {
  readSafetensors,
  type StoredTensor,
  writeSafetensors,
} from "../weights/safetensors.ts";
import type { Adam } from "./adam.ts";
import type { MovingAverage } from "./moving-average.ts";
import type { Parameters } from "./parameters.ts";
import type { Memory } from "./recipe.ts";

const word = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);

/** Everything of a run's state that is no tensor. */
const progressSchema = z.strictObject({
  /** What the run is; a checkpoint of another run is refused. */
  run: z.string(),
  /** Names and shapes of each network's parameters. */
  layouts: z.record(z.string(), z.string()),
  step: z.int().min(0),
  /** Updates that each network's Adam made: fewer than steps where a gradient ran over. */
  updates: z.record(z.string(), z.int().min(0)),
  /** The length of the run; null while the first steps are still being timed. */
  steps: z.int().min(1).nullable(),
  random: z.tuple([word, word, word, word]).readonly(),
  /** Seconds of training over all lives of the run. */
  elapsed: z.number().min(0),
  /** Factor on the learning rate, halved by each roll-back. */
  rate: z.number().positive(),
  /** The last judgement, and the best one with its step. */
  judged: judgedSchema.nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

/** One network of a run with all that its training remembers. */
export interface TrainedNetwork {
  readonly parameters: Parameters;
  readonly adam: Adam;
  /** Null for networks that only serve the training of others. */
  readonly average: MovingAverage | null;
  /** Of discriminators: the loss below which, for long, they have won and the generator learns nothing more. */
  readonly leastLoss?: number;
}

export type TrainedNetworks = Readonly<Record<string, TrainedNetwork>>;

/**
 * @param memory what the recipe carries beside its networks
 * @returns a safetensors file with flat tensors for each network, `NAME.parameters`, `.adam.m`, `.adam.v`, `.average`
 *   and, once judged, `.best`; `memory.*`; and progress as metadata
 */
export async function writeCheckpoint(
  networks: TrainedNetworks,
  progress: Omit<Progress, "layouts" | "updates">,
  memory?: Memory,
): Promise<Uint8Array<ArrayBuffer>> {
  const tensors: [string, StoredTensor][] = [];
  for (const [name, { parameters, adam, average }] of Object.entries(
    networks,
  )) {
    const flat = parameters.flat();
    const { m, v } = adam.moments;
    tensors.push(
      [`${name}.parameters`, await storeTensor(flat)],
      [`${name}.adam.m`, await storeTensor(m)],
      [`${name}.adam.v`, await storeTensor(v)],
    );
    flat.dispose();
    if (average === null) continue;
    tensors.push([`${name}.average`, await storeTensor(average.value)]);
    if (average.best !== null) {
      tensors.push([`${name}.best`, await storeTensor(average.best)]);
    }
  }
  for (const [name, tensor] of (await memory?.entries()) ?? []) {
    tensors.push([`memory.${name}`, tensor]);
  }
  const layouts = mapValues(networks, ({ parameters }) => parameters.layout);
  const updates = mapValues(networks, ({ adam }) => adam.step);
  return writeSafetensors(tensors, {
    progress: JSON.stringify({ ...progress, layouts, updates }),
  });
}

/**
 * Puts a run back to where `writeCheckpoint` saw it.
 * @throws Failure "damaged" where the file is no checkpoint, "invalid" where it is one of another run
 */
export function restoreCheckpoint(
  bytes: Uint8Array,
  run: string,
  networks: TrainedNetworks,
  memory?: Memory,
): Progress {
  const { tensors, metadata } = readSafetensors(bytes, "the checkpoint");
  const progress = progressFrom(metadata.progress);
  const layouts = mapValues(networks, ({ parameters }) => parameters.layout);
  const fits = JSON.stringify(progress.layouts) === JSON.stringify(layouts);
  if (progress.run !== run || !fits) {
    throw new Failure(
      "invalid",
      "The checkpoint belongs to a training with other settings or pictures.",
      { hint: "Start the training anew, or resume with what it began with." },
    );
  }
  for (const [name, { parameters, adam, average }] of Object.entries(
    networks,
  )) {
    tf.tidy(() => {
      const tensor = (part: string) => {
        const data = tensors.get(`${name}.${part}`)?.data;
        if (
          !(data instanceof Float32Array) ||
          data.length !== parameters.size
        ) {
          throw damaged(`it has no complete ${name}.${part}`);
        }
        return tf.tensor1d(data);
      };
      parameters.assign(tensor("parameters"));
      adam.restore(
        progress.updates[name] ?? 0,
        tensor("adam.m"),
        tensor("adam.v"),
      );
      const best = tensors.has(`${name}.best`) ? tensor("best") : null;
      average?.restore(tensor("average"), best);
    });
  }
  const prefix = "memory.";
  const remembered = [...tensors]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, tensor]) => [name.slice(prefix.length), tensor] as const);
  memory?.restore(new Map(remembered));
  return progress;
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, map(value)]),
  );
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
