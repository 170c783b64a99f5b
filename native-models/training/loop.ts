import * as tf from "@tensorflow/tfjs-core";
import type { Judged } from "../../common/contract/engine.ts";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import { restoreCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { TrainingHooks, TrainingOutcome } from "./hooks.ts";
import { isBlank, rasterFrom, tensorFrom } from "./pixels.ts";
import { Random } from "./random.ts";
import type { Recipe } from "./recipe.ts";
import { RunLength } from "./run-length.ts";
import { Watchdog } from "./watchdog.ts";

export interface Plan {
  readonly seed: number;
  /** Length of the run in steps, or null to take as many as fit `minutes`. */
  readonly steps: number | null;
  readonly minutes: number | null;
  /** Bytes of the run's last checkpoint, or null at its start. */
  readonly checkpoint: Uint8Array | null;
  /** Seconds. */
  readonly checkpointEvery: number;
  /** RGB pictures on which progress is shown. */
  readonly samples: readonly Raster[];
}

const mostRollbacks = 2;
/** Judgements over the length of a run, and how many without a better one end it. */
const judgements = 24;
const mostWithoutGain = 6;
/**
 * Share of a run in which the newest weights count as the best. While the learning rate is high they wander, and those
 * near the start, which are hardly trained, would often be judged best.
 */
const wandering = 0.6;
/** Steps between two judgements at least. */
const fewestBetween = 20;

/**
 * The loop of every training: draw content and style, generate, judge, update, repeat until the planned number of steps;
 * reports, samples and checkpoints on the way. What it computes depends on the recipe, the seed and the number of steps
 * alone, so a run that was stopped and resumed equals one that was not.
 * @throws Failure "engine-failed" where the training diverges again and again
 */
export async function runTraining<Batch>(
  recipe: Recipe<Batch>,
  plan: Plan,
  hooks: TrainingHooks,
): Promise<TrainingOutcome> {
  const run = new Run(recipe, plan, hooks);
  run.begin();
  for (;;) {
    const outcome = await run.advance();
    if (outcome !== null) return outcome;
    // Lets messages in and out; the loop would otherwise keep the process to itself.
    await new Promise(setImmediate);
    // A pipe takes a few hundred kilobytes in each turn of the event loop: with one turn a step, a checkpoint would
    // hold up everything behind it for dozens of steps.
    await hooks.delivered?.();
    await hooks.giveWay?.();
  }
}

/** One life of a training: from its start or last checkpoint to its end or the next pause. */
class Run<Batch> {
  readonly #recipe: Recipe<Batch>;
  readonly #plan: Plan;
  readonly #hooks: TrainingHooks;
  #random: Random;
  #step = 0;
  readonly #length: RunLength;
  /** Factor on the learning rate: halved by each roll-back. */
  #rate = 1;
  /** Seconds of earlier lives. */
  #before = 0;
  readonly #begun = performance.now();
  #savedAt = performance.now();
  #sampledAt = Number.NEGATIVE_INFINITY;
  #sampleSeconds = 0;
  #lastGood: Uint8Array | null;
  #watchdogs = new Map<string, Watchdog>();
  #judged: Judged | null = null;

  constructor(recipe: Recipe<Batch>, plan: Plan, hooks: TrainingHooks) {
    this.#recipe = recipe;
    this.#plan = plan;
    this.#hooks = hooks;
    this.#random = Random.seeded(plan.seed);
    this.#length = new RunLength(plan.steps, plan.minutes);
    this.#lastGood = plan.checkpoint;
  }

  begin(): void {
    if (this.#lastGood !== null) this.#restore(this.#lastGood);
  }

  /** One step with all that belongs to it; null while there are more. */
  async advance(): Promise<TrainingOutcome | null> {
    // A checkpoint may be of the very last step.
    if (this.#isDone()) return this.#finish();
    this.#lastGood ??= await this.#snapshot();
    const fault = (await this.#showSamples()) ?? this.#takeStep();
    if (fault !== null) {
      this.#rollBack(fault);
      return null;
    }
    if (this.#isJudgementDue()) this.#judge();
    const intent = this.#hooks.intent();
    if (intent === "discard") return { kind: "discarded" };
    if (intent === "checkpoint" || this.#isCheckpointDue()) {
      await this.#checkpoint();
    }
    if (intent === "checkpoint") return { kind: "paused", step: this.#step };
    return intent === "finish" || this.#isDone() ? this.#finish() : null;
  }

  /** The last step was taken, or no judgement was better than one long ago. */
  #isDone(): boolean {
    if (this.#length.steps === null) return false;
    const since = this.#step - (this.#judged?.bestStep ?? this.#step);
    return (
      this.#step >= this.#length.steps ||
      since >= mostWithoutGain * stepsBetweenJudgements(this.#length.steps)
    );
  }

  /** @returns what went wrong, or null */
  #takeStep(): string | null {
    const started = performance.now();
    const recipe = this.#recipe;
    const rate = recipe.rate(this.#step, this.#length.steps) * this.#rate;
    const losses: Record<string, number> = {};
    let fault: string | null = null;
    tf.tidy(() => {
      const batch = recipe.draw(this.#random);
      const descend = (
        network: string,
        terms: () => Record<string, tf.Scalar>,
      ) => {
        if (fault === null) fault = this.#descend(network, terms, rate, losses);
      };
      recipe.step(batch, descend, this.#random, {
        step: this.#step,
        steps: this.#length.steps,
      });
    });
    if (fault !== null) return fault;
    losses.total = Object.values(losses).reduce((sum, loss) => sum + loss, 0);
    this.#step++;
    const elapsed = this.#elapsed();
    const seconds = (performance.now() - started) / 1000;
    this.#length.time(this.#step, seconds, elapsed);
    this.#hooks.onStep({
      step: this.#step,
      steps: this.#length.steps ?? this.#length.expected(this.#step, elapsed),
      losses,
      judged: this.#judged,
      stepsPerSecond: 1 / this.#length.stepSeconds,
      elapsed,
    });
    return null;
  }

  /**
   * One network's turn.
   * @param losses gets its terms
   * @returns what went wrong, or null
   */
  #descend(
    network: string,
    terms: () => Record<string, tf.Scalar>,
    rate: number,
    losses: Record<string, number>,
  ): string | null {
    const { parameters, adam, average, leastLoss } =
      this.#recipe.networks[network]!;
    const watchdog = this.#watchdogs.get(network) ?? new Watchdog(leastLoss);
    this.#watchdogs.set(network, watchdog);
    return tf.tidy(() => {
      let names: string[] = [];
      let stacked: tf.Tensor | undefined;
      const { gradient } = parameters.gradient(() => {
        const byName = terms();
        names = Object.keys(byName);
        stacked = tf.keep(tf.stack(Object.values(byName)));
        return tf.sum(stacked) as tf.Scalar;
      });
      const values = Array.from(stacked!.dataSync());
      stacked!.dispose();
      names.forEach((name, i) => {
        losses[name] = values[i]!;
      });
      const fault =
        watchdog.observe(values.reduce((sum, value) => sum + value, 0)) ??
        watchdog.observeGradient(adam.update(gradient, rate));
      if (fault === null) average?.update(parameters, adam.step);
      return fault as never;
    });
  }

  #isJudgementDue(): boolean {
    if (this.#recipe.judge === undefined || this.#length.steps === null)
      return false;
    const every = stepsBetweenJudgements(this.#length.steps);
    return this.#step % every === 0 || this.#step === this.#length.steps;
  }

  #judge(): void {
    const last = this.#recipe.judge!();
    const before = this.#judged;
    const wanders = this.#step <= wandering * this.#length.steps!;
    if (before !== null && !wanders && last.score >= before.best.score!) {
      this.#judged = { ...before, last };
      return;
    }
    for (const { average } of Object.values(this.#recipe.networks)) {
      average?.keepBest();
    }
    this.#judged = { last, best: last, bestStep: this.#step };
  }

  #elapsed(): number {
    return this.#before + (performance.now() - this.#begun) / 1000;
  }

  #isCheckpointDue(): boolean {
    const since = (performance.now() - this.#savedAt) / 1000;
    return since >= this.#plan.checkpointEvery;
  }

  async #checkpoint(): Promise<void> {
    const bytes = await this.#snapshot();
    this.#lastGood = bytes;
    this.#savedAt = performance.now();
    this.#hooks.onCheckpoint({ step: this.#step, bytes });
  }

  #snapshot(): Promise<Uint8Array<ArrayBuffer>> {
    const { networks, run, memory } = this.#recipe;
    const progress = {
      run,
      step: this.#step,
      steps: this.#length.steps,
      random: this.#random.state,
      elapsed: this.#elapsed(),
      rate: this.#rate,
      judged: this.#judged,
    };
    return writeCheckpoint(networks, progress, memory);
  }

  #restore(bytes: Uint8Array): void {
    const { run, networks, memory } = this.#recipe;
    const progress = restoreCheckpoint(bytes, run, networks, memory);
    this.#step = progress.step;
    this.#length.steps = progress.steps;
    this.#rate = progress.rate;
    this.#judged = progress.judged;
    this.#random = Random.fromState(progress.random);
    this.#before = progress.elapsed - (performance.now() - this.#begun) / 1000;
  }

  /** Back to the last good state at half the rate, and on with other crops than those that led astray. */
  #rollBack(fault: string): void {
    const rate = this.#rate / 2;
    if (rate < 2 ** -mostRollbacks) {
      throw new Failure(
        "engine-failed",
        `The training did not settle: its loss ${fault}, even at a quarter of the learning rate.`,
        {
          hint: "Use larger crops or more drawings, or a lower style weight.",
        },
      );
    }
    const steps = this.#length.steps;
    const elapsed = this.#elapsed();
    this.#restore(this.#lastGood!);
    this.#length.steps = steps;
    this.#before += elapsed - this.#elapsed();
    this.#rate = rate;
    this.#random = Random.seeded(this.#random.word() ^ (1 / rate));
    this.#watchdogs.clear();
  }

  /** Shows the samples at the start, then ever more seldom, and never for more than a twentieth of the time. */
  async #showSamples(): Promise<string | null> {
    const now = this.#elapsed();
    const pause = Math.max(5, now / 20, 20 * this.#sampleSeconds);
    if (now - this.#sampledAt < pause) return null;
    const fault = await this.#sampleAll();
    this.#sampledAt = this.#elapsed();
    this.#sampleSeconds = this.#sampledAt - now;
    return fault;
  }

  /** @returns what is wrong with the pictures, or null */
  async #sampleAll(): Promise<string | null> {
    for (const [index, raster] of this.#plan.samples.entries()) {
      const source = tensorFrom(raster);
      const result = this.#recipe.sample(source);
      const blank = isBlank(result) && !isBlank(source);
      const picture = await rasterFrom(result);
      tf.dispose([source, result]);
      if (blank) return "left only an even colour of the picture";
      this.#hooks.onSample({ step: this.#step, index, picture });
    }
    return null;
  }

  /** Shows and hands out the best that was judged, or the last where nothing was. */
  async #finish(): Promise<TrainingOutcome> {
    for (const { average } of Object.values(this.#recipe.networks)) {
      if (average?.best) average.restore(average.best, null);
    }
    await this.#sampleAll();
    return {
      kind: "trained",
      ...(await this.#recipe.result()),
      step: this.#step,
      elapsed: this.#elapsed(),
    };
  }
}

/** @param steps length of the run */
function stepsBetweenJudgements(steps: number): number {
  return Math.max(fewestBetween, Math.ceil(steps / judgements));
}
