import { generatorLayers } from "../../native-models/networks/generator.ts";
import { perceptualLayers } from "../../native-models/networks/perceptual.ts";

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
