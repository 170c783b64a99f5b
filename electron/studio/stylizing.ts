import { randomUUID } from "node:crypto";
import { totalmem } from "node:os";
import type { AssetHash, StyledLayer } from "../../common/document/document.ts";
import { applyOperation } from "../../common/document/operations.ts";
import {
  confinementOf,
  isCurrent,
  resultOf,
} from "../../common/document/style-key.ts";
import { findLayer } from "../../common/document/tree.ts";
import { Failure } from "../../common/failure.ts";
import type { Answers, Context } from "./context.ts";
import type { Attempt, JobChange } from "./engine/attempt.ts";
import type { EngineRun, HowToEnd } from "./engine/engine.ts";
import { type QueuedJob, type StylizeTask, toJob } from "./engine/job.ts";
import type { JobQueue } from "./engine/queue.ts";
import { priorities } from "./engine/queue-plan.ts";
import { insideMask } from "./inside-mask.ts";
import type { KnownResults } from "./known-results.ts";
import type { OpenProjects } from "./open-projects.ts";
import { rasterOf, storeRaster } from "./pictures.ts";
import { namedStyleFailure, styleName } from "./style-name.ts";
import { paintingWeights, requireMixable } from "./style-weights.ts";

/** Bytes that the engine's tiles may take: an eighth of the machine's memory, within what a picture can use. */
const memoryBudget = Math.min(
  2 ** 31,
  Math.max(2 ** 28, Math.floor(totalmem() / 8)),
);

export function stylizeCalls(
  context: Context,
  queue: JobQueue,
  projects: OpenProjects,
  results: KnownResults,
): Answers<"stylizeLayer"> {
  return {
    async stylizeLayer({ projectId, layerId }) {
      const layer = styledLayer(projects, projectId, layerId);
      requireMixable(context, layer.style);
      await Promise.all(
        queue
          .list()
          .filter(
            (job) => job.projectId === projectId && job.layerId === layerId,
          )
          .map((job) => queue.cancel(job.id)),
      );
      const { source, style } = layer;
      const confinement = confinementOf(layer);
      const known = results.find({ source, style, confinement });
      const now = Date.now();
      const job: QueuedJob = {
        id: randomUUID(),
        kind: "stylize",
        title: `${styleName(context, layer.style)} on ${projects.get(projectId).name}`,
        state: known === null ? "waiting" : "done",
        priority: priorities.stylize,
        progress: known === null ? null : 1,
        secondsLeft: null,
        failure: null,
        projectId,
        layerId,
        modelId: null,
        training: null,
        checkpoint: null,
        attempts: 0,
        createdAt: now,
        updatedAt: now,
        task: {
          kind: "stylize",
          source,
          style,
          ...(confinement && { confinement }),
          result: known,
        },
      };
      if (known !== null) giveResult(projects, job, known);
      queue.add(job);
      return toJob(job);
    },
  };
}

/** One try at making a layer's result. */
export function beginStylizing(
  context: Context,
  projects: OpenProjects,
  results: KnownResults,
  job: QueuedJob,
  task: StylizeTask,
  update: (change: JobChange) => void,
): Attempt {
  let run: EngineRun | null = null;
  let ended: HowToEnd | null = null;
  const work = async (): Promise<"done"> => {
    const { confinement } = task;
    const [picture, style] = await Promise.all([
      rasterOf(context, task.source),
      paintingWeights(context, task.style),
    ]);
    const inside =
      confinement && (await insideMask(context, picture, confinement));
    if (ended !== null)
      throw new Failure("cancelled", `“${job.title}” was cancelled.`);
    run = context.engine.run(
      {
        kind: "stylize",
        picture,
        ...style,
        brushSize: task.style.brushSize,
        depth: task.style.depth,
        inside,
        memoryBudget,
      },
      (event) => {
        if (event.kind === "progress")
          update({ progress: event.done / event.total });
      },
    );
    const outcome = await run.outcome.catch((error: unknown) => {
      throw namedStyleFailure(context, task.style, error);
    });
    if (outcome.kind !== "stylized")
      throw new Failure("engine-failed", `“${job.title}” gave no picture.`);
    const { profile } = context.library.assets.get(task.source);
    const { hash } = await storeRaster(context, outcome.picture, profile);
    results.add(task, hash);
    update({ task: { ...task, result: hash } });
    giveResult(projects, job, hash);
    return "done";
  };
  return {
    outcome: work(),
    end(how) {
      ended = how;
      run?.end(how);
    },
  };
}

/** Puts the result into the layer that asked for it; one that is gone or has changed its style wants it no more. */
function giveResult(
  projects: OpenProjects,
  job: QueuedJob,
  asset: AssetHash,
): void {
  if (job.task.kind !== "stylize" || !job.projectId || !job.layerId) return;
  const { source, style, confinement } = job.task;
  const project = projects.get(job.projectId);
  const layer = findLayer(project.past.document, job.layerId);
  const result = resultOf(asset, style, confinement);
  if (
    layer?.kind !== "styled" ||
    layer.source !== source ||
    !isCurrent({ ...layer, result })
  )
    return;
  const { document } = applyOperation(project.past.document, {
    kind: "setLayer",
    layerId: job.layerId,
    change: { result },
  });
  projects.commitResult(project, document);
}

/** @throws Failure `not-found`, `invalid` where it is no styled layer */
export function styledLayer(
  projects: OpenProjects,
  projectId: string,
  layerId: string,
): StyledLayer {
  const { name, past } = projects.get(projectId);
  const layer = findLayer(past.document, layerId);
  if (layer === undefined)
    throw new Failure("not-found", `“${name}” has no layer ${layerId}.`, {
      subject: layerId,
    });
  if (layer.kind !== "styled")
    throw new Failure("invalid", `The layer “${layer.name}” has no style.`, {
      subject: layer.name,
    });
  return layer;
}
