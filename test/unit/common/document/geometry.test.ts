import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  about,
  affineOf,
  composed,
  inverse,
  isWholeMove,
  mapped,
  scaling,
  transformOf,
  translation,
  turning,
} from "../../../../common/document/affine.ts";
import { composite } from "../../../../common/document/compositor.ts";
import {
  type Document,
  identityTransform,
  type Transform,
} from "../../../../common/document/document.ts";
import {
  mapLayers,
  reframe,
  rescale,
} from "../../../../common/document/geometry.ts";
import { applyOperation } from "../../../../common/document/operations.ts";
import { findLayer, walkLayers } from "../../../../common/document/tree.ts";
import type { Raster } from "../../../../common/raster.ts";
import { documentOf, group, hash, picture } from "./random-documents.ts";

const scale = fc
  .double({ min: 0.05, max: 20, noNaN: true })
  .chain((size) => fc.constantFrom(size, -size));
const transforms: fc.Arbitrary<Transform> = fc.record({
  x: fc.double({ min: -500, max: 500, noNaN: true }),
  y: fc.double({ min: -500, max: 500, noNaN: true }),
  scaleX: scale,
  scaleY: scale,
  rotation: fc.double({ min: -360, max: 360, noNaN: true }),
  shear: fc.double({ min: -2, max: 2, noNaN: true }),
});
const corners = [
  { x: 0, y: 0 },
  { x: 40, y: 0 },
  { x: 40, y: 30 },
  { x: 0, y: 30 },
];

/** A picture of 16 by 16 pixels without symmetry, and a mask that differs at each of its 8 by 6. */
const rasters: Record<string, Raster> = {
  [hash(1)]: noise(16, 16, 4),
  [hash(2)]: noise(8, 6, 1),
};

function noise(width: number, height: number, channels: 1 | 4): Raster {
  const samples = new Uint8Array(width * height * channels);
  for (let i = 0; i < samples.length; i++) samples[i] = (i * 7919) % 251;
  return { width, height, channels, samples };
}

const rasterOf = (asset: string) => rasters[asset]!;
const shown = (document: Document) => composite(document, rasterOf);

/** Two pictures in a group, one turned and with a mask, and one beside them. */
const scene = documentOf(
  [
    group("pair", [
      picture("left", { transform: { ...identityTransform, x: 4, y: 9 } }),
      picture("right", {
        transform: { ...identityTransform, x: 40, y: 12, rotation: 90 },
        mask: { asset: hash(2), x: 26, y: 14, outside: 1, enabled: true },
      }),
    ]),
    picture("single", { transform: { ...identityTransform, x: 20, y: 30 } }),
  ],
  48,
  48,
);

const everything = new Set(["pair", "single"]);
const middle = { x: 24, y: 24 };

function apart(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < one.length; i++)
    most = Math.max(most, Math.abs(one[i]! - other[i]!));
  return most;
}

/** The pixels of a square picture, each taken from elsewhere in another. */
function rearranged(
  { width, samples }: Raster,
  from: (x: number, y: number) => [number, number],
): Float32Array {
  const out = new Float32Array(samples.length);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      const [u, v] = from(x, y);
      const source = 4 * (v * width + u);
      out.set(samples.slice(source, source + 4), 4 * (y * width + x));
    }
  return out;
}

describe("a transform and its map", () => {
  test("say the same, whatever a transform is like", () => {
    fc.assert(
      fc.property(transforms, transforms, (transform, like) => {
        const map = affineOf(transform);
        const again = affineOf(transformOf(map, like));
        for (const corner of corners) {
          const [one, other] = [mapped(map, corner), mapped(again, corner)];
          expect(other.x).toBeCloseTo(one.x, 4);
          expect(other.y).toBeCloseTo(one.y, 4);
        }
      }),
    );
  });

  test("a map and its way back cancel out", () => {
    fc.assert(
      fc.property(transforms, (transform) => {
        const map = affineOf(transform);
        const there = mapped(map, { x: 3, y: 5 });
        const back = mapped(inverse(map), there);
        expect(back.x).toBeCloseTo(3, 5);
        expect(back.y).toBeCloseTo(5, 5);
      }),
    );
  });

  test("a flip stays a flip, and half a turn a turn", () => {
    const tilted = { ...identityTransform, rotation: 30, scaleX: 2 };
    const flipped = transformOf(
      composed(affineOf(tilted), scaling(-1, 1)),
      tilted,
    );
    expect(flipped).toEqual({ ...tilted, scaleX: -2 });
    const upended = transformOf(
      composed(affineOf(tilted), scaling(1, -1)),
      tilted,
    );
    expect(upended).toEqual({ ...tilted, scaleY: -1 });
    const turned = transformOf(
      composed(turning(180), affineOf(tilted)),
      tilted,
    );
    expect(turned).toEqual({ ...tilted, rotation: -150 });
  });

  test("what rounding leaves is cleared away", () => {
    let transform: Transform = { ...identityTransform, x: 3 };
    for (let turn = 0; turn < 24; turn++)
      transform = transformOf(
        composed(about({ x: 11, y: 7 }, turning(15)), affineOf(transform)),
        transform,
      );
    expect(isWholeMove(affineOf(transform))).toBe(true);
    expect(transform).toEqual({ ...identityTransform, x: 3 });
  });

  test("a picture stretched to nothing gives no numbers that are none", () => {
    const flat = { ...identityTransform, x: 5, scaleX: 0 };
    const moved = transformOf(
      composed(translation(2, 1), affineOf(flat)),
      flat,
    );
    expect(moved).toEqual({ ...flat, x: 7, y: 1 });
  });
});

