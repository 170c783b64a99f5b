import {
  type NetworkPlan,
  type PictureLayer,
  pictureLayer,
  type Shapes,
} from "./picture-layer.ts";

export interface CartoonganShape {
  /** Filters of the first layer. */
  readonly width: number;
  /** Residual blocks. */
  readonly blocks: number;
}

/**
 * CartoonGAN's generator (Chen, Lai and Liu 2018, figure 2): k7n64s1; twice a convolution that halves the picture and one
 * that does not, to 128 and 256; eight residual blocks; twice a convolution of stride 1/2 and one of stride 1, to 128 and
 * 64; k7n3s1, tanh. Normalisation and ReLU follow the second of two. Pictures are −1..1 inside.
 */
export function cartoonganLayers({
  width,
  blocks,
}: CartoonganShape): PictureLayer[] {
  const normalised = (name: string) => ({ normalisation: { name } });
  const inner = [4 * width, 4 * width, 3] as const;
  const down = (name: string, from: number, to: number) => [
    pictureLayer(`${name}.conv1`, [from, to, 3], {
      stride: 2,
      edges: "zero",
      normalisation: "none",
    }),
    pictureLayer(`${name}.conv2`, [to, to, 3], {
      edges: "zero",
      ...normalised(`${name}.norm`),
    }),
  ];
  const up = (name: string, from: number, to: number) => [
    pictureLayer(`${name}.conv1`, [from, to, 3], {
      kind: "transposed",
      edges: "zero",
      normalisation: "none",
    }),
    pictureLayer(`${name}.conv2`, [to, to, 3], {
      edges: "zero",
      ...normalised(`${name}.norm`),
    }),
  ];
  return [
    pictureLayer("first.conv", [3, width, 7], normalised("first.norm")),
    ...down("down1", width, 2 * width),
    ...down("down2", 2 * width, 4 * width),
    ...Array.from({ length: blocks }, (_, index) => {
      const block = `block${index + 1}`;
      return [
        pictureLayer(`${block}.conv1`, inner, {
          block: "begins",
          ...normalised(`${block}.norm1`),
        }),
        pictureLayer(`${block}.conv2`, inner, {
          block: "ends",
          ...normalised(`${block}.norm2`),
        }),
      ];
    }).flat(),
    ...up("up1", 4 * width, 2 * width),
    ...up("up2", 2 * width, width),
    pictureLayer("last.conv", [width, 3, 7], { normalisation: "none" }),
  ];
}

/** @returns the network of these tensors, of any width and number of blocks, or null where they are not of this family */
export function cartoonganGenerator(shapes: Shapes): NetworkPlan | null {
  const width = shapes.get("first.conv.weight")?.[0];
  if (width === undefined || !shapes.has("down1.conv2.weight")) return null;
  let blocks = 0;
  while (shapes.has(`block${blocks + 1}.conv1.weight`)) blocks++;
  return {
    kind: "cartoongan",
    title: `CartoonGAN generator (${blocks} residual blocks, ${width} filters)`,
    layers: cartoonganLayers({ width, blocks }),
  };
}
