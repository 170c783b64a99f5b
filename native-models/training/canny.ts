/** tan 22.5° in 15 fractional bits: bounds of the four directions in which a gradient can point. */
const tan22 = Math.round((Math.SQRT2 - 1) * 2 ** 15);

/**
 * Canny's edge detector (Canny 1986) in the form of OpenCV's, whole numbers throughout: 3x3 Sobel over repeated borders,
 * |dx| + |dy| as the gradient's size, non-maximum suppression along four directions, hysteresis over eight neighbours.
 * @param grey `width * height` samples
 * @param low size that a pixel next to an edge has to exceed to belong to it
 * @param high size that an edge has to exceed somewhere
 * @returns 1 on edges and 0 elsewhere
 */
export function cannyEdges(
  grey: Uint8Array,
  width: number,
  height: number,
  low: number,
  high: number,
): Uint8Array {
  const { dx, dy } = sobel(grey, width, height);
  // A frame of zeros, so that the neighbours of border pixels need no special case.
  const stride = width + 2;
  const size = new Int32Array(stride * (height + 2));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      size[(y + 1) * stride + x + 1] = Math.abs(dx[i]!) + Math.abs(dy[i]!);
    }
  }

  const edges = new Uint8Array(width * height);
  const candidates = new Uint8Array(stride * (height + 2));
  const strong: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const at = (y + 1) * stride + x + 1;
      if (size[at]! <= low) continue;
      if (!isRidge(size, at, stride, dx[i]!, dy[i]!)) continue;
      candidates[at] = 1;
      if (size[at]! > high) strong.push(at);
    }
  }
  for (let at = strong.pop(); at !== undefined; at = strong.pop()) {
    if (candidates[at] === 0) continue;
    candidates[at] = 0;
    edges[(Math.floor(at / stride) - 1) * width + (at % stride) - 1] = 1;
    for (const row of [at - stride, at, at + stride]) {
      for (const next of [row - 1, row, row + 1]) {
        if (candidates[next] === 1) strong.push(next);
      }
    }
  }
  return edges;
}

/** Whether the gradient is largest here among the neighbours before and behind; of two equal ones the latter counts. */
function isRidge(
  size: Int32Array,
  at: number,
  stride: number,
  dx: number,
  dy: number,
): boolean {
  const own = size[at]!;
  const across = Math.abs(dx) * tan22;
  const up = Math.abs(dy) * 2 ** 15;
  if (up < across) return own > size[at - 1]! && own >= size[at + 1]!;
  // tan 67.5° = tan 22.5° + 2
  if (up > across + Math.abs(dx) * 2 ** 16) {
    return own > size[at - stride]! && own >= size[at + stride]!;
  }
  const slant = dx < 0 !== dy < 0 ? -1 : 1;
  return own > size[at - stride - slant]! && own > size[at + stride + slant]!;
}

function sobel(grey: Uint8Array, width: number, height: number) {
  const dx = new Int16Array(width * height);
  const dy = new Int16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = Math.max(0, y - 1) * width;
    const below = Math.min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - 1);
      const right = Math.min(width - 1, x + 1);
      const slope = (r: number) => grey[r + right]! - grey[r + left]!;
      const weight = (r: number) =>
        grey[r + left]! + 2 * grey[r + x]! + grey[r + right]!;
      dx[row + x] = slope(above) + 2 * slope(row) + slope(below);
      dy[row + x] = weight(below) - weight(above);
    }
  }
  return { dx, dy };
}
