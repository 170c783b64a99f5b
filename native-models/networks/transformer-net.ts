import {
  type NetworkPlan,
  type PictureLayer,
  pictureLayer,
  type Shapes,
} from "./picture-layer.ts";

/**
 * `TransformerNet` of pytorch/examples, fast_neural_style (Johnson, Alahi, Fei-Fei 2016 with instance normalisation,
 * Ulyanov et al. 2016): c9s1-32, c3s2-64, c3s2-128, five residual blocks, nearest x2 and c3-64, nearest x2 and c3-32,
 * c9s1-3. Edges are reflected; pictures are 0..255 inside, and what comes out beyond is cut.
 * @returns the network of these tensors, of any width, or null where they are not of this family
 */
export function transformerNet(shapes: Shapes): NetworkPlan | null {
  const width = shapes.get("conv1.conv2d.weight")?.[0];
  if (width === undefined || !shapes.has("deconv1.conv2d.weight")) return null;
  let blocks = 0;
  while (shapes.has(`res${blocks + 1}.conv1.conv2d.weight`)) blocks++;
  const normalised = (
    name: string,
    norm: string,
    size: readonly [number, number, number],
    rest: Partial<PictureLayer> = {},
  ) =>
    pictureLayer(`${name}.conv2d`, size, {
      normalisation: { name: norm },
      ...rest,
    });
  const inner = [4 * width, 4 * width, 3] as const;
  const layers: PictureLayer[] = [
    normalised("conv1", "in1", [3, width, 9]),
    normalised("conv2", "in2", [width, 2 * width, 3], { stride: 2 }),
    normalised("conv3", "in3", [2 * width, 4 * width, 3], { stride: 2 }),
    ...Array.from({ length: blocks }, (_, index) => {
      const block = `res${index + 1}`;
      return [
        normalised(`${block}.conv1`, `${block}.in1`, inner, {
          block: "begins",
        }),
        normalised(`${block}.conv2`, `${block}.in2`, inner, { block: "ends" }),
      ];
    }).flat(),
    normalised("deconv1", "in4", [4 * width, 2 * width, 3], {
      kind: "doubling",
    }),
    normalised("deconv2", "in5", [2 * width, width, 3], { kind: "doubling" }),
    pictureLayer("deconv3.conv2d", [width, 3, 9], { normalisation: "none" }),
  ];
  return {
    kind: "transformer-net",
    title: `fast_neural_style TransformerNet (${blocks} residual blocks, ${width} filters)`,
    layers,
  };
}
