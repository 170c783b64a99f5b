import {
  type BlendMode,
  blendModes,
} from "../../../common/document/blend-mode.ts";

/** Photoshop's names. */
const names: Record<BlendMode | "passThrough", string> = {
  passThrough: "Pass Through",
  normal: "Normal",
  dissolve: "Dissolve",
  darken: "Darken",
  multiply: "Multiply",
  colorBurn: "Color Burn",
  linearBurn: "Linear Burn",
  darkerColor: "Darker Color",
  lighten: "Lighten",
  screen: "Screen",
  colorDodge: "Color Dodge",
  linearDodge: "Linear Dodge (Add)",
  lighterColor: "Lighter Color",
  overlay: "Overlay",
  softLight: "Soft Light",
  hardLight: "Hard Light",
  vividLight: "Vivid Light",
  linearLight: "Linear Light",
  pinLight: "Pin Light",
  hardMix: "Hard Mix",
  difference: "Difference",
  exclusion: "Exclusion",
  subtract: "Subtract",
  divide: "Divide",
  hue: "Hue",
  saturation: "Saturation",
  color: "Color",
  luminosity: "Luminosity",
};

/** Modes above which Photoshop's menu has a line. */
const sectionStarts: ReadonlySet<BlendMode> = new Set([
  "darken",
  "lighten",
  "overlay",
  "difference",
  "hue",
]);

export function blendModeName(mode: BlendMode | "passThrough"): string {
  return names[mode];
}

/** The modes in sections, as Photoshop's menu groups them. */
export const blendModeSections: readonly (readonly BlendMode[])[] =
  blendModes.reduce<BlendMode[][]>((sections, mode) => {
    const current = sections.at(-1);
    if (!current || sectionStarts.has(mode)) sections.push([mode]);
    else current.push(mode);
    return sections;
  }, []);
