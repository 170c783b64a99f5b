import type { AssetHash } from "../../../common/document/document.ts";
import type { Bitmap } from "./bitmaps.ts";
import type { Step } from "./plan.ts";

type StyledStep = Extract<Step, { kind: "styled" }>;

interface Mix {
  /** The result with the source's colours over it, as colour keeping says. */
  readonly coloured: OffscreenCanvas;
  colourKeeping: number;
  /** The source faded to `coloured`, as strength says. */
  readonly mixed: OffscreenCanvas;
  strength: number;
  readonly source: Bitmap;
  readonly result: Bitmap;
  readonly scale: number;
}

/**
 * What styled layers look like between source and result, kept so that a slider repaints only what it changes:
 * colour keeping is the source in blend mode "color" over the result, strength a linear fade from the source to that.
 */
export class StyledMixes {
  readonly #mixes = new Map<string, Mix>();

  /** @param scale canvas pixels a document pixel: mixing more pixels than are shown is wasted */
  mixOf(
    step: StyledStep,
    source: Bitmap,
    result: Bitmap,
    scale: number,
  ): OffscreenCanvas {
    const key = `${step.source} ${step.result}`;
    const detail = Math.min(
      1,
      scale *
        Math.max(
          Math.abs(step.transform.scaleX),
          Math.abs(step.transform.scaleY),
        ),
    );
    let mix = this.#mixes.get(key);
    if (
      mix?.source !== source ||
      mix.result !== result ||
      mix.scale !== detail
    ) {
      const width = Math.max(1, Math.round(source.image.width * detail));
      const height = Math.max(1, Math.round(source.image.height * detail));
      mix = {
        coloured: new OffscreenCanvas(width, height),
        mixed: new OffscreenCanvas(width, height),
        colourKeeping: Number.NaN,
        strength: Number.NaN,
        source,
        result,
        scale: detail,
      };
      this.#mixes.set(key, mix);
    }
    if (mix.colourKeeping !== step.colourKeeping) {
      paintColoured(mix, step.colourKeeping);
      mix.colourKeeping = step.colourKeeping;
      mix.strength = Number.NaN;
    }
    if (mix.strength !== step.strength) {
      paintMixed(mix, step.strength);
      mix.strength = step.strength;
    }
    return mix.mixed;
  }

  keepOnly(hashes: ReadonlySet<AssetHash>): void {
    for (const key of this.#mixes.keys()) {
      if (!key.split(" ").every((hash) => hashes.has(hash)))
        this.#mixes.delete(key);
    }
  }
}

function paintColoured(mix: Mix, colourKeeping: number): void {
  const context = cleared(mix.coloured);
  const { width, height } = mix.coloured;
  context.drawImage(mix.result.image, 0, 0, width, height);
  if (colourKeeping === 0) return;
  context.globalCompositeOperation = "color";
  context.globalAlpha = colourKeeping;
  context.drawImage(mix.source.image, 0, 0, width, height);
}

function paintMixed(mix: Mix, strength: number): void {
  const context = cleared(mix.mixed);
  const { width, height } = mix.mixed;
  // Premultiplied: source · (1 − strength) + coloured · strength, right for half-clear pixels too.
  context.globalAlpha = 1 - strength;
  context.drawImage(mix.source.image, 0, 0, width, height);
  context.globalCompositeOperation = "lighter";
  context.globalAlpha = strength;
  context.drawImage(mix.coloured, 0, 0);
}

function cleared(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("The browser gave no canvas to paint on.");
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, canvas.width, canvas.height);
  return context;
}
