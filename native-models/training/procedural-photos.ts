import type { Raster } from "../../common/raster.ts";
import type { Random } from "./random.ts";

type Colour = readonly [number, number, number];

/**
 * Draws a made-up scene: a sky that fades, ridges, and lit solids and striped or chequered planes before them. It has
 * what content losses need (edges at all angles, shading, flat areas, texture) and stands in where no photographs are
 * at hand.
 * @param side width and height in pixels
 */
export function drawProceduralPhoto(
  side: number,
  random: Random,
): Raster<Uint8Array> {
  const scene = new Uint8Array(side * side * 3);
  paint(scene, side, () => true, fade(side, random));
  const ridges = random.below(4);
  for (let i = 0; i < ridges; i++) {
    const height = ridge(side, random, i / ridges);
    paint(scene, side, (x, y) => y > height(x), fade(side, random));
  }
  const things = 1 + random.below(7);
  for (let i = 0; i < things; i++) {
    const inside = random.pick([ellipse, plank])(side, random);
    const fill = random.pick([fade, fade, stripes, chequers])(side, random);
    paint(scene, side, inside, fill);
  }
  return { width: side, height: side, channels: 3, samples: scene };
}

type Shape = (x: number, y: number) => boolean;
type Fill = (x: number, y: number) => Colour;

function paint(
  scene: Uint8Array,
  side: number,
  inside: Shape,
  fill: Fill,
): void {
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (inside(x, y)) scene.set(fill(x, y), (y * side + x) * 3);
    }
  }
}

function colour(random: Random): Colour {
  const light = random.uniform(20, 235);
  const chroma = random.chance(0.2) ? 0 : 90;
  const channel = () =>
    Math.min(255, Math.max(0, light + random.uniform(-chroma, chroma)));
  return [channel(), channel(), channel()];
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const channel = (c: 0 | 1 | 2) => from[c] + (to[c] - from[c]) * share;
  return [channel(0), channel(1), channel(2)];
}

/** A gradient in a random direction, which also serves as the shading of a solid. */
function fade(side: number, random: Random): Fill {
  const from = colour(random);
  const to = random.chance(0.3) ? from : colour(random);
  const angle = random.uniform(0, 2 * Math.PI);
  const dx = Math.cos(angle) / side;
  const dy = Math.sin(angle) / side;
  return (x, y) => {
    const share = 0.5 + 0.7 * ((x - side / 2) * dx + (y - side / 2) * dy);
    return mix(from, to, Math.min(1, Math.max(0, share)));
  };
}

function stripes(side: number, random: Random): Fill {
  const from = colour(random);
  const to = colour(random);
  const angle = random.uniform(0, Math.PI);
  const turn = (2 * Math.PI) / random.uniform(4, side / 3);
  const dx = Math.cos(angle) * turn;
  const dy = Math.sin(angle) * turn;
  return (x, y) => (Math.sin(x * dx + y * dy) > 0 ? from : to);
}

function chequers(side: number, random: Random): Fill {
  const from = colour(random);
  const to = colour(random);
  const size = random.uniform(3, side / 6);
  return (x, y) =>
    (Math.floor(x / size) + Math.floor(y / size)) % 2 === 0 ? from : to;
}

/** @returns the ridge's height, in rows from the top, over each column */
function ridge(
  side: number,
  random: Random,
  depth: number,
): (x: number) => number {
  const level = side * (0.35 + 0.5 * depth + random.uniform(-0.1, 0.1));
  const waves = [1, 2, 4, 8].map((octave) => ({
    rate: (octave * random.uniform(0.5, 1.5) * Math.PI) / side,
    phase: random.uniform(0, 2 * Math.PI),
    height: (side * random.uniform(0, 0.12)) / octave,
  }));
  return (x) =>
    waves.reduce(
      (sum, { rate, phase, height }) =>
        sum + height * Math.sin(x * rate + phase),
      level,
    );
}

function ellipse(side: number, random: Random): Shape {
  const cx = random.uniform(0, side);
  const cy = random.uniform(0, side);
  const rx = random.uniform(side / 24, side / 3);
  const ry = random.uniform(side / 24, side / 3);
  return (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
}

/** A rectangle at any angle, often long and thin. */
function plank(side: number, random: Random): Shape {
  const cx = random.uniform(0, side);
  const cy = random.uniform(0, side);
  const length = random.uniform(side / 16, side / 2);
  const width = length * random.uniform(0.05, 1);
  const angle = random.uniform(0, Math.PI);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return (x, y) => {
    const u = (x - cx) * cos + (y - cy) * sin;
    const v = (y - cy) * cos - (x - cx) * sin;
    return Math.abs(u) < length / 2 && Math.abs(v) < width / 2;
  };
}