describe("layers that are mapped", () => {
  test("with their masks and their groups, by a quarter turn, look turned to the pixel", () => {
    const { document } = applyOperation(
      scene,
      mapLayers(scene, everything, about(middle, turning(90))),
    );
    expect(
      apart(
        shown(document).samples,
        rearranged(shown(scene), (x, y) => [y, 47 - x]),
      ),
    ).toBeLessThan(1e-6);
  });

  test("by a flip, look mirrored to the pixel", () => {
    const { document } = applyOperation(
      scene,
      mapLayers(scene, everything, about(middle, scaling(-1, 1))),
    );
    expect(
      apart(
        shown(document).samples,
        rearranged(shown(scene), (x, y) => [47 - x, y]),
      ),
    ).toBeLessThan(1e-6);
    const right = findLayer(document, "right");
    expect(right).toMatchObject({ transform: { scaleY: -1, rotation: 90 } });
  });

  test("forth and back, are as they were", () => {
    const flip = mapLayers(scene, everything, about(middle, scaling(1, -1)));
    const once = applyOperation(scene, flip).document;
    const twice = applyOperation(
      once,
      mapLayers(once, everything, about(middle, scaling(1, -1))),
    ).document;
    expect(twice).toEqual(scene);
  });

  test("leave the others alone, and count once where a group and its layer are both chosen", () => {
    const operation = mapLayers(
      scene,
      new Set(["pair", "left"]),
      translation(3, -2),
    );
    const { document, inverse } = applyOperation(scene, operation);
    expect(findLayer(document, "left")).toMatchObject({
      transform: { x: 7, y: 7 },
    });
    expect(findLayer(document, "right")?.mask).toEqual({
      asset: hash(2),
      x: 29,
      y: 12,
      outside: 1,
      enabled: true,
    });
    expect(document.layers[1]).toBe(scene.layers[1]);
    expect(applyOperation(document, inverse).document).toEqual(scene);
  });

  test("stretch in a turned group as the group does", () => {
    fc.assert(
      fc.property(transforms, transforms, (own, done) => {
        const document = documentOf([
          group("g", [picture("p", { transform: own })]),
        ]);
        const map = affineOf(done);
        const operation = mapLayers(document, new Set(["g"]), map);
        const layer = findLayer(
          applyOperation(document, operation).document,
          "p",
        );
        const after = affineOf((layer as { transform: Transform }).transform);
        for (const corner of corners) {
          const wanted = mapped(map, mapped(affineOf(own), corner));
          const got = mapped(after, corner);
          expect(got.x / 1000).toBeCloseTo(wanted.x / 1000, 4);
          expect(got.y / 1000).toBeCloseTo(wanted.y / 1000, 4);
        }
      }),
    );
  });
});

