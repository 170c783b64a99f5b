/** What each exponent multiplies by; raising to a power takes longer than all else. */
const powers = Float64Array.from(
  { length: 0x1f },
  (_, exponent) => 2 ** (exponent - 15),
);

/** IEEE 754 binary16 to a number. */
export function widenHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * powers[exponent]!;
}

/** A number to the nearest IEEE 754 binary16, halfway cases to even. Beyond 65,504 it is infinite. */
export function narrowToHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  // Below the smallest normal number steps are even; above, a 1024th of the power of two.
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 1e-9)));
  const steps = roundToEven(size * 2 ** (10 - exponent));
  // A carry out of the fraction raises the exponent, as the bits add up.
  return sign | (size < 2 ** -14 ? steps : ((exponent + 14) << 10) + steps);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
