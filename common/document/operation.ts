import { z } from "zod";
import { blendModeSchema } from "./blend-mode.ts";
import {
  assetHashSchema,
  type Document,
  documentSizeSchema,
  layerTreeSchema,
  maskPlaceSchema,
  maskSchema,
  styledResultSchema,
  styleParametersSchema,
  transformSchema,
} from "./document.ts";

const unit = z.number().min(0).max(1);
const id = z.string().min(1).max(64);

/** Place in the tree: in which group (null: the document itself), before which index, counted from the bottom. */
export const placeSchema = z.strictObject({
  parent: id.nullable(),
  index: z.int().min(0),
});
export type Place = z.infer<typeof placeSchema>;

/** Properties that `setLayer` may change; a property that the layer's kind lacks is refused. */
export const layerChangeSchema = z
  .strictObject({
    name: z.string().max(255),
    visible: z.boolean(),
    locked: z.boolean(),
    opacity: unit,
    blendMode: z.union([blendModeSchema, z.literal("passThrough")]),
    mask: maskSchema.nullable(),
    transform: transformSchema,
    style: styleParametersSchema,
    strength: unit,
    colourKeeping: unit,
    source: assetHashSchema,
    result: styledResultSchema.nullable(),
  })
  .partial();
export type LayerChange = z.infer<typeof layerChangeSchema>;

/** Where a layer and its mask are to lie; what is left out stays. */
const layerGeometrySchema = z.strictObject({
  layerId: id,
  transform: transformSchema.optional(),
  mask: maskPlaceSchema.optional(),
});
export type LayerGeometry = z.infer<typeof layerGeometrySchema>;

/** A change to a document, as data. `operations.ts` applies one and gives its inverse. */
export const operationSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("addLayer"),
    layer: layerTreeSchema,
    at: placeSchema,
  }),
  z.strictObject({ kind: z.literal("removeLayer"), layerId: id }),
  z.strictObject({
    kind: z.literal("moveLayer"),
    layerId: id,
    to: placeSchema,
  }),
  z.strictObject({
    kind: z.literal("setLayer"),
    layerId: id,
    change: layerChangeSchema,
  }),
  /** The document's size and where layers lie, in one: for transforms of groups, crops and resizing. */
  z.strictObject({
    kind: z.literal("setGeometry"),
    size: documentSizeSchema.optional(),
    layers: z.array(layerGeometrySchema),
  }),
]);
export type Operation = z.infer<typeof operationSchema>;

/** A changed document, and the operation that takes the change back. */
export interface Applied {
  readonly document: Document;
  readonly inverse: Operation;
}
