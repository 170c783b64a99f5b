/**
 * Where a key leads in a grid whose items run in rows.
 * @param at index of the item that has the focus
 * @param count items in all, at least 1
 * @param columns items a row, at least 1
 * @returns the index to go to, or null for keys that lead nowhere
 */
export function nextInGrid(
  key: string,
  at: number,
  count: number,
  columns: number,
): number | null {
  switch (key) {
    case "ArrowRight":
      return Math.min(count - 1, at + 1);
    case "ArrowLeft":
      return Math.max(0, at - 1);
    case "ArrowDown": {
      if (at + columns < count) return at + columns;
      // From above the gap of a last row that is not full, its last item is meant.
      const lastRow = Math.floor((count - 1) / columns);
      return Math.floor(at / columns) < lastRow ? count - 1 : at;
    }
    case "ArrowUp":
      return at >= columns ? at - columns : at;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
