import type { Discriminator } from "../../native-models/networks/discriminator.ts";
import { generatorLayers } from "../../native-models/networks/generator.ts";
import { perceptualLayers } from "../../native-models/networks/perceptual.ts";
import type { PictureLayer } from "../../native-models/networks/picture-layer.ts";

/** What G's convolutions count for one square picture, forward. A backward pass counts twice that. */
export function generatorOperations(side: number): number {
  let scale = 1;
  return generatorLayers.reduce((sum, layer) => {
    scale *= layer.upsample ? 2 : 1 / layer.stride;
    return (
      sum +
      2 * (side * scale) ** 2 * layer.size ** 2 * layer.inputs * layer.outputs
    );
  }, 0);
}

/** P's, for one square picture, forward. Backward to the picture alone counts once that. */
export function perceptualOperations(side: number): number {
  let scale = 1;
  return perceptualLayers.reduce((sum, { name, inputs, outputs }) => {
    if (/^conv[234]_1$/.test(name)) scale /= 2;
    return sum + 2 * 9 * (side * scale) ** 2 * inputs * outputs;
  }, 0);
}

/** A published generator's, for one square picture, forward. */
export function pictureOperations(
  layers: readonly PictureLayer[],
  side: number,
): number {
  let scale = 1;
  return layers.reduce((sum, { kind, size, stride, inputs, outputs }) => {
    // A transposed convolution of stride 2 uses each weight once for each pixel that goes in.
    const pixels = kind === "transposed" ? scale : scale / stride;
    scale *= kind === "convolution" ? 1 / stride : 2;
    const weights = size ** 2 * inputs * outputs;
    const doubled = kind === "doubling" ? 2 : 1;
    return sum + 2 * (side * pixels * doubled) ** 2 * weights;
  }, 0);
}

/** A discriminator's, for one square picture, forward, its edges aside. */
export function discriminatorOperations(
  layers: Discriminator,
  side: number,
): number {
  let [scale, inputs] = [1, 3];
  return layers.reduce((sum, { size, stride, outputs }) => {
    scale /= stride;
    const weights = size ** 2 * inputs * outputs;
    inputs = outputs;
    return sum + 2 * (side * scale) ** 2 * weights;
  }, 0);
}
