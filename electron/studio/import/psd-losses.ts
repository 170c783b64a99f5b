/** What happens to a part of a PSD file that a document has no word for: of one layer, and of several (#). */
const sentences = {
  damaged: [
    "1 layer is damaged and was left out",
    "# layers are damaged and were left out",
  ],
  adjustment: [
    "1 adjustment layer was left out",
    "# adjustment layers were left out",
  ],
  emptyFill: [
    "1 fill layer without pixels was left out",
    "# fill layers without pixels were left out",
  ],
  effects: [
    "The effects of 1 layer were left out",
    "The effects of # layers were left out",
  ],
  fillOpacity: [
    "Fill became opacity in 1 layer",
    "Fill became opacity in # layers",
  ],
  blendIf: [
    "“Blend If” was left out of 1 layer",
    "“Blend If” was left out of # layers",
  ],
  vectorMask: [
    "The vector mask of 1 layer was left out",
    "The vector masks of # layers were left out",
  ],
  feather: [
    "The feather of 1 mask was left out",
    "The feather of # masks was left out",
  ],
  unclipped: [
    "1 layer is no longer clipped to what lies below it",
    "# layers are no longer clipped to what lies below them",
  ],
  clipping: [
    "1 clipping mask became a group in the shape of its lowest layer",
    "# clipping masks became groups in the shape of their lowest layers",
  ],
  artboard: ["1 artboard became a group", "# artboards became groups"],
  text: ["1 text layer became pixels", "# text layers became pixels"],
  smartObject: [
    "1 smart object became pixels",
    "# smart objects became pixels",
  ],
  shape: ["1 shape became pixels", "# shapes became pixels"],
  fill: ["1 fill layer became pixels", "# fill layers became pixels"],
  vectorMaskPixels: [
    "1 vector mask became pixels",
    "# vector masks became pixels",
  ],
} as const;

export type PsdLoss = keyof typeof sentences;

/** Names that a sentence lists before it counts. */
const mostNames = 3;

/** What was lost of which layers, for the artist to read. */
export class PsdLosses {
  readonly #names = new Map<PsdLoss, string[]>();

  add(loss: PsdLoss, layer: string): void {
    const names = this.#names.get(loss) ?? [];
    this.#names.set(loss, names);
    names.push(layer);
  }

  /** A sentence a kind, the worst first: "2 adjustment layers were left out: “Curves 1” and “Hue”." */
  sentences(): string[] {
    return Object.entries(sentences).flatMap(([loss, [one, many]]) => {
      const names = this.#names.get(loss as PsdLoss);
      if (!names) return [];
      const what =
        names.length === 1 ? one : many.replace("#", String(names.length));
      return [`${what}: ${listed(names)}.`];
    });
  }
}

function listed(names: readonly string[]): string {
  const quoted = names.slice(0, mostNames).map((name) => `“${name}”`);
  const rest = names.length - quoted.length;
  if (rest > 0) quoted.push(`${rest} more`);
  const last = quoted.pop()!;
  return quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
}
