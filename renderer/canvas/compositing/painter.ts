import { affineOf } from "../../../common/document/affine.ts";
import {
  type AssetHash,
  identityTransform,
  type Mask,
  type Transform,
} from "../../../common/document/document.ts";
import { intersect, type Region } from "../../../common/document/region.ts";
import type { Raster } from "../../../common/raster.ts";
import type { Point, Size } from "../view.ts";
import type { Bitmap } from "./bitmaps.ts";
import { blendCanvas } from "./blend-canvas.ts";
import { maskAlpha, refreshAlpha } from "./mask-alpha.ts";
import { canvasOperation, type Meeting, type Step } from "./plan.ts";
import { detailOf, Reduced } from "./reduced.ts";
import { StyledMixes } from "./styled-mixes.ts";

type Canvas = OffscreenCanvas;
type Context = OffscreenCanvasRenderingContext2D;

/** Where pixels come from: undefined while they are on their way. */
export interface PixelSources {
  bitmapOf(hash: AssetHash): Bitmap | undefined;
  /** Grey, one byte a pixel. */
  maskOf(hash: AssetHash): Raster<Uint8Array> | undefined;
}

/** Paints plans with canvas 2D. Holds the canvases that it reuses from frame to frame. */
export class Painter {
  readonly #sources: PixelSources;
  readonly #reduced = new Reduced();
  readonly #mixes = new StyledMixes(this.#reduced);
  readonly #masks = new Map<
    AssetHash,
    { raster: Raster<Uint8Array>; alpha: Canvas }
  >();
  readonly #spare: Canvas[] = [];
  /** The canvas pixel that is painted at (0, 0). */
  #origin: Point = { x: 0, y: 0 };

  constructor(sources: PixelSources) {
    this.#sources = sources;
  }

  /**
   * Paints a plan onto a canvas, which takes the document's size times `scale`. Pictures that are still on their way
   * are left out.
   * @param scale canvas pixels a document pixel, above 0, at most 1
   */
  paint(
    target: Canvas,
    steps: readonly Step[],
    document: Size,
    scale: number,
  ): void {
    const width = Math.max(1, Math.round(document.width * scale));
    const height = Math.max(1, Math.round(document.height * scale));
    const context = prepared(target, width, height);
    this.#paintSteps(context, steps, scale);
  }

