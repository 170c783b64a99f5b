/** The row of a layer, where it is listed. */
export function rowElement(
  list: HTMLElement | null,
  layerId: string,
): HTMLElement | null {
  const row = `[data-layer="${CSS.escape(layerId)}"]`;
  return list?.querySelector<HTMLElement>(row) ?? null;
}

/** Whether a press is for a button or field in a row rather than for the row. */
export function isOnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button, input") !== null;
}
