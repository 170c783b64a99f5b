import type { Raster } from "../../common/raster.ts";
import { motifs, nearestDistances, samplePatches } from "./patches.ts";

const queries = 300;
const pool = 20_000;

/**
 * Whether results hold pieces of the drawings that a style was trained on: how far their patches of 24x24 are, in shape,
 * from the nearest of these drawings, as a multiple of how far the same hand's other drawings are. About 1 or above is
 * fine, 0 is a copy.
 * @returns the ratio of the tenth-smallest distances of a hundred, or null where nothing has a shape
 */
export async function memorisation(
  results: readonly Raster[],
  trained: readonly Raster[],
  heldOut: readonly Raster[],
): Promise<number | null> {
  const known = samplePatches(trained, motifs, pool);
  const nearest = async (pictures: readonly Raster[]) => {
    const patches = samplePatches(pictures, motifs, queries);
    const distances =
      patches.shape[0] === 0 || known.shape[0] === 0
        ? []
        : await nearestDistances(patches, known);
    patches.dispose();
    return distances.sort((a, b) => a - b)[Math.floor(distances.length / 10)];
  };
  const ofResults = await nearest(results);
  const ofHeldOut = await nearest(heldOut);
  known.dispose();
  if (ofResults === undefined || ofHeldOut === undefined) return null;
  return ofResults / Math.max(ofHeldOut, 1e-6);
}
