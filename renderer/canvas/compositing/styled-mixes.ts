import type { AssetHash } from "../../../common/document/document.ts";
import { styledPixels } from "../../../common/document/styled.ts";
import type { Bitmap } from "./bitmaps.ts";
import type { Step } from "./plan.ts";
import { detailOf, type Reduced } from "./reduced.ts";

type StyledStep = Extract<Step, { kind: "styled" }>;

interface Mix {
  /** Source and result, as small as they are shown. */
  readonly original: ImageBitmap | OffscreenCanvas;
  readonly styled: ImageBitmap | OffscreenCanvas;
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
  readonly #reduced: Reduced;
  readonly #mixes = new Map<string, Mix>();

  constructor(reduced: Reduced) {
    this.#reduced = reduced;
  }

  /** @param scale canvas pixels a document pixel: mixing more pixels than are shown is wasted */
  mixOf(
    step: StyledStep,
    source: Bitmap,
    result: Bitmap,
    scale: number,
  ): OffscreenCanvas {
    const key = `${step.source} ${step.result}`;
    const detail = detailOf(source, step.transform, scale);
    let mix = this.#mixes.get(key);
    if (
      mix?.source !== source ||
      mix.result !== result ||
      mix.scale !== detail
    ) {
      const original = this.#reduced.of(source, detail);
      const { width, height } = original;
      mix = {
        original,
        // A draft's image has fewer pixels than the source's.
        styled: this.#reduced.of(
          result,
          detailOf(result, step.transform, scale),
        ),
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
    const recoloured = mix.colourKeeping !== step.colourKeeping;
    const faded = recoloured || mix.strength !== step.strength;
    mix.colourKeeping = step.colourKeeping;
    mix.strength = step.strength;
    if (source.opaque) {
      if (recoloured) paintColoured(mix);
      if (faded) paintMixed(mix);
    } else if (faded) paintExactly(mix);
    return mix.mixed;
  }

  keepOnly(hashes: ReadonlySet<AssetHash>): void {
    for (const key of this.#mixes.keys()) {
      if (!key.split(" ").every((hash) => hashes.has(hash)))
        this.#mixes.delete(key);
    }
  }
}

function paintColoured(mix: Mix): void {
  const context = cleared(mix.coloured);
  const { width, height } = mix.coloured;
  context.drawImage(mix.styled, 0, 0, width, height);
  if (mix.colourKeeping === 0) return;
  context.globalCompositeOperation = "color";
  context.globalAlpha = mix.colourKeeping;
  context.drawImage(mix.original, 0, 0, width, height);
}

function paintMixed(mix: Mix): void {
  const context = cleared(mix.mixed);
  const { width, height } = mix.mixed;
  context.drawImage(mix.original, 0, 0, width, height);
  context.globalAlpha = mix.strength;
  context.drawImage(mix.coloured, 0, 0);
}

/** By the document's own maths: where the source is clear in part, canvas 2D would change the shape with the colours. */
function paintExactly(mix: Mix): void {
  const { width, height } = mix.mixed;
  const samplesOf = (image: CanvasImageSource) => {
    const context = cleared(mix.coloured);
    context.drawImage(image, 0, 0, width, height);
    const samples = new Uint8Array(
      context.getImageData(0, 0, width, height).data.buffer,
    );
    return { width, height, channels: 4 as const, samples };
  };
  const source = samplesOf(mix.original);
  const result = samplesOf(mix.styled);
  const shown = styledPixels(source, result, mix.strength, mix.colourKeeping);
  const pixels = new ImageData(width, height);
  for (let i = 0; i < pixels.data.length; i++)
    pixels.data[i] = (shown.samples[i] ?? 0) * 255;
  cleared(mix.mixed).putImageData(pixels, 0, 0);
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
