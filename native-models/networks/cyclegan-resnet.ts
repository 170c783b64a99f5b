import {
  type NetworkPlan,
  type PictureLayer,
  pictureLayer,
  type Shapes,
} from "./picture-layer.ts";

/**
 * The generator of CycleGAN and pix2pix "resnet_9blocks" and "resnet_6blocks" (Zhu, Park, Isola, Efros 2017, appendix;
 * `latest_net_G.pth` of pytorch-CycleGAN-and-pix2pix): c7s1-k, d2k, d4k, residual blocks of 4k, u2k, uk, c7s1-3, tanh, with
 * instance normalisation that has no parameters. Pictures are −1..1 inside.
 * @returns the network of these tensors, of any width and number of blocks, or null where they are not of this family
 */
export function cycleganResnet(shapes: Shapes): NetworkPlan | null {
  const width = shapes.get("model.1.weight")?.[0];
  if (width === undefined || !shapes.has("model.10.conv_block.1.weight")) {
    return null;
  }
  let blocks = 0;
  while (shapes.has(`model.${10 + blocks}.conv_block.1.weight`)) blocks++;
  // Dropout between the two convolutions takes a number of its own.
  const second = shapes.has("model.10.conv_block.6.weight") ? 6 : 5;
  const after = 10 + blocks;
  const layers: PictureLayer[] = [
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
    pictureLayer(`model.${after}`, [4 * width, 2 * width, 3], {
      kind: "transposed",
      edges: "zero",
    }),
    pictureLayer(`model.${after + 3}`, [2 * width, width, 3], {
      kind: "transposed",
      edges: "zero",
    }),
    pictureLayer(`model.${after + 7}`, [width, 3, 7], {
      normalisation: "none",
    }),
  ];
  return {
    kind: "cyclegan-resnet",
    title: `CycleGAN generator (${blocks} residual blocks, ${width} filters)`,
    layers,
  };
}
