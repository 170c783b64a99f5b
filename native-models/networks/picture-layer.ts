/** Shapes of named tensors, in PyTorch's order: what tells one network from another. */
export type Shapes = ReadonlyMap<string, readonly number[]>;

/**
 * A layer of a published generator: convolution, instance normalisation (but for the last layer) and ReLU (but at the
 * end of a residual block and of the network).
 */
export interface PictureLayer {
  /** The name of its `.weight` and `.bias` in files. */
  readonly name: string;
  /**
   * `doubling`: nearest x2 and a 3x3 convolution over reflected edges. `transposed`: PyTorch's
   * ConvTranspose2d(k3, s2, p1, output_padding 1). Both double the picture.
   */
  readonly kind: "convolution" | "doubling" | "transposed";
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: 1 | 2;
  readonly edges: "reflected" | "zero";
  /** Instance normalisation: none, without scale and shift, or the name of their `.weight` and `.bias`. */
  readonly normalisation: "none" | "plain" | { readonly name: string };
  /** Where a residual block begins, and where its input is added to the layer's output. */
  readonly block: "begins" | "ends" | null;
}

export const networkKinds = [
  "cyclegan-resnet",
  "cartoongan",
  "transformer-net",
] as const;
export type NetworkKind = (typeof networkKinds)[number];

/** A network that is known by its tensors. */
export interface NetworkPlan {
  readonly kind: NetworkKind;
  /** For people: "CycleGAN generator (9 residual blocks, 64 filters)". */
  readonly title: string;
  readonly layers: readonly PictureLayer[];
}

/** A layer with what most layers have. */
export function pictureLayer(
  name: string,
  [inputs, outputs, size]: readonly [number, number, number],
  rest: Partial<PictureLayer> = {},
): PictureLayer {
  return {
    name,
    kind: "convolution",
    size,
    inputs,
    outputs,
    stride: 1,
    edges: "reflected",
    normalisation: "plain",
    block: null,
    ...rest,
  };
}

/** The tensors that a layer has in a file. */
export function tensorsOf(layer: PictureLayer): [string, number[]][] {
  const { name, kind, size, inputs, outputs, normalisation } = layer;
  const channels =
    kind === "transposed" ? [inputs, outputs] : [outputs, inputs];
  const tensors: [string, number[]][] = [
    [`${name}.weight`, [...channels, size, size]],
    [`${name}.bias`, [outputs]],
  ];
  if (typeof normalisation === "object") {
    tensors.push([`${normalisation.name}.weight`, [outputs]]);
    tensors.push([`${normalisation.name}.bias`, [outputs]]);
  }
  return tensors;
}
