import type { Layer, Mask } from "../../common/document/document.ts";
import type { Operation } from "../../common/document/operation.ts";
import type { MaskPictures } from "./mask-pictures.ts";

/**
 * The operations with masks that the studio has in place of those that only the page has: stores what is missing.
 * @throws Failure where a mask cannot be stored
 */
export function withStoredMasks(
  masks: MaskPictures,
  operations: readonly Operation[],
): Promise<Operation[]> {
  return Promise.all(
    operations.map(async (operation): Promise<Operation> => {
      switch (operation.kind) {
        case "addLayer":
          return { ...operation, layer: await stored(masks, operation.layer) };
        case "setLayer":
          return {
            ...operation,
            change: await stored(masks, operation.change),
          };
        default:
          return operation;
      }
    }),
  );
}

async function stored<Part extends { mask?: Mask | null | undefined }>(
  masks: MaskPictures,
  part: Part,
): Promise<Part> {
  const { mask } = part;
  const own = mask?.asset
    ? { mask: { ...mask, asset: await masks.stored(mask.asset) } }
    : {};
  const inner =
    "layers" in part && Array.isArray(part.layers)
      ? {
          layers: await Promise.all(
            part.layers.map((layer: Layer) => stored(masks, layer)),
          ),
        }
      : {};
  return { ...part, ...own, ...inner };
}
