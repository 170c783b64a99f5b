/**
 * For every pixel the site that is nearest to it: the lower envelope of parabolas, exact and in time proportional to the
 * pixels (Felzenszwalb & Huttenlocher, "Distance Transforms of Sampled Functions", 2012).
 * @param sites row by row; what is not 0 is a site
 * @returns indices into `sites`; −1 everywhere where there is none
 */
export function nearestSite(
  sites: Uint8Array,
  width: number,
  height: number,
): Int32Array {
  const nearest = nearestInColumn(sites, width, height);
  /** Parabolas of a row's envelope by their vertex, and where each begins to be the lowest. */
  const vertices = new Int32Array(width);
  const begins = new Float64Array(width + 1);
  const heights = new Float64Array(width);
  const found = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let last = -1;
    for (let q = 0; q < width; q++) {
      const site = nearest[row + q]!;
      if (site < 0) continue;
      const away = (site - q) / width - y;
      const h = away * away;
      heights[q] = h;
      let begin = -Infinity;
      while (last >= 0) {
        const v = vertices[last]!;
        begin = (h + q * q - heights[v]! - v * v) / (2 * (q - v));
        if (begin > begins[last]!) break;
        last--;
        begin = -Infinity;
      }
      last++;
      vertices[last] = q;
      begins[last] = begin;
    }
    if (last < 0) continue;
    begins[last + 1] = Infinity;
    for (let p = 0, k = 0; p < width; p++) {
      while (begins[k + 1]! < p) k++;
      found[p] = nearest[row + vertices[k]!]!;
    }
    nearest.set(found, row);
  }
  return nearest;
}

function nearestInColumn(
  sites: Uint8Array,
  width: number,
  height: number,
): Int32Array {
  const nearest = new Int32Array(sites.length).fill(-1);
  for (let i = 0; i < sites.length; i++) {
    if (sites[i] !== 0) nearest[i] = i;
    else if (i >= width) nearest[i] = nearest[i - width]!;
  }
  for (let i = (height - 1) * width - 1; i >= 0; i--) {
    const below = nearest[i + width]!;
    if (below < 0) continue;
    const above = nearest[i]!;
    if (above < 0 || below - i < i - above) nearest[i] = below;
  }
  return nearest;
}
