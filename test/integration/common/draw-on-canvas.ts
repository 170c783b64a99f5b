import type { Transform } from "../../../common/document/document.ts";

/** A picture to lay over another, on a square canvas, in several ways. */
export interface CanvasTask {
  side: number;
  /** 8 bits a channel, or half floats. */
  colorType: "unorm8" | "float16";
  /** RGBA, straight, 0..255. */
  below: number[];
  above: number[];
  opacity: number;
  transform: Transform;
  operations: GlobalCompositeOperation[];
}

/** RGBA, straight, 0..1. */
type Samples = number[];

/**
 * Runs inside the page. A canvas keeps premultiplied colour, rounded: `below` and `above` come back as it holds them.
 * @returns a result for each operation
 */
export function drawOnCanvas(task: CanvasTask): {
  below: Samples;
  above: Samples;
  results: Samples[];
} {
  const { side, colorType, transform } = task;
  const half = colorType === "float16";

  const canvasOf = (levels?: number[]) => {
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext("2d", {
      willReadFrequently: true,
      colorType,
    } as CanvasRenderingContext2DSettings)!;
    if (levels) {
      const picture = new ImageData(side, side);
      picture.data.set(levels);
      context.putImageData(picture, 0, 0);
    }
    return { canvas, context };
  };

  const read = (context: OffscreenCanvasRenderingContext2D): Samples => {
    const pixelFormat = half ? "rgba-float16" : "rgba-unorm8";
    const settings = { pixelFormat } as ImageDataSettings;
    const { data } = context.getImageData(0, 0, side, side, settings);
    const levels: ArrayLike<number> = data;
    return Array.from(levels, (level, i) => {
      const alpha = levels[i | 3]!;
      if (i % 4 === 3 || alpha === 0) return half ? level : level / 255;
      // What was read has been divided by alpha and rounded; what is kept is colour times alpha.
      return half
        ? new Float16Array([level * alpha])[0]! / alpha
        : Math.round((level * alpha) / 255) / alpha;
    });
  };

  const below = canvasOf(task.below);
  const above = canvasOf(task.above);
  const results = task.operations.map((operation) => {
    const { context } = canvasOf();
    context.drawImage(below.canvas, 0, 0);
    context.globalCompositeOperation = operation;
    context.globalAlpha = task.opacity;
    context.translate(transform.x, transform.y);
    context.rotate((transform.rotation * Math.PI) / 180);
    context.scale(transform.scaleX, transform.scaleY);
    context.drawImage(above.canvas, 0, 0);
    return read(context);
  });
  return { below: read(below.context), above: read(above.context), results };
}
