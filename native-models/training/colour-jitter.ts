import type { Random } from "./random.ts";

export interface JitterStrength {
  /** Probability that the channels change places. */
  readonly permute: number;
  /** Brightness is multiplied by 1 ± this. */
  readonly brightness: number;
  /** Distance from middle grey is multiplied by 1 ± this. */
  readonly contrast: number;
  /** Each channel is shifted by up to ± this. */
  readonly shift: number;
  /** Largest standard deviation of added noise; half of the pictures get some. */
  readonly noise: number;
}

/** Changes the colours of one RGB picture of `pixels` pixels at `offset` in place; the result is kept within 0..1. */
export function jitterColours(
  samples: Float32Array,
  offset: number,
  pixels: number,
  strength: JitterStrength,
  random: Random,
): void {
  const order = random.chance(strength.permute)
    ? random.permutation(3)
    : [0, 1, 2];
  const contrast = random.uniform(1 - strength.contrast, 1 + strength.contrast);
  const gain =
    contrast * random.uniform(1 - strength.brightness, 1 + strength.brightness);
  const middle = 0.5 - 0.5 * contrast;
  const shift = order.map(
    () => middle + random.uniform(-strength.shift, strength.shift),
  );
  const noise = random.chance(0.5) ? random.uniform(0, strength.noise) : 0;
  const rgb = [0, 0, 0];
  for (let i = offset; i < offset + pixels * 3; i += 3) {
    for (let c = 0; c < 3; c++) rgb[c] = samples[i + order[c]!]!;
    for (let c = 0; c < 3; c++) {
      const grain = noise === 0 ? 0 : noise * random.normal();
      const value = rgb[c]! * gain + shift[c]! + grain;
      samples[i + c] = value < 0 ? 0 : Math.min(value, 1);
    }
  }
}
