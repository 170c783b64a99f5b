import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { SettingsOf } from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import { styleVectorFrom } from "../../native-models/networks/generator-weights.ts";
import { storePerceptual } from "../../native-models/networks/perceptual.ts";
import {
  randomStudent,
  studentFrom,
} from "../../native-models/training/distillation.ts";
import type {
  TrainingHooks,
  TrainingRequest,
} from "../../native-models/training/hooks.ts";
import { drawProceduralPhoto } from "../../native-models/training/procedural-photos.ts";
import { Random } from "../../native-models/training/random.ts";
import { train } from "../../native-models/training/train.ts";
import {
  readSafetensors,
  toFloats,
  writeSafetensors,
} from "../../native-models/weights/safetensors.ts";
import { startBackends } from "../unit/native-models/start-backends.ts";

type Step = Parameters<TrainingHooks["onStep"]>[0];

let perceptual: Uint8Array<ArrayBuffer>;

const backends = await startBackends();

beforeAll(async () => {
  const student = randomStudent(Random.seeded(4));
  perceptual = writeSafetensors(
    await storePerceptual(studentFrom(student.variables)),
  );
  student.dispose();
});

function pictures(count: number, seed: number) {
  const random = Random.seeded(seed);
  return Array.from(
    { length: count },
    () => drawProceduralPhoto(48, random) as Raster<Uint8Array<ArrayBuffer>>,
  );
}

function request(
  settings: Partial<SettingsOf<"personal">> = {},
  rest: Partial<TrainingRequest> = {},
): TrainingRequest {
  return {
    id: "test",
    kind: "train",
    settings: {
      recipe: "personal",
      seed: 9,
      steps: 6,
      minutes: null,
      batch: 2,
      crop: 32,
      contentWeight: 1,
      styleWeight: 5,
      totalVariationWeight: 0.3,
      ...settings,
    },
    drawings: pictures(3, 1),
    photos: pictures(3, 2),
    samples: pictures(1, 3),
    perceptual,
    base: null,
    checkpoint: null,
    checkpointEvery: 1000,
    ...rest,
  };
}

/** Runs a training and keeps all that it says. */
async function watch(
  asked: TrainingRequest,
  intent: (
    step: number,
    steps: readonly Step[],
  ) => ReturnType<TrainingHooks["intent"]> = () => null,
) {
  const steps: Step[] = [];
  const checkpoints: { step: number; bytes: Uint8Array<ArrayBuffer> }[] = [];
  const samples: number[] = [];
  const tensors: number[] = [];
  const outcome = await train(asked, {
    onStep(report) {
      steps.push(report);
      tensors.push(tf.memory().numTensors);
    },
    onSample: ({ step }) => samples.push(step),
    onCheckpoint: (checkpoint) => checkpoints.push(checkpoint),
    intent: () => intent(steps.at(-1)?.step ?? 0, steps),
  });
  return { outcome, steps, checkpoints, samples, tensors };
}

function trained({ outcome }: Awaited<ReturnType<typeof watch>>) {
  if (outcome.kind !== "trained") throw new Error(`It ${outcome.kind}.`);
  return outcome;
}