describe("another size of the canvas", () => {
  test.each([
    ["inside", { x: 5, y: 8, width: 30, height: 21 }],
    ["beyond its edges", { x: -10, y: -3, width: 70, height: 60 }],
  ])("shows what lay there: %s", (_, region) => {
    const { document, inverse } = applyOperation(scene, reframe(scene, region));
    expect(document).toMatchObject({
      width: region.width,
      height: region.height,
    });
    const whole = shown(scene);
    const part = shown(document);
    for (let y = 0; y < region.height; y++)
      for (let x = 0; x < region.width; x++) {
        const [u, v] = [x + region.x, y + region.y];
        if (u < 0 || v < 0 || u >= 48 || v >= 48) continue;
        const at = 4 * (y * region.width + x);
        const from = 4 * (v * 48 + u);
        expect(part.samples.slice(at, at + 4)).toEqual(
          whole.samples.slice(from, from + 4),
        );
      }
    expect(applyOperation(document, inverse).document).toEqual(scene);
  });

  test("keeps what is out of sight", () => {
    const small = applyOperation(
      scene,
      reframe(scene, { x: 20, y: 20, width: 4, height: 4 }),
    ).document;
    const again = applyOperation(
      small,
      reframe(small, { x: -20, y: -20, width: 48, height: 48 }),
    ).document;
    expect(shown(again).samples).toEqual(shown(scene).samples);
  });

  test("is refused where it is larger than documents may be", () => {
    expect(() =>
      reframe(scene, { x: 0, y: 0, width: 300_001, height: 10 }),
    ).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});

describe("another size of the picture", () => {
  test("twice as large shows each pixel as four", () => {
    // Nothing lies between pixels, and each colour is next to itself.
    const flat = documentOf([picture("p")], 16, 16);
    rasters[hash(1)] = checks(16, 4);
    const { document } = applyOperation(
      flat,
      rescale(flat, { width: 32, height: 64 }),
    );
    const [small, large] = [shown(flat), shown(document)];
    // Inside a field no neighbour of another colour is mixed in.
    for (const [x, y] of [
      [2, 2],
      [6, 2],
      [10, 14],
    ] as const) {
      const from = 4 * (y * 16 + x);
      const at = 4 * (4 * y * 32 + 2 * x);
      expect(large.samples.slice(at, at + 4)).toEqual(
        small.samples.slice(from, from + 4),
      );
    }
    expect([large.width, large.height]).toEqual([32, 64]);
    rasters[hash(1)] = noise(16, 16, 4);
  });

  test("half as large is the mean of each four", () => {
    const half = applyOperation(
      scene,
      rescale(scene, { width: 24, height: 24 }),
    ).document;
    const single = documentOf([picture("single")], 16, 16);
    const small = applyOperation(
      single,
      rescale(single, { width: 8, height: 8 }),
    ).document;
    const [large, out] = [shown(single).samples, shown(small).samples];
    for (let y = 0; y < 8; y++)
      for (let x = 0; x < 8; x++) {
        let alpha = 0;
        let red = 0;
        for (const [dx, dy] of [
          [0, 0],
          [1, 0],
          [0, 1],
          [1, 1],
        ] as const) {
          const i = 4 * ((2 * y + dy) * 16 + 2 * x + dx);
          alpha += large[i + 3]! / 4;
          red += (large[i]! * large[i + 3]!) / 4;
        }
        const i = 4 * (y * 8 + x);
        expect(out[i + 3]).toBeCloseTo(alpha, 5);
        expect(out[i]! * out[i + 3]!).toBeCloseTo(red, 5);
      }
    for (const { layer } of walkLayers(half.layers))
      if (layer.kind !== "group") expect(layer.transform.scaleX).toBe(0.5);
  });

  test("stretches turned layers and their masks with it, and comes back exactly", () => {
    const turned = applyOperation(
      scene,
      mapLayers(scene, everything, about(middle, turning(33))),
    ).document;
    const { document, inverse } = applyOperation(
      turned,
      rescale(turned, { width: 96, height: 24 }),
    );
    for (const { layer } of walkLayers(turned.layers)) {
      if (layer.kind === "group") continue;
      const stretched = findLayer(document, layer.id) as typeof layer;
      const maps = [
        [layer.transform, stretched.transform],
        [layer.mask?.transform, stretched.mask?.transform],
      ] as const;
      for (const [before, after] of maps) {
        if (!before || !after) continue;
        for (const corner of corners) {
          const was = mapped(affineOf(before), corner);
          const is = mapped(affineOf(after), corner);
          expect(is.x).toBeCloseTo(2 * was.x, 6);
          expect(is.y).toBeCloseTo(was.y / 2, 6);
        }
      }
    }
    expect(findLayer(document, "right")?.mask?.transform).toBeDefined();
    expect(applyOperation(document, inverse).document).toEqual(turned);
  });
});

describe("refused", () => {
  const failing = (layers: { layerId: string; [part: string]: unknown }[]) =>
    expect(() =>
      applyOperation(scene, { kind: "setGeometry", layers } as never),
    ).toThrow(expect.objectContaining({ code: "invalid" }));

  test("a layer that is not there", () => failing([{ layerId: "gone" }]));
  test("a layer named twice", () =>
    failing([{ layerId: "left" }, { layerId: "left" }]));
  test("a transform for a group", () =>
    failing([{ layerId: "pair", transform: identityTransform }]));
  test("a mask that a layer does not have", () =>
    failing([{ layerId: "left", mask: { x: 1, y: 2 } }]));
});

function checks(side: number, field: number): Raster {
  const samples = new Uint8Array(4 * side * side);
  for (let i = 0; i < side * side; i++) {
    const x = Math.floor((i % side) / field);
    const y = Math.floor(i / side / field);
    samples.set([60 * x, 60 * y, 200, 255], 4 * i);
  }
  return { width: side, height: side, channels: 4, samples };
}
