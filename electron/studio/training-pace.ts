import { z } from "zod";
import type {
  EngineEvent,
  TrainingSettings,
} from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import type { Context } from "./context.ts";
import type { Engine } from "./engine/engine.ts";
import { trainingRequest } from "./training-request.ts";

/** How fast a way of training goes on a machine. */
const paceSchema = z.strictObject({
  /** Seconds before the first step. */
  setUp: z.number().min(0),
  /** Seconds for each, with the samples and judgements between them. */
  step: z.number().positive(),
});
type Pace = z.infer<typeof paceSchema>;

type Timed = Parameters<typeof trainingRequest>[1];

/** Milliseconds of steps that tell the pace; where a single one takes longer, it is enough. */
const timedFor = 5000;
/** What samples and judgements add to the steps. */
const besideSteps = 1.1;
/** A training of fewer steps says too little of the pace. */
const fewestKept = 50;

/** What each engine is measuring: asked for one pace twice, it measures it once. */
const measuring = new WeakMap<
  Engine,
  { key: string; pace: Promise<Pace | null> }
>();

/**
 * The pace of a training here: what an earlier one had, else measured by some real steps, about five seconds. Whoever
 * wants the engine meanwhile gets it.
 * @returns null where the engine is busy or was wanted
 * @throws Failure where it cannot be started or cannot train
 */
export async function paceOf(
  context: Context,
  training: Timed,
): Promise<Pace | null> {
  await context.engine.start();
  const key = keyOf(context, training.settings);
  const known = context.library.settings.get(key, paceSchema);
  if (known !== undefined) return known;
  const { engine } = context;
  const running = measuring.get(engine);
  const current =
    running?.key === key ? running : { key, pace: measure(context, training) };
  measuring.set(engine, current);
  const pace = await current.pace.finally(() => {
    if (measuring.get(engine) === current) measuring.delete(engine);
  });
  if (pace !== null) context.library.settings.set(key, pace);
  return pace;
}

/** Remembers how fast a whole training went, which is better than any estimate. */
export function keepPace(
  context: Context,
  settings: TrainingSettings,
  { step, elapsed }: { step: number; elapsed: number },
): void {
  if (step < fewestKept || context.engine.description === null) return;
  const key = keyOf(context, settings);
  const { library } = context;
  const setUp = library.settings.get(key, paceSchema)?.setUp ?? 0;
  library.settings.set(key, { setUp, step: elapsed / step });
}

/** One pace for each machine and for all that decides how much a step computes. */
function keyOf(
  { engine }: Context,
  { seed: _, steps: __, minutes: ___, ...work }: TrainingSettings,
): string {
  const { backend, device } = engine.description!;
  return `pace of ${JSON.stringify({ backend, device, ...work })}`;
}

async function measure(
  context: Context,
  training: Timed,
): Promise<Pace | null> {
  const request = await trainingRequest(context, training);
  const begun = performance.now();
  /** When each step was done. */
  const done: number[] = [];
  let pace: Pace | null = null;
  const onEvent = (event: EngineEvent) => {
    if (event.kind !== "training" || pace !== null) return;
    done.push(performance.now());
    const last = done.length - 1;
    if (last === 0 || done[last]! - done[0]! < timedFor) return;
    // The earlier half warms caches and is left out.
    const from = Math.floor(last / 2);
    const step = (done[last]! - done[from]!) / 1000 / (last - from);
    pace = { setUp: (done[0]! - begun) / 1000, step: besideSteps * step };
    run.end("discard");
  };
  const run = context.engine.run(
    { ...request, checkpoint: null, checkpointEvery: 3600 },
    onEvent,
    { givesWay: true },
  );
  try {
    await run.outcome;
  } catch (error) {
    const { code } = Failure.from(error);
    if (code !== "cancelled" && code !== "conflict") throw error;
  }
  return pace;
}
