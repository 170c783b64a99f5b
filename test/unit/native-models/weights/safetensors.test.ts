import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../../common/failure.ts";
import {
  type Dtype,
  readSafetensors,
  type StoredTensor,
  toFloats,
  writeSafetensors,
} from "../../../../native-models/weights/safetensors.ts";

const reference = readFileSync(
  new URL(
    "../../../fixtures/safetensors/reference.safetensors",
    import.meta.url,
  ),
);

/** A file with this header, declared as `length` bytes, and this many bytes of data. */
function file(
  header: unknown,
  { dataBytes = 0, length }: { dataBytes?: number; length?: bigint } = {},
): Uint8Array {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(
    0,
    length ?? BigInt(json.length),
    true,
  );
  bytes.set(json, 8);
  return bytes;
}

const tensor = (
  dtype: string,
  shape: number[],
  begin: number,
  end: number,
) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

function failureOf(bytes: Uint8Array): Failure {
  try {
    readSafetensors(bytes, "wave.safetensors");
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("the file was read");
}

describe("a file of the reference implementation", () => {
  const { tensors, metadata } = readSafetensors(reference);

  test("gives every tensor and the metadata", () => {
    expect(metadata).toEqual({ format: "np", title: "波" });
    expect([...tensors.keys()].sort()).toEqual([
      "convolution.weight",
      "counts",
      "double",
      "empty",
      "flags",
      "half",
      "step",
      "日本",
    ]);
    const convolution = tensors.get("convolution.weight");
    expect(convolution?.shape).toEqual([2, 3, 2, 2]);
    expect(convolution?.data).toEqual(
      Float32Array.from({ length: 24 }, (_, index) => index / 7),
    );
    expect(tensors.get("step")).toEqual({
      dtype: "I64",
      shape: [],
      data: BigInt64Array.of(1570n),
    });
    expect(tensors.get("counts")?.data).toEqual(Int32Array.of(-1, 2 ** 31 - 1));
    expect(tensors.get("flags")?.data).toEqual(Uint8Array.of(1, 0, 1));
    expect(tensors.get("empty")?.shape).toEqual([0, 4]);
  });

  test("widens halves and rounds doubles to floats", () => {
    expect(toFloats(tensors.get("half") as StoredTensor, "half")).toEqual(
      Float32Array.of(
        0,
        -0,
        1,
        -2.5,
        65504,
        2 ** -24,
        Number.POSITIVE_INFINITY,
        Number.NaN,
      ),
    );
    expect(toFloats(tensors.get("double") as StoredTensor, "double")).toEqual(
      Float32Array.of(Math.fround(1 / 3)),
    );
  });

  test("refuses integers where weights belong", () => {
    expect(() =>
      toFloats(tensors.get("counts") as StoredTensor, "counts"),
    ).toThrow(/counts holds I32/);
  });

  test("is written back with the same contents", () => {
    const again = readSafetensors(writeSafetensors(tensors, metadata));
    expect(again.metadata).toEqual(metadata);
    expect(new Map(again.tensors)).toEqual(new Map(tensors));
  });
});

describe("writing", () => {
  const arrays = {
    F32: Float32Array,
    F64: Float64Array,
    F16: Uint16Array,
    BF16: Uint16Array,
    I32: Int32Array,
    U8: Uint8Array,
    I64: BigInt64Array,
  } as const;
  const stored = fc
    .record({
      dtype: fc.constantFrom(
        ...(Object.keys(arrays) as (keyof typeof arrays)[]),
      ),
      shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
      seed: fc.uint8Array({ minLength: 8, maxLength: 8 }),
    })
    .map(({ dtype, shape, seed }): StoredTensor => {
      const count = shape.reduce((product, side) => product * side, 1);
      const bytes = new Uint8Array(count * arrays[dtype].BYTES_PER_ELEMENT);
      bytes.forEach((_, index) => {
        bytes[index] = (seed[index % 8] ?? 0) + index;
      });
      return {
        dtype: dtype as Dtype,
        shape,
        data: new arrays[dtype](bytes.buffer),
      };
    });

  test("then reading gives what was written, whatever the names", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc
            .string({ unit: "grapheme" })
            .filter((name) => name !== "__metadata__"),
          stored,
        ),
        fc.dictionary(
          fc.string().filter((name) => name !== "__proto__"),
          fc.string({ unit: "grapheme" }),
        ),
        (tensors, metadata) => {
          const map = new Map(Object.entries(tensors));
          const read = readSafetensors(writeSafetensors(map, metadata));
          expect(new Map(read.tensors)).toEqual(map);
          expect(read.metadata).toEqual({ ...metadata });
        },
      ),
    );
  });

  test("gives the same bytes in whatever order the tensors come", () => {
    const a = { dtype: "F32", shape: [1], data: Float32Array.of(1) } as const;
    const b = {
      dtype: "U8",
      shape: [3],
      data: Uint8Array.of(1, 2, 3),
    } as const;
    const one = writeSafetensors([
      ["a", a],
      ["b", b],
    ]);
    const two = writeSafetensors([
      ["b", b],
      ["a", a],
    ]);
    expect(one).toEqual(two);
  });

  test("refuses data that do not fit their shape, and a name used twice", () => {
    const data = Float32Array.of(1, 2);
    expect(() =>
      writeSafetensors([["a", { dtype: "F32", shape: [3], data }]]),
    ).toThrow(/data of a do not fit/);
    expect(() =>
      writeSafetensors([["a", { dtype: "I32", shape: [2], data }]]),
    ).toThrow(/data of a do not fit/);
    const fit = { dtype: "F32", shape: [2], data } as const;
    expect(() =>
      writeSafetensors([
        ["a", fit],
        ["a", fit],
      ]),
    ).toThrow(/same name/);
  });
});

