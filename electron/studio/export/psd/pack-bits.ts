/** Most bytes that PackBits can make of `length` bytes. */
export function packBitsBound(length: number): number {
  return length + Math.ceil(length / 128);
}

/**
 * Apple's PackBits (TIFF 6.0, section 9): a count byte n ≤ 127 and n + 1 bytes as they are, or a count byte 257 − n and
 * one byte that stands n times.
 * @param at where in `out` to begin; there must be room for `packBitsBound(row.length)` bytes
 * @returns how many bytes were written
 */
export function packBits(row: Uint8Array, out: Uint8Array, at: number): number {
  const start = at;
  let index = 0;
  while (index < row.length) {
    let run = runAt(row, index);
    if (run >= 3) {
      out[at++] = 257 - run;
      out[at++] = row[index]!;
      index += run;
      continue;
    }
    // A run of two inside literals would cost as much as it saves.
    const first = index;
    while (index < row.length && index - first < 128 && run < 3) {
      index += 1;
      run = runAt(row, index);
    }
    out[at++] = index - first - 1;
    out.set(row.subarray(first, index), at);
    at += index - first;
  }
  return at - start;
}

/** How often the byte at `index` stands there in a row, up to 128. */
function runAt(row: Uint8Array, index: number): number {
  const value = row[index];
  const end = Math.min(row.length, index + 128);
  let next = index + 1;
  while (next < end && row[next] === value) next += 1;
  return index < row.length ? next - index : 0;
}
