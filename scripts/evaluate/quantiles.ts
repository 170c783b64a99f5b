/**
 * Quantiles at the middles of `count` equal shares, between order statistics linearly (Hyndman and Fan 1996, type 7).
 * @param values sorted in place
 */
export function quantiles(values: Float32Array, count: number): number[] {
  values.sort();
  return Array.from({ length: count }, (_, i) => {
    const at = ((i + 0.5) / count) * (values.length - 1);
    const below = Math.floor(at);
    const low = values[below]!;
    const high = values[Math.min(below + 1, values.length - 1)]!;
    return low + (at - below) * (high - low);
  });
}