describe.each(backends)("on %s, a personal training", (backend) => {
  beforeAll(() => tf.setBackend(backend));

  test("that is paused and resumed equals one that is not, bit for bit", async () => {
    const whole = await watch(request());
    const first = await watch(request(), (step) =>
      step === 3 ? "checkpoint" : null,
    );
    expect(first.outcome).toEqual({ kind: "paused", step: 3 });
    expect(first.checkpoints.map(({ step }) => step)).toEqual([3]);
    const second = await watch(
      request({}, { checkpoint: first.checkpoints[0]!.bytes }),
    );
    expect(second.steps.map(({ step }) => step)).toEqual([4, 5, 6]);
    expect(
      [...first.steps, ...second.steps].map(({ losses }) => losses),
    ).toEqual(whole.steps.map(({ losses }) => losses));
    expect(
      Buffer.compare(trained(second).weights, trained(whole).weights),
    ).toBe(0);
  });

  test("holds as many tensors at every step, and none in the end", async () => {
    const before = tf.memory().numTensors;
    const { tensors, samples } = await watch(request());
    expect(new Set(tensors).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    expect(samples).toEqual([0, 6]);
  });

  test("takes the losses that it is given beside its own, and resumes with them", async () => {
    const before = tf.memory().numTensors;
    const settings = {
      extraLosses: { colour: 1, motion: 2, patches: 3, places: 0.1 },
    };
    const whole = await watch(request({ ...settings, steps: 4 }));
    const first = await watch(request({ ...settings, steps: 4 }), (step) =>
      step === 2 ? "checkpoint" : null,
    );
    const checkpoint = first.checkpoints[0]!.bytes;
    const second = await watch(
      request({ ...settings, steps: 4 }, { checkpoint }),
    );
    expect(
      Buffer.compare(trained(second).weights, trained(whole).weights),
    ).toBe(0);
    for (const { losses } of whole.steps) {
      for (const name of Object.keys(settings.extraLosses)) {
        expect(losses[name]).toBeGreaterThan(0);
      }
    }
    expect(new Set(whole.tensors).size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
    await expect(watch(request({ steps: 4 }, { checkpoint }))).rejects.toThrow(
      "other settings",
    );
  });

  test("that is given a single extra loss computes no other", async () => {
    const { steps } = await watch(
      request({ steps: 1, extraLosses: { motion: 1, places: 0 } }),
    );
    expect(steps[0]!.losses).toHaveProperty("motion");
    for (const name of ["colour", "patches", "places"]) {
      expect(steps[0]!.losses).not.toHaveProperty(name);
    }
  });

  test("brings its losses down and hands out a whole style", async () => {
    const run = await watch(request({ steps: 40 }));
    const { weights, scores } = trained(run);
    const totals = run.steps.map(({ losses }) => losses.total!);
    const mean = (values: number[]) =>
      values.reduce((sum, value) => sum + value) / values.length;
    expect(mean(totals.slice(-10))).toBeLessThan(
      0.8 * mean(totals.slice(0, 10)),
    );
    expect(scores.style).toBeLessThan(scores.styleAtStart!);
    const file = readSafetensors(weights);
    expect(styleVectorFrom(file)).toHaveLength(1840);
    expect(file.tensors.get("generator.o.1.weight")?.shape).toEqual([
      3, 16, 5, 5,
    ]);
  });

  test("judges itself on pictures set aside, and hands out its best", async () => {
    const run = await watch(request({ steps: 60 }));
    const judged = run.steps.flatMap(({ judged }) => judged ?? []);
    expect(judged.length).toBeGreaterThan(0);
    for (const { last, best } of judged) {
      expect(best.score).toBeLessThanOrEqual(last.score!);
      expect(last.score).toBeCloseTo(last.content! + 5 * last.style!, 5);
    }
    const { scores } = trained(run);
    const { best } = judged.at(-1)!;
    expect(scores.content! + 5 * scores.style!).toBeLessThanOrEqual(
      best.score! + 1e-6,
    );
  });

  test("without photographs makes its own scenes", async () => {
    const { steps } = await watch(request({ steps: 2 }, { photos: [] }));
    expect(steps.every(({ losses }) => Number.isFinite(losses.total))).toBe(
      true,
    );
  });

  test("given minutes fixes its length once and keeps it over a resume", async () => {
    const asked = { steps: null, minutes: 0.1 };
    // Fixed is what stays the same over several steps; at least as many as were timed are left then.
    const first = await watch(request(asked), (_, reports) => {
      const lengths = reports.slice(-6).map(({ steps }) => steps);
      return lengths.length === 6 && new Set(lengths).size === 1
        ? "checkpoint"
        : null;
    });
    const planned = first.steps.at(-1)!.steps;
    expect(first.outcome.kind).toBe("paused");
    const second = await watch(
      request(asked, { checkpoint: first.checkpoints.at(-1)!.bytes }),
    );
    expect(trained(second).step).toBe(planned);
  });

  test("ends with a result when asked to finish, with none when discarded", async () => {
    const finished = await watch(request(), (step) =>
      step === 2 ? "finish" : null,
    );
    expect(trained(finished).step).toBe(2);
    const discarded = await watch(request(), () => "discard");
    expect(discarded.outcome).toEqual({ kind: "discarded" });
  });

  test("paused at its last step takes no further one", async () => {
    const paused = await watch(request({ steps: 2 }), (step) =>
      step === 2 ? "checkpoint" : null,
    );
    expect(paused.outcome).toEqual({ kind: "paused", step: 2 });
    const { checkpoints } = paused;
    const resumed = await watch(
      request({ steps: 2 }, { checkpoint: checkpoints[0]!.bytes }),
    );
    expect(resumed.steps).toEqual([]);
    expect(trained(resumed).step).toBe(2);
  });

  test("refuses the checkpoint of another training", async () => {
    const other = await watch(request({ seed: 10 }), () => "checkpoint");
    const checkpoint = other.checkpoints[0]!.bytes;
    await expect(watch(request({}, { checkpoint }))).rejects.toThrow(Failure);
  });

  test("that diverges goes back at half the rate, twice, and then says so", async () => {
    const reported: number[] = [];
    const failure = await train(request({ styleWeight: Number.NaN }), {
      onStep: ({ step }) => reported.push(step),
      onSample: () => {},
      onCheckpoint: () => {},
      intent: () => null,
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(/did not settle.*no number/);
    expect(reported).toEqual([]);
  });
});

test.skipIf(backends.length < 2)(
  "a personal training on WebAssembly is the one on native TensorFlow, within what rounding makes of it",
  async () => {
    const runs: Awaited<ReturnType<typeof watch>>[] = [];
    for (const backend of backends) {
      await tf.setBackend(backend);
      runs.push(await watch(request()));
    }
    const [native, wasm] = runs as [(typeof runs)[0], (typeof runs)[0]];
    // Later steps follow from weights that already differ in their last digits.
    for (const [index, { losses }] of native.steps.slice(0, 2).entries()) {
      for (const [name, value] of Object.entries(losses)) {
        const difference = wasm.steps[index]!.losses[name]! - value;
        expect(Math.abs(difference), `${name}, step ${index + 1}`).toBeLessThan(
          1e-6 + 1e-4 * Math.abs(value),
        );
      }
    }
    const ofWasm = readSafetensors(trained(wasm).weights).tensors;
    let [apart, whole] = [0, 0];
    for (const [name, tensor] of readSafetensors(trained(native).weights)
      .tensors) {
      const other = toFloats(ofWasm.get(name)!, name);
      toFloats(tensor, name).forEach((value, i) => {
        apart += (value - other[i]!) ** 2;
        whole += value ** 2;
      });
    }
    expect(Math.sqrt(apart / whole)).toBeLessThan(1e-3);
  },
);
