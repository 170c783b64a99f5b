import { luminosityOf } from "../../../common/document/color-blends.ts";

/** A mask's grey as alpha, for canvas 2D to cut with. Of a mask in colour the luminosity counts. */
export function maskAlpha(image: ImageBitmap): OffscreenCanvas {
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("The browser gave no canvas to paint on.");
  context.drawImage(image, 0, 0);
  const pixels = context.getImageData(0, 0, image.width, image.height);
  const { data } = pixels;
  for (let i = 0; i < data.length; i += 4) {
    data[i + 3] = luminosityOf(data[i]!, data[i + 1]!, data[i + 2]!);
    data[i] = data[i + 1] = data[i + 2] = 0;
  }
  context.putImageData(pixels, 0, 0);
  return canvas;
}
