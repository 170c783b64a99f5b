import sharp from "sharp";
import { withPngProfile } from "./png-profile.ts";

/** Steps a channel in the colours that a profile is tried on. */
const steps = [0, 16, 64, 128, 200, 255];

/** Whether an ICC profile is for RGB, by the colour space in its header (ICC.1:2022, 7.2.6). */
export function isRgbProfile(profile: Uint8Array): boolean {
  return Buffer.from(profile.subarray(16, 20)).toString("latin1") === "RGB ";
}

/**
 * Whether a profile means sRGB, whatever it calls itself: names lie ("sRGB-elle-V4-g10" is linear), so it is tried on
 * colours of the whole cube. One that is no profile at all means sRGB too.
 */
export async function meansSrgb(profile: Uint8Array): Promise<boolean> {
  if (!isRgbProfile(profile)) return false;
  const colours = Uint8Array.from(
    steps.flatMap((r) => steps.flatMap((g) => steps.flatMap((b) => [r, g, b]))),
  );
  const width = colours.length / 3;
  const png = await sharp(colours, { raw: { width, height: 1, channels: 3 } })
    .png()
    .toBuffer();
  const seen = await sharp(withPngProfile(png, profile)).raw().toBuffer();
  return seen.every((sample, at) => Math.abs(sample - colours[at]!) <= 1);
}