describe("a damaged or hostile file is refused, and the message says why:", () => {
  const cases: [string, Uint8Array, RegExp][] = [
    ["empty", new Uint8Array(0), /too short/],
    ["only part of a length", new Uint8Array(7), /too short/],
    ["a length beyond the file", file({}, { length: 3n }), /claims 3 bytes/],
    [
      "a length of 2⁶⁴ − 1",
      file({}, { length: 2n ** 64n - 1n }),
      /claims 18446744073709551615 bytes/,
    ],
    ["no header", file(""), /does not start with \{/],
    ["an array for a header", file([]), /does not start with \{/],
    ["space before the header", file(" {}"), /does not start with \{/],
    ["half a header", file('{"a":'), /not JSON/],
    ["a header that is not UTF-8", file({}).with(9, 0xff), /not JSON in UTF-8/],
    [
      "a name twice",
      file(
        '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}',
        { dataBytes: 1 },
      ),
      /names "a" twice/,
    ],
    [
      "a property twice",
      file(
        '{"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}}',
        {
          dataBytes: 1,
        },
      ),
      /names "dtype" twice/,
    ],
    ["an entry that is no object", file({ a: null }), /entry of "a"/],
    [
      "a property that does not belong",
      file(
        { a: { ...tensor("U8", [1], 0, 1), path: "/etc" } },
        { dataBytes: 1 },
      ),
      /entry of "a"/,
    ],
    ["a negative side", file({ a: tensor("U8", [-1], 0, 0) }), /entry of "a"/],
    [
      "a fractional side",
      file({ a: tensor("U8", [0.5], 0, 0) }),
      /entry of "a"/,
    ],
    [
      "a side that no number holds",
      file({ a: tensor("U8", [2 ** 60], 0, 0) }),
      /entry of "a"/,
    ],
    [
      "sides whose product overflows",
      file({ a: tensor("F32", [2 ** 50, 2 ** 50], 0, 4) }, { dataBytes: 4 }),
      /does not fit F32/,
    ],
    ["negative offsets", file({ a: tensor("U8", [1], -1, 0) }), /entry of "a"/],
    [
      "offsets beyond the file",
      file({ a: tensor("U8", [9], 0, 9) }, { dataBytes: 8 }),
      /claims bytes 0 to 9 of 8/,
    ],
    [
      "offsets the wrong way round",
      file({ a: tensor("U8", [1], 1, 0) }, { dataBytes: 1 }),
      /claims bytes 1 to 0/,
    ],
    [
      "a shape that needs more bytes",
      file({ a: tensor("F32", [2], 0, 4) }, { dataBytes: 4 }),
      /"a" has 4 bytes, which does not fit F32 \[2\]/,
    ],
    [
      "an overlap",
      file(
        { a: tensor("U8", [2], 0, 2), b: tensor("U8", [2], 1, 3) },
        { dataBytes: 3 },
      ),
      /"b" overlaps/,
    ],
    [
      "a gap",
      file(
        { a: tensor("U8", [1], 0, 1), b: tensor("U8", [1], 2, 3) },
        { dataBytes: 3 },
      ),
      /"b" leaves a gap/,
    ],
    [
      "bytes at the end",
      file({ a: tensor("U8", [1], 0, 1) }, { dataBytes: 3 }),
      /2 bytes at its end/,
    ],
    [
      "metadata that are not texts",
      file({ __metadata__: { epoch: 1 } }),
      /metadata/,
    ],
  ];

  test.each(cases)("%s", (_, bytes, message) => {
    const failure = failureOf(bytes);
    expect(failure.code).toBe("damaged");
    expect(failure.subject).toBe("wave.safetensors");
    expect(failure.message).toMatch(/^wave\.safetensors is damaged: /);
    expect(failure.message).toMatch(message);
  });

  test("an element type from elsewhere is unsupported, not damaged", () => {
    const bytes = file({ a: tensor("F8_E4M3", [1], 0, 1) }, { dataBytes: 1 });
    expect(failureOf(bytes)).toMatchObject({ code: "unsupported" });
    const inherited = file(
      { a: tensor("toString", [1], 0, 1) },
      { dataBytes: 1 },
    );
    expect(failureOf(inherited)).toMatchObject({ code: "unsupported" });
  });

  test("a tensor named __proto__ is only a tensor", () => {
    const { tensors } = readSafetensors(
      file('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', {
        dataBytes: 1,
      }),
    );
    expect([...tensors.keys()]).toEqual(["__proto__"]);
  });

  test("every altered byte and every cut gives tensors or a Failure", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: reference.length - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: reference.length }),
        (at, byte, end) => {
          const altered = Uint8Array.from(reference).subarray(0, end);
          if (at < end) altered[at] = byte;
          try {
            const { tensors } = readSafetensors(altered);
            for (const { shape, data } of tensors.values()) {
              expect(data.length).toBe(
                shape.reduce((product, side) => product * side, 1),
              );
            }
          } catch (error) {
            expect(error).toBeInstanceOf(Failure);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("random bytes behind a plausible length give tensors or a Failure", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat({ max: 64 }), (json, dataBytes) => {
        try {
          readSafetensors(file(json, { dataBytes }));
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
        }
      }),
    );
  });
});
