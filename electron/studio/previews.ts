import type { Output } from "../../common/contract/studio.ts";
import type {
  AssetHash,
  Confinement,
  StyledLayer,
  StyleParameters,
} from "../../common/document/document.ts";
import { confinementOf } from "../../common/document/style-key.ts";
import { Failure } from "../../common/failure.ts";
import { toDepth } from "./assets/encode.ts";
import type { Answers, Context } from "./context.ts";
import type { EngineRun } from "./engine/engine.ts";
import { insideMask } from "./inside-mask.ts";
import type { OpenProjects } from "./open-projects.ts";
import { rasterOf } from "./pictures.ts";
import { resize } from "./resize.ts";
import { namedStyleFailure } from "./style-name.ts";
import { paintingWeights, requireMixable } from "./style-weights.ts";
import { styledLayer } from "./stylizing.ts";

/** Longest side of a preview in pixels. */
const previewSide = 512;

/** Bytes that tiles may take; a preview is one. */
const memoryBudget = 2 ** 28;

/** Sources and masks that are kept small: those of the layers that a hand goes to and fro between. */
const kept = 4;

/** What is to end a preview that is under way. */
interface Preview {
  run: EngineRun | null;
  ended: boolean;
}

/** Styled layers painted small, while a hand is on a control. They are kept nowhere. */
export function previewCalls(
  context: Context,
  projects: OpenProjects,
): Answers<"previewStyle" | "endPreview"> {
  const previews = new Map<string, Preview>();
  const smallSource = remembering((source: AssetHash) =>
    smallRaster(context, source),
  );
  const smallMask = remembering(async (key: string) => {
    const { picture, confinement } = JSON.parse(key) as MaskKey;
    return insideMask(context, picture, confinement);
  });

  const end = (key: string) => {
    const preview = previews.get(key);
    if (preview === undefined) return;
    preview.ended = true;
    preview.run?.end("discard");
    previews.delete(key);
  };

  const paint = async (
    preview: Preview,
    layer: StyledLayer,
    style: StyleParameters,
  ): Promise<Output<"previewStyle">> => {
    const [small, weights] = await Promise.all([
      smallSource(layer.source),
      paintingWeights(context, style),
    ]);
    const confinement = confinementOf({ ...layer, style });
    const inside =
      confinement &&
      (await smallMask(JSON.stringify({ picture: small.full, confinement })));
    if (preview.ended) throw new Failure("cancelled", "Another came after it.");
    preview.run = context.engine.run(
      {
        kind: "stylize",
        preview: true,
        picture: small.picture,
        ...weights,
        brushSize: previewBrush(style.brushSize, small.picture),
        depth: style.depth,
        inside: inside ?? undefined,
        memoryBudget,
      },
      () => undefined,
    );
    const outcome = await preview.run.outcome.catch((error: unknown) => {
      throw namedStyleFailure(context, style, error);
    });
    if (outcome.kind !== "stylized")
      throw new Failure("engine-failed", "The preview gave no picture.");
    return { picture: outcome.picture, ...small.full };
  };

  return {
    async previewStyle({ projectId, layerId, style }) {
      const key = `${projectId} ${layerId}`;
      const layer = styledLayer(projects, projectId, layerId);
      requireMixable(context, style);
      end(key);
      const preview: Preview = { run: null, ended: false };
      previews.set(key, preview);
      try {
        return await paint(preview, layer, style);
      } finally {
        if (previews.get(key) === preview) previews.delete(key);
      }
    },
    endPreview({ projectId, layerId }) {
      end(`${projectId} ${layerId}`);
      return {};
    },
  };
}

interface MaskKey {
  picture: { width: number; height: number };
  confinement: Confinement;
}

/** A stored picture no larger than a preview, 8 bits a channel, and how large it really is. */
async function smallRaster(context: Context, hash: AssetHash) {
  const raster = await rasterOf(context, hash);
  const small = await resize(raster, {
    width: previewSide,
    height: previewSide,
    fit: "inside",
    withoutEnlargement: true,
  });
  const { samples, ...size } = toDepth(small, 8);
  return {
    full: { width: raster.width, height: raster.height },
    // A copy, in memory that can be sent.
    picture: { ...size, samples: new Uint8Array(samples) },
  };
}

/**
 * The brush that paints a preview as if the small picture were the picture. A finer brush than lets the network see
 * `previewSide` pixels is that brush: finer ones would take longer than a hand waits.
 */
function previewBrush(
  brushSize: number,
  { width, height }: { width: number; height: number },
): number {
  return Math.max(brushSize, Math.max(width, height) / previewSide);
}

/** Remembers what was made last, for as many keys as are `kept`. What failed is tried again. */
function remembering<Value>(
  make: (key: string) => Promise<Value>,
): (key: string) => Promise<Value> {
  const made = new Map<string, Promise<Value>>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.delete(key);
    made.set(key, value);
    value.catch(() => made.delete(key));
    for (const oldest of made.keys()) {
      if (made.size <= kept) break;
      made.delete(oldest);
    }
    return value;
  };
}
