import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BlendMode } from "../../../common/document/blend-mode.ts";
import { composite } from "../../../common/document/compositor.ts";
import {
  identityTransform,
  type PictureLayer,
  type Transform,
} from "../../../common/document/document.ts";
import type { Raster } from "../../../common/raster.ts";
import { findChromium } from "../../../electron/browser/find-chromium.ts";
import { type CanvasTask, drawOnCanvas } from "./draw-on-canvas.ts";

/** The document's modes that canvas 2D has too. `lighter` is not among them: unlike linearDodge, it adds alpha as well. */
const modes: readonly [BlendMode, GlobalCompositeOperation][] = [
  ["normal", "source-over"],
  ["darken", "darken"],
  ["multiply", "multiply"],
  ["colorBurn", "color-burn"],
  ["lighten", "lighten"],
  ["screen", "screen"],
  ["colorDodge", "color-dodge"],
  ["overlay", "overlay"],
  ["softLight", "soft-light"],
  ["hardLight", "hard-light"],
  ["difference", "difference"],
  ["exclusion", "exclusion"],
  ["hue", "hue"],
  ["saturation", "saturation"],
  ["color", "color"],
  ["luminosity", "luminosity"],
];

const side = 48;
const executablePath = await findChromium();
if (executablePath === null)
  console.log("Skipped: there is no Chromium to compare the compositor with.");

/** RGBA levels by chance, one in eight of them at an end of the range. */
function noise(seed: number, opaque: boolean): number[] {
  let state = seed;
  return Array.from({ length: 4 * side * side }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    if (opaque && i % 4 === 3) return 255;
    if (state & 0x700000) return state >>> 24;
    return state & 0x10000 ? 255 : 0;
  });
}

/** Opaque levels without steps, for comparing what lies between pixels. */
function waves(): number[] {
  return Array.from({ length: 4 * side * side }, (_, i) => {
    const x = (i >> 2) % side;
    const y = Math.floor(i / 4 / side);
    const t = [x / 9, y / 7, (x + y) / 11][i % 4];
    return t === undefined ? 255 : Math.round(127.5 + 127.5 * Math.sin(t));
  });
}

describe.skipIf(executablePath === null)("a canvas of Chromium's", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox"],
    });
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  /** What the canvas and the compositor make of a task, mode by mode, RGBA, straight, 0..1. */
  async function bothLooks(changes: Partial<CanvasTask>) {
    const task: CanvasTask = {
      side,
      colorType: "unorm8",
      below: noise(1, true),
      above: noise(2, true),
      opacity: 1,
      transform: identityTransform,
      operations: modes.map(([, operation]) => operation),
      ...changes,
    };
    const drawn = await page.evaluate(drawOnCanvas, task);
    const rasters: Record<string, Raster> = {};
    for (const name of ["below", "above"] as const)
      rasters[name] = {
        width: side,
        height: side,
        channels: 4,
        samples: Float32Array.from(drawn[name]),
      };
    const layer = (asset: string): PictureLayer => ({
      kind: "picture",
      id: asset,
      name: asset,
      visible: true,
      locked: false,
      mask: null,
      opacity: 1,
      blendMode: "normal",
      transform: identityTransform,
      asset,
    });
    return drawn.results.map((canvas, n) => {
      const [blendMode] = modes[n]!;
      const { opacity, transform } = task;
      const layers = [
        layer("below"),
        { ...layer("above"), blendMode, opacity, transform },
      ];
      const own = composite(
        { version: 3, width: side, height: side, depth: 8, layers },
        (asset) => rasters[asset]!,
      ).samples;
      return { mode: blendMode, canvas, own };
    });
  }

  describe("that keeps half floats agrees within 1/255", () => {
    test.each([
      ["an opaque", true],
      ["a half-clear", false],
    ])("over %s backdrop, in all modes", async (_, opaque) => {
      const looks = await bothLooks({
        colorType: "float16",
        below: noise(1, opaque),
        above: noise(2, false),
        opacity: 0.8,
      });
      for (const { mode, canvas, own } of looks)
        expect(apart(canvas, own), mode).toBeLessThan(1 / 255);
    });

    test.each<[string, Transform]>([
      ["enlarged", { x: 2, y: -40, scaleX: 2.7, scaleY: 3.1, rotation: 0 }],
      ["halved", { x: 10, y: 6, scaleX: 0.5, scaleY: 0.5, rotation: 0 }],
      ["mirrored", { x: 44, y: 3, scaleX: -1, scaleY: 1.5, rotation: 0 }],
      ["turned", { x: 40, y: -40, scaleX: 2.5, scaleY: 2.5, rotation: 33 }],
    ])("inside a picture that is %s", async (_, transform) => {
      const [look] = await bothLooks({
        colorType: "float16",
        below: new Array(4 * side * side).fill(0),
        above: waves(),
        transform,
        operations: ["source-over"],
      });
      const { canvas, own } = look!;
      let inside = 0;
      for (let i = 0; i < own.length; i += 4) {
        // The canvas draws the edges of turned pictures coarsely, in about sixteen steps.
        expect(Math.abs(canvas[i + 3]! - own[i + 3]!)).toBeLessThan(0.1);
        if (canvas[i + 3] !== 1 || own[i + 3] !== 1) continue;
        inside++;
        const pixel = own.subarray(i, i + 4);
        expect(apart(canvas.slice(i, i + 4), pixel)).toBeLessThan(0.2 / 255);
      }
      expect(inside).toBeGreaterThan(400);
    });
  });

  /*
   * An ordinary canvas rounds colour times alpha to 8 bits: the faded source's before blending, each product within a
   * formula, and the result. Where that happens more than once, more than half a level may be lost.
   */
  describe("that keeps 8 bits agrees within its own rounding", () => {
    test("opaque over opaque: a level", async () => {
      for (const { mode, canvas, own } of await bothLooks({})) {
        // cb + cs − 2 · cb · cs: the rounded product counts twice.
        const bound = mode === "exclusion" ? 2 : 1;
        expect(apart(canvas, own), mode).toBeLessThan(bound / 255);
      }
    });

    test("half-clear or faded over opaque: three levels", async () => {
      for (const changes of [
        { above: noise(2, false) },
        { opacity: 0.8 },
        { above: noise(2, false), opacity: 0.8 },
      ])
        for (const { mode, canvas, own } of await bothLooks(changes))
          expect(apart(canvas, own), mode).toBeLessThan(3 / 255);
    });

    test("over a half-clear backdrop: three levels of colour times alpha", async () => {
      const looks = await bothLooks({
        below: noise(1, false),
        above: noise(2, false),
        opacity: 0.8,
      });
      for (const { mode, canvas, own } of looks)
        expect(
          apart(premultiplied(canvas), premultiplied(own)),
          mode,
        ).toBeLessThan(3 / 255);
    });
  });
});

function premultiplied(pixels: ArrayLike<number>): number[] {
  return Array.from(pixels, (value, i) =>
    i % 4 === 3 ? value : value * pixels[i | 3]!,
  );
}

/** Largest difference between samples. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++)
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}
