import { z } from "zod";

/**
 * Blend modes of layers, named as Photoshop's menu names them, in its order.
 * `passThrough` is for groups only: the group's layers blend with what lies below the group.
 */
export const blendModes = [
  "normal",
  "dissolve",
  "darken",
  "multiply",
  "colorBurn",
  "linearBurn",
  "darkerColor",
  "lighten",
  "screen",
  "colorDodge",
  "linearDodge",
  "lighterColor",
  "overlay",
  "softLight",
  "hardLight",
  "vividLight",
  "linearLight",
  "pinLight",
  "hardMix",
  "difference",
  "exclusion",
  "subtract",
  "divide",
  "hue",
  "saturation",
  "color",
  "luminosity",
] as const;

export const blendModeSchema = z.enum(blendModes);
export type BlendMode = z.infer<typeof blendModeSchema>;
