import { expect, test } from "vitest";
import { jitterColours } from "../../../../native-models/training/colour-jitter.ts";
import { cropSamples } from "../../../../native-models/training/crops.ts";
import {
  pictureFrom,
  randomCrop,
} from "../../../../native-models/training/picture.ts";
import { drawProceduralPhoto } from "../../../../native-models/training/procedural-photos.ts";
import { Random } from "../../../../native-models/training/random.ts";
import { Watchdog } from "../../../../native-models/training/watchdog.ts";

/** Red grows to the right, green downwards, both from 0 to 255; blue is 100. */
function ramp(width: number, height: number) {
  const samples = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const red = (255 * x) / (width - 1);
      const green = (255 * y) / (height - 1);
      samples.set([red, green, 100], (y * width + x) * 3);
    }
  }
  return { width, height, channels: 3, samples } as const;
}

test("a crop of the whole is the picture, or its mirror image", () => {
  const picture = pictureFrom(ramp(64, 64));
  const mirrored = new Set<boolean>();
  for (let seed = 0; seed < 12; seed++) {
    const out = new Float32Array(16 * 16 * 3);
    const whole = { smallest: 1, largest: 1 };
    randomCrop(picture, 16, whole, Random.seeded(seed), out, 0);
    const left = out[0]!;
    const right = out[15 * 3]!;
    mirrored.add(left > right);
    expect(Math.max(left, right)).toBeCloseTo(1 - 1 / 32, 1);
    expect(Math.min(left, right)).toBeCloseTo(1 / 32, 1);
    expect(out[15 * 16 * 3 + 1]! - out[1]!).toBeCloseTo(15 / 16, 1);
    expect(out[2]).toBeCloseTo(100 / 255, 2);
  }
  expect(mirrored).toEqual(new Set([true, false]));
});

test("shrinking averages: fine noise becomes even grey", () => {
  const side = 256;
  const samples = new Uint8Array(side * side * 3);
  for (let i = 0; i < side * side; i++) {
    const dark = ((i % side) + Math.floor(i / side)) % 2 === 0;
    samples.fill(dark ? 0 : 254, 3 * i, 3 * i + 3);
  }
  const picture = pictureFrom({
    width: side,
    height: side,
    channels: 3,
    samples,
  });
  const out = new Float32Array(32 * 32 * 3);
  const whole = { smallest: 1, largest: 1 };
  randomCrop(picture, 32, whole, Random.seeded(1), out, 0);
  for (const value of out) expect(value).toBeCloseTo(0.5, 2);
});

test("small and odd pictures can be cropped too", () => {
  const picture = pictureFrom(ramp(17, 5));
  const out = new Float32Array(32 * 32 * 3).fill(-1);
  const range = { smallest: 0.1, largest: 1 };
  randomCrop(picture, 32, range, Random.seeded(5), out, 0);
  expect(Math.min(...out)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...out)).toBeLessThanOrEqual(1);
});

test("a picture with other channels is refused", () => {
  const samples = new Uint8Array(16);
  expect(() =>
    pictureFrom({ width: 4, height: 4, channels: 1, samples }),
  ).toThrow("RGB");
});

test("a crop is of something, as long as there is something", () => {
  const paper = (ink: number) => {
    const samples = new Uint8Array(64 * 64 * 3).fill(255);
    samples.fill(ink, 0, 64 * 32 * 3);
    return pictureFrom({ width: 64, height: 64, channels: 3, samples });
  };
  const contrast = (seed: number, ink: number) => {
    const range = { smallest: 0.4, largest: 0.4 };
    const random = Random.seeded(seed);
    const crop = cropSamples([paper(ink)], 1, 16, range, random);
    return Math.max(...crop) - Math.min(...crop);
  };
  for (let seed = 0; seed < 20; seed++) {
    expect(contrast(seed, 0)).toBeGreaterThan(0.01);
    expect(contrast(seed, 255)).toBe(0);
  }
});

test("jitter changes only the picture that it is told to, within 0..1", () => {
  const samples = new Float32Array(3 * 12).fill(0.5);
  const strength = {
    permute: 1,
    brightness: 0.9,
    contrast: 0.9,
    shift: 0.5,
    noise: 0.2,
  };
  jitterColours(samples, 12, 4, strength, Random.seeded(3));
  expect([...samples.slice(0, 12), ...samples.slice(24)]).toEqual(
    new Array(24).fill(0.5),
  );
  const changed = [...samples.slice(12, 24)];
  expect(changed.some((value) => Math.abs(value - 0.5) > 0.01)).toBe(true);
  for (const value of changed) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1);
  }
});

test("no jitter leaves the colours as they were", () => {
  const samples = Float32Array.of(0.1, 0.5, 0.9);
  const none = { permute: 0, brightness: 0, contrast: 0, shift: 0, noise: 0 };
  jitterColours(samples, 0, 1, none, Random.seeded(3));
  expect([...samples]).toEqual([...Float32Array.of(0.1, 0.5, 0.9)]);
});

test("made-up scenes are repeatable, differ by seed and have contrast", () => {
  const draw = (seed: number) => drawProceduralPhoto(64, Random.seeded(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1).samples).not.toEqual(draw(2).samples);
  const spread = [1, 2, 3, 4, 5, 6].map((seed) => {
    const { samples } = draw(seed);
    return Math.max(...samples) - Math.min(...samples);
  });
  expect(Math.max(...spread)).toBeGreaterThan(100);
});

test("the watchdog lets a gradient run over now and then, not again and again", () => {
  const watchdog = new Watchdog();
  for (let round = 0; round < 3; round++) {
    for (let step = 0; step < 4; step++) {
      expect(watchdog.observeGradient(Number.POSITIVE_INFINITY)).toBeNull();
    }
    expect(watchdog.observeGradient(1)).toBeNull();
  }
  for (let step = 0; step < 4; step++) watchdog.observeGradient(Number.NaN);
  expect(watchdog.observeGradient(Number.NaN)).toContain("no finite slope");
});

test("the watchdog barks at no number and at explosions, not at noise", () => {
  const watchdog = new Watchdog();
  for (let i = 0; i < 60; i++) {
    expect(watchdog.observe(2 + Math.sin(i))).toBeNull();
  }
  expect(watchdog.observe(15)).toBeNull();
  const said = Array.from({ length: 20 }, () => watchdog.observe(100));
  expect(said.find((word) => word !== null)).toMatch(/10 times/);
  expect(new Watchdog().observe(Number.NaN)).toMatch(/no number/);
  expect(new Watchdog().observe(Number.POSITIVE_INFINITY)).toMatch(/no number/);
});
