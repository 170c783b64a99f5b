import type {
  Document,
  GroupLayer,
  Layer,
  PictureLayer,
  StyledLayer,
} from "../../../common/document/document.ts";
import { identityTransform } from "../../../common/document/document.ts";

/** A hash that is as good as any: the digit 64 times. */
export const hash = (digit: string) => digit.repeat(64);

const common = {
  visible: true,
  locked: false,
  opacity: 1,
  mask: null,
};

export function picture(
  id: string,
  change: Partial<PictureLayer> = {},
): PictureLayer {
  return {
    ...common,
    id,
    name: id,
    kind: "picture",
    blendMode: "normal",
    transform: identityTransform,
    asset: hash("a"),
    ...change,
  };
}

export function styled(
  id: string,
  change: Partial<StyledLayer> = {},
): StyledLayer {
  const style = { model: "woodblock", brushSize: 1 };
  return {
    ...common,
    id,
    name: id,
    kind: "styled",
    blendMode: "normal",
    transform: identityTransform,
    source: hash("a"),
    style,
    strength: 0.5,
    colourKeeping: 0.25,
    result: { asset: hash("b"), style },
    ...change,
  };
}

export function group(
  id: string,
  layers: Layer[],
  change: Partial<GroupLayer> = {},
): GroupLayer {
  return {
    ...common,
    id,
    name: id,
    kind: "group",
    blendMode: "passThrough",
    layers,
    ...change,
  };
}

export function documentOf(...layers: Layer[]): Document {
  return { version: 3, width: 400, height: 300, depth: 8, layers };
}
