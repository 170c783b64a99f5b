import fc from "fast-check";
import { expect, test } from "vitest";
import {
  packBits,
  packBitsBound,
} from "../../../electron/studio/export/psd/pack-bits.ts";

/** PackBits as TIFF 6.0, section 9, tells how to undo it. */
function unpacked(packed: Uint8Array): number[] {
  const out: number[] = [];
  for (let at = 0; at < packed.length; ) {
    const count = (packed[at++]! << 24) >> 24;
    if (count >= 0) {
      out.push(...packed.subarray(at, at + count + 1));
      at += count + 1;
    } else if (count !== -128) {
      out.push(...Array(1 - count).fill(packed[at++]));
    }
  }
  return out;
}

function packed(row: Uint8Array): Uint8Array {
  const out = new Uint8Array(packBitsBound(row.length));
  return out.subarray(0, packBits(row, out, 0));
}

test("any row comes back, and never outgrows its bound", () => {
  // Few values, so that there are runs.
  const rows = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 700 });
  fc.assert(
    fc.property(rows, fc.uint8Array({ maxLength: 300 }), (runs, noise) => {
      const row = Uint8Array.from([...runs, ...noise]);
      expect(unpacked(packed(row))).toEqual([...row]);
    }),
  );
});

test("a run takes two bytes for each 128", () => {
  expect([...packed(new Uint8Array(256).fill(9))]).toEqual([129, 9, 129, 9]);
});

test("what does not repeat grows by one byte in 128", () => {
  const row = Uint8Array.from({ length: 256 }, (_, at) => at);
  expect(packed(row).length).toBe(258);
});
