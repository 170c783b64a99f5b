import { randomUUID } from "node:crypto";
import { regionOf } from "../../common/document/compositor.ts";
import {
  type AssetHash,
  type Document,
  identityTransform,
  type PictureLayer,
} from "../../common/document/document.ts";
import { record } from "../../common/document/history.ts";
import {
  type MergePlan,
  mergeOperations,
  planMerge,
} from "../../common/document/merge.ts";
import { assetsOf } from "../../common/document/tree.ts";
import { Failure } from "../../common/failure.ts";
import { refuseTooLarge } from "./assets/picture-limits.ts";
import { withoutFullAlpha } from "./assets/without-full-alpha.ts";
import type { Answers, Context } from "./context.ts";
import { throttle } from "./engine/throttle.ts";
import {
  type DrawnLayers,
  renderLayers,
  surroundings,
} from "./export/render.ts";
import type { KnownResults } from "./known-results.ts";
import { type OpenProjects, requireCurrent } from "./open-projects.ts";
import { type IntegerRaster, rasterOf, storeRaster } from "./pictures.ts";
import { profileOf } from "./profile-of.ts";
import { stateOf } from "./projects.ts";

/** Milliseconds between two words of how far a merge is. */
const beat = 100;

/** Of a merge's time the part that goes by before drawing begins, and the part that is over when it ends. */
const [drawingBegins, drawingEnds] = [0.2, 0.9];

/** Layers that become one picture layer, drawn by the compositor of the exports. */
export function mergeCalls(
  context: Context,
  projects: OpenProjects,
  results: KnownResults,
): {
  answers: Answers<"mergeLayers" | "cancelMerge">;
  /** Ends the merges that are under way. */
  close(): void;
} {
  const running = new Map<string, Progress>();
  return {
    answers: {
      async mergeLayers({ projectId, revision, label, scope }) {
        const before = projects.get(projectId);
        requireCurrent(before, revision);
        if (running.has(projectId))
          throw new Failure(
            "conflict",
            `Layers of “${before.name}” are being merged already.`,
            { subject: projectId, hint: "Wait for it, or cancel it." },
          );
        const { document } = before.past;
        const plan = planMerge(document, scope);
        const progress = startProgress((share) =>
          context.emit("mergeProgressed", { projectId, progress: share }),
        );
        running.set(projectId, progress);
        try {
          const layer = await mergedLayer(context, document, plan, progress);
          const project = projects.get(projectId);
          requireCurrent(project, revision);
          const past = record(
            project.past,
            label,
            mergeOperations(plan, layer),
          );
          const committed = projects.commit(project, {
            ...past,
            document: results.attach(past.document),
          });
          return {
            project: stateOf(committed),
            layerId: layer.id,
            leftOut: plan.leftOut,
          };
        } finally {
          progress.end();
          running.delete(projectId);
        }
      },
      cancelMerge({ projectId }) {
        running.get(projectId)?.cancel();
        return {};
      },
    },
    close() {
      for (const progress of running.values()) progress.cancel();
    },
  };
}

async function mergedLayer(
  context: Context,
  document: Document,
  plan: MergePlan,
  progress: Progress,
): Promise<PictureLayer> {
  const { bounds, raster } = await drawn(context, document, plan, progress);
  progress.reach(drawingEnds);
  const asset = await storeRaster(
    context,
    withoutFullAlpha(raster),
    profileOf(context, plan.drawn),
  );
  progress.reach(1);
  return {
    ...plan.look,
    kind: "picture",
    id: randomUUID(),
    visible: true,
    locked: false,
    transform: { ...identityTransform, x: bounds.x, y: bounds.y },
    asset: asset.hash,
  };
}

/** As many bits a channel as the document has, or the deepest of the pictures. */
async function drawn(
  context: Context,
  document: Document,
  plan: MergePlan,
  progress: Progress,
): Promise<DrawnLayers> {
  const page = regionOf(document);
  const within = plan.cropped ? page : surroundings(document);
  const rasters = new Map<AssetHash, IntegerRaster>();
  const assets = assetsOf({ ...document, layers: [...plan.drawn] });
  for (const asset of assets) {
    rasters.set(asset, await rasterOf(context, asset));
    progress.reach((drawingBegins * rasters.size) / assets.size);
  }
  const deep =
    document.depth === 16 ||
    [...rasters.values()].some(({ samples }) => samples instanceof Uint16Array);
  const layers = await renderLayers(
    plan.drawn,
    (asset) => rasters.get(asset)!,
    within,
    deep ? 16 : 8,
    {
      onBounds: ({ width, height }) =>
        refuseTooLarge("The merged layer", width, height),
      onTile: (share) =>
        progress.reach(drawingBegins + share * (drawingEnds - drawingBegins)),
    },
  );
  if (layers === null)
    throw new Failure(
      "invalid",
      "None of these layers shows anything on the canvas.",
      { hint: "Delete them instead, or move them back." },
    );
  return layers;
}

/** How far a piece of work is, and whether it is wanted any more. */
interface Progress {
  /** @throws Failure `cancelled` */
  reach(share: number): void;
  cancel(): void;
  end(): void;
}

function startProgress(tell: (share: number) => void): Progress {
  let share = 0;
  let cancelled = false;
  const words = throttle<"share">(beat, () => tell(share));
  return {
    reach(now) {
      if (cancelled) throw new Failure("cancelled", "The merge was cancelled.");
      share = now;
      words.request("share");
    },
    cancel() {
      cancelled = true;
    },
    end: () => words.dispose(),
  };
}
