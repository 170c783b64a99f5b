import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineDescription } from "../../common/contract/engine.ts";
import type {
  EventPayload,
  Input,
  Output,
  StudioCall,
  StudioClient,
  StudioEvent,
} from "../../common/contract/studio.ts";
import type { AssetHash } from "../../common/document/document.ts";
import { openAssetStore } from "./assets/asset-store.ts";
import type { Answers, Context, Log } from "./context.ts";
import { copyCalls } from "./copying.ts";
import { Datasets, datasetCalls } from "./datasets.ts";
import { earlierCalls } from "./earlier.ts";
import type { Patience } from "./engine/connection.ts";
import { superviseEngine } from "./engine/engine.ts";
import { forkEngine, type LaunchEngine } from "./engine/engine-process.ts";
import { toJob } from "./engine/job.ts";
import { JobQueue } from "./engine/queue.ts";
import { exportCalls } from "./exporting.ts";
import { instantStyleCalls } from "./instant-styles.ts";
import { jobWork } from "./job-work.ts";
import { KnownResults } from "./known-results.ts";
import { type Library, openLibrary } from "./library/library.ts";
import { mergeCalls } from "./merging.ts";
import { modelFileCalls } from "./model-files.ts";
import { OpenProjects } from "./open-projects.ts";
import { previewCalls } from "./previews.ts";
import { projectShelfCalls } from "./project-shelf.ts";
import { projectCalls, stateOf } from "./projects.ts";
import { sampleProjectCalls } from "./sample-project.ts";
import { gatherBundledStyles, styleCalls } from "./styles.ts";
import { stylizeCalls } from "./stylizing.ts";
import { keepThumbnails } from "./thumbnails.ts";
import { trainingCalls } from "./training.ts";
import { usualCheckpointEvery } from "./training-attempt.ts";

export interface StudioOptions {
  /** The library's place; made when it is not there. */
  dataFolder: string;
  /** What ships with Fude: `models/` and more. */
  resourcesFolder: string;
  log: Log;
  /** How to start an engine process; a Node child by default. */
  launchEngine?: LaunchEngine;
  patience?: Patience;
  /** Seconds between the checkpoints of a training. */
  checkpointEvery?: number;
  /** Leaves jobs that wait from an earlier life alone: for a command that wants only its own done. */
  onlyOwnJobs?: boolean;
}

export interface Studio extends StudioClient {
  /** Where the picture lies, for hosts that serve it. @throws Failure `not-found` */
  pathOfAsset(hash: AssetHash): string;
  /** Starts the engine if it does not run yet. @throws Failure where it cannot be started */
  startEngine(): Promise<EngineDescription>;
  /** Stops what runs (a training at a checkpoint), ends the engine and closes the library. */
  close(): Promise<void>;
}

/**
 * The studio: every use case behind one map of calls, free of any host.
 * @throws Failure where the library cannot be opened: `conflict` (another Fude has it), `damaged`, `disk-full`, …
 */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  const library = openLibrary(options.dataFolder);
  try {
    return await furnish(options, library);
  } catch (error) {
    // The library is locked as long as it is open.
    library.close();
    throw error;
  }
}

async function furnish(
  options: StudioOptions,
  library: Library,
): Promise<Studio> {
  const { dataFolder, resourcesFolder, log } = options;
  const listeners = new Map<StudioEvent, Set<(payload: never) => void>>();
  const emit = <E extends StudioEvent>(event: E, payload: EventPayload<E>) => {
    for (const listener of listeners.get(event) ?? [])
      (listener as (payload: EventPayload<E>) => void)(payload);
  };

  const engine = superviseEngine({
    launch: options.launchEngine ?? forkEngine(),
    onState: (state) => {
      log.info(state, "engine");
      emit("engineChanged", state);
    },
    ...(options.patience && { patience: options.patience }),
  });
  const context: Context = {
    dataFolder,
    resourcesFolder,
    library,
    assets: await openAssetStore(join(dataFolder, "assets")),
    engine,
    log,
    emit,
  };

  const thumbnails = keepThumbnails(context, () => projects);
  const projects = new OpenProjects(library, (project) => {
    emit("projectChanged", stateOf(project));
    thumbnails.request(project.id);
  });
  const results = new KnownResults();
  const datasets = new Datasets();
  const queue = new JobQueue({
    table: library.jobs,
    work: jobWork(
      context,
      projects,
      results,
      options.checkpointEvery ?? usualCheckpointEvery,
    ),
    onChange: (job) => emit("jobChanged", toJob(job)),
    onFault: (error) => log.error({ error }, "a job could not be kept"),
    onlyOwn: options.onlyOwnJobs ?? false,
  });
  for (const { task } of queue.list().reverse())
    if (task.kind === "stylize" && task.result !== null)
      results.add(task, task.result);

  const jobsOf = (projectId: string) =>
    queue.list().filter((job) => job.projectId === projectId);
  const merging = mergeCalls(context, projects, results);

  const answers: Answers<StudioCall> = {
    async describe() {
      // Whoever asks will soon need it. A failure is told by `engineChanged`, and again by the first job.
      engine.start().catch(() => {});
      return {
        version: await versionOf(),
        dataFolder,
        engine: engine.description,
      };
    },
    ...projectCalls(context, projects, results),
    ...projectShelfCalls(context, projects, {
      async cancel(projectId) {
        for (const { id } of jobsOf(projectId)) await queue.cancel(id);
      },
      async remove(projectId) {
        for (const { id } of jobsOf(projectId)) await queue.remove(id);
      },
    }),
    ...sampleProjectCalls(context, projects),
    ...earlierCalls(context, projects, results),
    ...copyCalls(context, projects),
    ...merging.answers,
    ...styleCalls(context),
    ...modelFileCalls(context),
    ...instantStyleCalls(context),
    ...stylizeCalls(context, queue, projects, results),
    ...previewCalls(context, projects),
    ...datasetCalls(context, datasets),
    ...trainingCalls(context, queue, datasets),
    ...exportCalls(context, projects),
  };

  await gatherBundledStyles(context);
  queue.start();

  return {
    async call<C extends StudioCall>(name: C, input: Input<C>) {
      return answers[name](input) as Promise<Output<C>>;
    },
    on(event, listener) {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener));
      return () => known.delete(listener);
    },
    pathOfAsset: (hash) => context.assets.pathOf(hash),
    startEngine: () => engine.start(),
    async close() {
      merging.close();
      await queue.close();
      await thumbnails.close();
      await engine.close();
      library.close();
    },
  };
}

async function versionOf(): Promise<string> {
  const path = new URL("../../package.json", import.meta.url);
  const { version } = JSON.parse(await readFile(path, "utf8")) as {
    version: string;
  };
  return version;
}
