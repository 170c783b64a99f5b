import type { BlendMode } from "../../../common/document/blend-mode.ts";
import type {
  AssetHash,
  Document,
  Layer,
  Mask,
  StyledLayer,
  Transform,
} from "../../../common/document/document.ts";

/** How a step meets what lies below it. */
export interface Meeting {
  readonly mode: BlendMode;
  readonly opacity: number;
  readonly mask: Mask | null;
}

/** One thing to paint, bottom first. */
export type Step =
  | {
      readonly kind: "picture";
      readonly asset: AssetHash;
      readonly transform: Transform;
      readonly meeting: Meeting;
    }
  | {
      readonly kind: "styled";
      readonly source: AssetHash;
      readonly result: AssetHash;
      readonly strength: number;
      readonly colourKeeping: number;
      readonly transform: Transform;
      readonly meeting: Meeting;
    }
  /** Painted by itself, then laid over what is below. */
  | {
      readonly kind: "group";
      readonly steps: readonly Step[];
      readonly meeting: Meeting;
    }
  /** Painted onto what is below; opacity and mask then fade between before and after. */
  | {
      readonly kind: "passThrough";
      readonly steps: readonly Step[];
      readonly meeting: Meeting;
    };

/** What has to be painted to show a document. Hidden layers and steps that change nothing are left out. */
export function compositingPlan(layers: readonly Layer[]): Step[] {
  return layers.flatMap(stepsOf);
}

function stepsOf(layer: Layer): Step[] {
  if (!layer.visible || layer.opacity === 0) return [];
  const mask = layer.mask?.enabled ? layer.mask : null;
  if (mask && mask.asset === null && mask.outside === 0) return [];
  const effective =
    mask && mask.asset === null && mask.outside === 1 ? null : mask;
  if (layer.kind === "group" && layer.blendMode === "passThrough") {
    const steps = compositingPlan(layer.layers);
    const meeting: Meeting = {
      mode: "normal",
      opacity: layer.opacity,
      mask: effective,
    };
    const plain = layer.opacity === 1 && effective === null;
    return plain || steps.length === 0
      ? steps
      : [{ kind: "passThrough", steps, meeting }];
  }
  const mode = layer.blendMode === "passThrough" ? "normal" : layer.blendMode;
  const meeting: Meeting = { mode, opacity: layer.opacity, mask: effective };
  switch (layer.kind) {
    case "picture":
      return [
        {
          kind: "picture",
          asset: layer.asset,
          transform: layer.transform,
          meeting,
        },
      ];
    case "styled":
      return [styledStep(layer, meeting)];
    case "group": {
      const steps = compositingPlan(layer.layers);
      return steps.length === 0 ? [] : [{ kind: "group", steps, meeting }];
    }
  }
}

/** Until there is a result, and at strength 0, a styled layer shows its source. */
function styledStep(layer: StyledLayer, meeting: Meeting): Step {
  const { source, transform, strength, colourKeeping, result } = layer;
  if (result === null || strength === 0)
    return { kind: "picture", asset: source, transform, meeting };
  return {
    kind: "styled",
    source,
    result: result.asset,
    strength,
    colourKeeping,
    transform,
    meeting,
  };
}

/** Every picture and every mask that a plan paints with. */
export function assetsOfPlan(steps: readonly Step[]): {
  pictures: Set<AssetHash>;
  masks: Set<AssetHash>;
} {
  const pictures = new Set<AssetHash>();
  const masks = new Set<AssetHash>();
  const gather = (step: Step) => {
    if (step.meeting.mask?.asset) masks.add(step.meeting.mask.asset);
    if (step.kind === "picture") pictures.add(step.asset);
    else if (step.kind === "styled") pictures.add(step.source).add(step.result);
    else step.steps.forEach(gather);
  };
  steps.forEach(gather);
  return { pictures, masks };
}

/**
 * The document as it was before any style: without its styled layers, or, where nothing else is there to see, with
 * their sources in place of their results.
 */
export function originalOf(document: Document): Document {
  const without = withoutStyled(document.layers);
  if (compositingPlan(without).length > 0)
    return { ...document, layers: without };
  return { ...document, layers: atSource(document.layers) };
}

function withoutStyled(layers: readonly Layer[]): Layer[] {
  return layers.flatMap((layer): Layer[] => {
    if (layer.kind === "styled") return [];
    return [
      layer.kind === "group"
        ? { ...layer, layers: withoutStyled(layer.layers) }
        : layer,
    ];
  });
}

function atSource(layers: readonly Layer[]): Layer[] {
  return layers.map((layer): Layer => {
    if (layer.kind === "styled") return { ...layer, strength: 0 };
    return layer.kind === "group"
      ? { ...layer, layers: atSource(layer.layers) }
      : layer;
  });
}

/**
 * The operation of canvas 2D that is the same maths as a blend mode (W3C Compositing and Blending 1), or null where
 * it has none and `blend.ts` has to do it. "lighter" is no linear dodge: it adds alpha too.
 */
export function canvasOperation(
  mode: BlendMode,
): GlobalCompositeOperation | null {
  return operations[mode] ?? null;
}

const operations: Partial<Record<BlendMode, GlobalCompositeOperation>> = {
  normal: "source-over",
  darken: "darken",
  multiply: "multiply",
  colorBurn: "color-burn",
  lighten: "lighten",
  screen: "screen",
  colorDodge: "color-dodge",
  overlay: "overlay",
  softLight: "soft-light",
  hardLight: "hard-light",
  difference: "difference",
  exclusion: "exclusion",
  hue: "hue",
  saturation: "saturation",
  color: "color",
  luminosity: "luminosity",
};