  /**
   * Paints a part of a canvas anew that holds the plan painted at that scale.
   * @param part in document pixels
   */
  repaint(
    target: Canvas,
    steps: readonly Step[],
    scale: number,
    part: Region,
  ): void {
    // Where the picture is shown smaller, a pixel takes in what lies around it.
    const x = Math.floor(part.x * scale) - 1;
    const y = Math.floor(part.y * scale) - 1;
    const region = intersect(
      {
        x,
        y,
        width: Math.ceil((part.x + part.width) * scale) + 1 - x,
        height: Math.ceil((part.y + part.height) * scale) + 1 - y,
      },
      { x: 0, y: 0, width: target.width, height: target.height },
    );
    const context = target.getContext("2d");
    if (region === null || context === null) return;
    this.#origin = region;
    this.#withSpare(region, (patch) => {
      this.#paintSteps(patch, steps, scale);
      context.clearRect(region.x, region.y, region.width, region.height);
      context.drawImage(patch.canvas, region.x, region.y);
    });
    this.#origin = { x: 0, y: 0 };
  }

  /** Takes over what has changed in the pixels of a mask since they were first painted. */
  refreshMask(hash: AssetHash, part: Region): void {
    const entry = this.#masks.get(hash);
    if (entry) refreshAlpha(entry.alpha, entry.raster, part);
  }

  /** Lets go of what belongs to pictures that are not shown any more. */
  keepOnly(hashes: ReadonlySet<AssetHash>): void {
    this.#mixes.keepOnly(hashes);
    for (const hash of this.#masks.keys())
      if (!hashes.has(hash)) this.#masks.delete(hash);
  }

  #paintSteps(context: Context, steps: readonly Step[], scale: number): void {
    for (const step of steps) {
      if (step.kind === "passThrough") this.#paintThrough(context, step, scale);
      else this.#paintStep(context, step, scale);
    }
  }

  #paintStep(
    context: Context,
    step: Exclude<Step, { kind: "passThrough" }>,
    scale: number,
  ): void {
    const { meeting } = step;
    const operation = canvasOperation(meeting.mode);
    if (operation !== null && meeting.mask === null && step.kind !== "group") {
      context.globalCompositeOperation = operation;
      context.globalAlpha = meeting.opacity;
      this.#paintPixels(context, step, scale);
      reset(context);
      return;
    }
    this.#withSpare(context.canvas, (layer) => {
      if (step.kind === "group") this.#paintSteps(layer, step.steps, scale);
      else this.#paintPixels(layer, step, scale);
      this.#cutByMask(layer, meeting.mask, scale);
      if (operation === null) {
        blendCanvas(
          context,
          layer,
          meeting.mode,
          meeting.opacity,
          this.#origin,
        );
        return;
      }
      context.globalCompositeOperation = operation;
      context.globalAlpha = meeting.opacity;
      context.drawImage(layer.canvas, 0, 0);
      reset(context);
    });
  }

  #paintPixels(
    context: Context,
    step: Extract<Step, { kind: "picture" | "styled" }>,
    scale: number,
  ): void {
    const base = this.#sources.bitmapOf(
      step.kind === "picture" ? step.asset : step.source,
    );
    const result =
      step.kind === "picture" ? undefined : this.#sources.bitmapOf(step.result);
    // While one of the two is still on its way, the other is better than nothing.
    const shown = result ?? base;
    if (!shown) return;
    const image =
      step.kind === "styled" && base && result
        ? this.#mixes.mixOf(step, base, result, scale)
        : this.#reduced.of(shown, detailOf(shown, step.transform, scale));
    draw(context, image, shown, step.transform, scale, this.#origin);
  }

  /** Paints onto what is below, then fades between before and after, as opacity and mask say. */
  #paintThrough(
    context: Context,
    step: Extract<Step, { kind: "passThrough" }>,
    scale: number,
  ): void {
    this.#withSpare(context.canvas, (after) => {
      after.drawImage(context.canvas, 0, 0);
      this.#paintSteps(after, step.steps, scale);
      this.#withSpare(context.canvas, (share) => {
        share.globalAlpha = step.meeting.opacity;
        share.fillRect(0, 0, share.canvas.width, share.canvas.height);
        reset(share);
        this.#cutByMask(share, step.meeting.mask, scale);
        // Premultiplied: before · (1 − share) + after · share.
        context.globalCompositeOperation = "destination-out";
        context.drawImage(share.canvas, 0, 0);
        after.globalCompositeOperation = "destination-in";
        after.drawImage(share.canvas, 0, 0);
        context.globalCompositeOperation = "lighter";
        context.drawImage(after.canvas, 0, 0);
        reset(context);
      });
    });
  }

  #cutByMask(context: Context, mask: Meeting["mask"], scale: number): void {
    if (mask === null) return;
    this.#withSpare(context.canvas, (alpha) => {
      this.#paintMask(alpha, mask, scale);
      context.globalCompositeOperation = "destination-in";
      context.drawImage(alpha.canvas, 0, 0);
      reset(context);
    });
  }

  #paintMask(context: Context, mask: Mask, scale: number): void {
    context.globalAlpha = mask.outside;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    reset(context);
    const raster =
      mask.asset === null ? undefined : this.#sources.maskOf(mask.asset);
    if (mask.asset === null || !raster) return;
    let entry = this.#masks.get(mask.asset);
    if (entry?.raster !== raster) {
      entry = { raster, alpha: maskAlpha(raster) };
      this.#masks.set(mask.asset, entry);
    }
    mapTo(context, mask.transform ?? identityTransform, scale, this.#origin);
    context.imageSmoothingQuality = "medium";
    // Takes what is around away where the mask's own pixels come, by the same share at its edges.
    context.globalCompositeOperation = "destination-out";
    context.fillRect(mask.x, mask.y, raster.width, raster.height);
    context.globalCompositeOperation = "lighter";
    context.drawImage(entry.alpha, mask.x, mask.y);
    reset(context);
  }

  #withSpare(like: Size, use: (context: Context) => void): void {
    const canvas = this.#spare.pop() ?? new OffscreenCanvas(1, 1);
    use(prepared(canvas, like.width, like.height));
    this.#spare.push(canvas);
  }
}

/** Leads from what a transform places to canvas pixels. */
function mapTo(
  context: Context,
  transform: Transform,
  scale: number,
  origin: Point,
): void {
  const { a, b, c, d, e, f } = affineOf(transform);
  context.setTransform(scale, 0, 0, scale, -origin.x, -origin.y);
  context.transform(a, b, c, d, e, f);
}

/** Places pixels as the layer's transform says. */
function draw(
  context: Context,
  image: CanvasImageSource,
  size: Size,
  transform: Transform,
  scale: number,
  origin: Point,
): void {
  mapTo(context, transform, scale, origin);
  // Bilinear for enlarged pictures, as in the compositor: "high" is bicubic. Shrunken ones are averaged either way.
  context.imageSmoothingQuality = "medium";
  context.drawImage(image, 0, 0, size.width, size.height);
  context.setTransform(1, 0, 0, 1, 0, 0);
}

function reset(context: Context): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.globalCompositeOperation = "source-over";
}

/** An empty canvas of that size with a fresh context state. */
function prepared(canvas: Canvas, width: number, height: number): Context {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gave no canvas to paint on.");
  reset(context);
  context.clearRect(0, 0, width, height);
  return context;
}
