import type { Coverage } from "../../../common/selection/coverage.ts";
import type { Size, View } from "../view.ts";

/** From here on a pixel counts as chosen. */
const half = 128;

/**
 * The pixels of the window along the edge of what is chosen: those that are on the other side of it than their left or
 * upper neighbour. Takes the same time however frayed the edge is.
 * @param size of the window, in the pixels that `view` counts
 * @returns indices into the window, row by row
 */
export function edgePixels(
  area: Coverage,
  view: View,
  size: Size,
): Uint32Array {
  const columns = new Int32Array(size.width);
  for (let x = 0; x < size.width; x++) {
    const column = Math.floor((x + 0.5 - view.x) / view.zoom) - area.x;
    columns[x] = column >= 0 && column < area.width ? column : -1;
  }
  const found: number[] = [];
  let above = new Uint8Array(size.width);
  let here = new Uint8Array(size.width);
  for (let y = 0; y < size.height; y++) {
    const row = Math.floor((y + 0.5 - view.y) / view.zoom) - area.y;
    here.fill(0);
    if (row >= 0 && row < area.height) {
      const start = row * area.width;
      for (let x = 0; x < size.width; x++) {
        const column = columns[x]!;
        if (column >= 0 && area.samples[start + column]! >= half) here[x] = 1;
      }
    }
    for (let x = 0; x < size.width; x++) {
      const left = x > 0 ? here[x - 1] : here[x];
      const up = y > 0 ? above[x] : here[x];
      if (here[x] !== left || here[x] !== up) found.push(y * size.width + x);
    }
    [above, here] = [here, above];
  }
  return Uint32Array.from(found);
}
