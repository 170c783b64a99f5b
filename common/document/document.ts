import { z } from "zod";
import { blendModeSchema } from "./blend-mode.ts";

/** Version of the document's shape; see `migrations.ts` for the way from each older one. */
export const documentVersion = 3;

/** Largest side of a document in pixels: PSB's limit. */
export const maximumSide = 300_000;

/**
 * How deep groups may nest: a layer in the document itself is at depth 1. Photoshop stops at 10; the limit keeps every
 * recursion over the tree, here and in readers of our PSDs, far from the end of its stack.
 */
export const maximumDepth = 32;

/** Most layers side by side. */
export const maximumSiblings = 10_000;

/** A picture in the asset store, by the SHA-256 of its file. */
export const assetHashSchema = z.string().regex(/^[0-9a-f]{64}$/);
export type AssetHash = z.infer<typeof assetHashSchema>;

const unit = z.number().min(0).max(1);
const finite = z.number().min(-1e9).max(1e9);

/**
 * Where a layer's pixels lie: scale about the top left corner, shear, rotate clockwise (degrees), then move (pixels).
 * Any affine map can be said so, which is what lets a group be turned and stretched with all that is in it.
 */
export const transformSchema = z.strictObject({
  x: finite,
  y: finite,
  scaleX: finite,
  scaleY: finite,
  rotation: finite,
  /** How many pixels to the right each pixel further down lies, once scaled; 0 where nothing is said. */
  shear: finite.optional(),
});
export type Transform = z.infer<typeof transformSchema>;
export const identityTransform: Transform = {
  x: 0,
  y: 0,
  scaleX: 1,
  scaleY: 1,
  rotation: 0,
};

/** Where a mask's pixels lie. */
export const maskPlaceSchema = z.strictObject({
  x: z.int(),
  y: z.int(),
  /** What has been done to it together with its layer since it was drawn at (x, y): a map of the document's plane. */
  transform: transformSchema.optional(),
});
export type MaskPlace = z.infer<typeof maskPlaceSchema>;

/**
 * A layer mask: a grey picture in document pixels at (x, y), white shows and black hides. Outside the picture it is
 * `outside` everywhere. Without an asset the whole mask is `outside`, so 1 is "all white".
 */
export const maskSchema = maskPlaceSchema.extend({
  asset: assetHashSchema.nullable(),
  outside: unit,
  enabled: z.boolean(),
});
export type Mask = z.infer<typeof maskSchema>;

const model = z.string().min(1).max(64);

/** Most styles that are mixed into another. */
const mostMixedIn = 3;

/** What the engine needs to make a styled layer's result; a change here asks for a new one. */
export const styleParametersSchema = z
  .strictObject({
    /** The model in the library whose weights are used. */
    model,
    /** Scale at which the style is applied: above 1 the strokes are larger. */
    brushSize: z.number().min(0.25).max(4),
    /**
     * How far into the network's features the style reaches, 0 to 1, which it is where nothing is said: what lies between
     * is drawn with a lighter hand, where strength lays the result over the picture.
     */
    depth: z.number().min(0).max(1).optional(),
    /**
     * Takes the picture's statistics, by which the style is measured out, from inside the layer's mask alone; without a
     * mask that is in force it changes nothing.
     */
    confined: z.boolean().optional(),
    /** Styles mixed into the model's, each with its share of the whole; what is left is the model's own. */
    mix: z
      .array(z.strictObject({ model, share: z.number().gt(0).lt(1) }))
      .min(1)
      .max(mostMixedIn)
      .optional(),
  })
  .refine(
    ({ mix = [] }) => mix.reduce((sum, { share }) => sum + share, 0) < 1,
    "the styles that are mixed in leave nothing of the first",
  );
export type StyleParameters = z.infer<typeof styleParametersSchema>;

/** The mask that confined a style, and where the picture lay under it. */
export const confinementSchema = z.strictObject({
  mask: maskSchema,
  transform: transformSchema,
});
export type Confinement = z.infer<typeof confinementSchema>;

const common = {
  id: z.string().min(1).max(64),
  name: z.string().max(255),
  visible: z.boolean(),
  locked: z.boolean(),
  opacity: unit,
  mask: maskSchema.nullable(),
};

export const pictureLayerSchema = z.strictObject({
  ...common,
  kind: z.literal("picture"),
  blendMode: blendModeSchema,
  transform: transformSchema,
  asset: assetHashSchema,
});
export type PictureLayer = z.infer<typeof pictureLayerSchema>;

/** Pixels that the engine made, of the source's size, and all that they were made with beside the source. */
export const styledResultSchema = z.strictObject({
  asset: assetHashSchema,
  style: styleParametersSchema,
  confinement: confinementSchema.optional(),
});

export const styledLayerSchema = z.strictObject({
  ...common,
  kind: z.literal("styled"),
  blendMode: blendModeSchema,
  transform: transformSchema,
  /** The picture that is styled; never altered. */
  source: assetHashSchema,
  style: styleParametersSchema,
  /** 0 shows the source, 1 the result. */
  strength: unit,
  /** 0 = the style's colours, 1 = the picture's. */
  colourKeeping: unit,
  result: styledResultSchema.nullable(),
});
export type StyledLayer = z.infer<typeof styledLayerSchema>;

const groupHeaderSchema = z.strictObject({
  ...common,
  kind: z.literal("group"),
  blendMode: z.union([blendModeSchema, z.literal("passThrough")]),
});
export interface GroupLayer extends z.infer<typeof groupHeaderSchema> {
  /** Bottom first. */
  layers: Layer[];
}
const groupLayerSchema = groupHeaderSchema.extend({
  get layers(): z.ZodArray<z.ZodType<Layer, Layer>> {
    return z.array(layerSchema).max(maximumSiblings);
  },
});

export type Layer = PictureLayer | StyledLayer | GroupLayer;
const layerSchema: z.ZodType<Layer, Layer> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    pictureLayerSchema,
    styledLayerSchema,
    groupLayerSchema,
  ]),
);

/**
 * Looked at before the layers are parsed, whose recursion would run out of stack on a hostile tree; itself it goes down
 * level by level.
 */
function isShallow(layers: unknown): boolean {
  let level = Array.isArray(layers) ? layers : [];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= maximumDepth) return false;
    level = level.flatMap((layer: unknown) =>
      typeof layer === "object" &&
      layer !== null &&
      "layers" in layer &&
      Array.isArray(layer.layers)
        ? layer.layers
        : [],
    );
  }
  return true;
}

const tooDeep = `groups are nested more than ${maximumDepth} deep`;

/** A layer that came from elsewhere, with all that is in it. */
export const layerTreeSchema = z
  .custom<Layer>((layer) => isShallow([layer]), tooDeep)
  .pipe(layerSchema);

/** Width and height of a document in pixels. */
export const documentSizeSchema = z.strictObject({
  width: z.int().min(1).max(maximumSide),
  height: z.int().min(1).max(maximumSide),
});
export type DocumentSize = z.infer<typeof documentSizeSchema>;

export const documentSchema = documentSizeSchema.extend({
  version: z.literal(documentVersion),
  /** Bits a channel that exports keep. */
  depth: z.union([z.literal(8), z.literal(16)]),
  /** Bottom first. */
  layers: z
    .custom<Layer[]>(isShallow, tooDeep)
    .pipe(z.array(layerSchema).max(maximumSiblings)),
});
export type Document = z.infer<typeof documentSchema>;
