/** A slider's position for a brush size: each step of 1 doubles the strokes, 0 is their own size. */
export function brushSizePosition(brushSize: number): number {
  return Math.log2(brushSize);
}

/** @param position -2 to 2 @returns 0.25 to 4 */
export function brushSizeOf(position: number): number {
  return 2 ** position;
}

/** "1 ×", "0.59 ×", "2.8 ×". */
export function brushSizeLabel(brushSize: number): string {
  return `${Number(brushSize.toFixed(brushSize < 1 ? 2 : 1))} ×`;
}
