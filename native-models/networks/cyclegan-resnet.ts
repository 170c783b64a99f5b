import {
  type NetworkPlan,
  type PictureLayer,
  pictureLayer,
  type Shapes,
} from "./picture-layer.ts";

export interface ResnetShape {
  /** Filters of the first layer. */
  readonly width: number;
  /** Residual blocks. */
  readonly blocks: number;
  /** How the picture grows again: as published, or by nearest x2 and a convolution, which leaves no checkerboard. */
  readonly growing: "transposed" | "doubling";
  /** The number of a block's second convolution; 6 where dropout takes a number of its own. */
  readonly second?: 5 | 6;
}

/**
 * The generator of CycleGAN and pix2pix "resnet_9blocks" and "resnet_6blocks" (Zhu, Park, Isola, Efros 2017, appendix):
 * c7s1-k, d2k, d4k, residual blocks of 4k, u2k, uk, c7s1-3, tanh, with instance normalisation that has no parameters.
 * Pictures are −1..1 inside. Layers are named as PyTorch's nn.Sequential counts them.
 */
export function cycleganLayers({
  width,
  blocks,
  growing,
  second = 5,
}: ResnetShape): PictureLayer[] {
  const after = 10 + blocks;
  // Before a convolution over a doubled picture stand the doubling and the padding.
  const [first, step] = growing === "transposed" ? [0, 3] : [2, 5];
  const edges = growing === "transposed" ? "zero" : "reflected";
  return [
    pictureLayer("model.1", [3, width, 7]),
    pictureLayer("model.4", [width, 2 * width, 3], {
      stride: 2,
      edges: "zero",
    }),
    pictureLayer("model.7", [2 * width, 4 * width, 3], {
      stride: 2,
      edges: "zero",
    }),
    ...Array.from({ length: blocks }, (_, index) => {
      const block = `model.${10 + index}.conv_block`;
      const size = [4 * width, 4 * width, 3] as const;
      return [
        pictureLayer(`${block}.1`, size, { block: "begins" }),
        pictureLayer(`${block}.${second}`, size, { block: "ends" }),
      ];
    }).flat(),
    pictureLayer(`model.${after + first}`, [4 * width, 2 * width, 3], {
      kind: growing,
      edges,
    }),
    pictureLayer(`model.${after + first + step}`, [2 * width, width, 3], {
      kind: growing,
      edges,
    }),
    pictureLayer(`model.${after + 2 * step + 1}`, [width, 3, 7], {
      normalisation: "none",
    }),
  ];
}

/**
 * Knows `latest_net_G.pth` of pytorch-CycleGAN-and-pix2pix, and Fude's own.
 * @returns the network of these tensors, of any width and number of blocks, or null where they are not of this family
 */
export function cycleganResnet(shapes: Shapes): NetworkPlan | null {
  const width = shapes.get("model.1.weight")?.[0];
  if (width === undefined || !shapes.has("model.10.conv_block.1.weight")) {
    return null;
  }
  let blocks = 0;
  while (shapes.has(`model.${10 + blocks}.conv_block.1.weight`)) blocks++;
  const growing = shapes.has(`model.${12 + blocks}.weight`)
    ? "doubling"
    : "transposed";
  const second = shapes.has("model.10.conv_block.6.weight") ? 6 : 5;
  return {
    kind: "cyclegan-resnet",
    title: `CycleGAN generator (${blocks} residual blocks, ${width} filters)`,
    layers: cycleganLayers({ width, blocks, growing, second }),
  };
}
