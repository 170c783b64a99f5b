/** A rectangle of whole pixels of a document; it may reach beyond the document's edges. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What two regions share, or null where they do not meet. */
export function intersect(a: Region, b: Region): Region | null {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

/** The smallest region that holds two. */
export function unite(a: Region, b: Region): Region {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** A region cut into tiles of at most `side` by `side` pixels, row by row. */
export function* tilesOf(region: Region, side: number): Generator<Region> {
  const right = region.x + region.width;
  const bottom = region.y + region.height;
  for (let y = region.y; y < bottom; y += side)
    for (let x = region.x; x < right; x += side)
      yield {
        x,
        y,
        width: Math.min(side, right - x),
        height: Math.min(side, bottom - y),
      };
}
