import { describe, expect, test } from "vitest";
import {
  composite,
  renderLayer,
} from "../../../../common/document/compositor.ts";
import type {
  AssetHash,
  Document,
  Layer,
} from "../../../../common/document/document.ts";
import type { Raster } from "../../../../common/raster.ts";
import { goldenRaster, goldenScenes } from "./golden-scenes.ts";
import { group, hash, picture } from "./random-documents.ts";
import {
  difference,
  look,
  maskOf,
  randomRaster,
  side,
} from "./random-pictures.ts";

describe("a layer rendered by itself", () => {
  const page = { x: 0, y: 0, width: side, height: side };

  test("is without opacity, mask, mode and visibility, at its place", () => {
    const layer = picture("p", {
      asset: hash(2),
      opacity: 0.2,
      visible: false,
      mask: maskOf(6),
      blendMode: "multiply",
      transform: { x: 5, y: -3, scaleX: 1, scaleY: 1, rotation: 0 },
    });
    const rendered = renderLayer(layer, randomRaster, page)!;
    expect(rendered).toMatchObject({
      x: 5,
      y: 0,
      raster: { width: side - 5, height: side - 3, channels: 4 },
    });
    const whole = renderLayer(layer, randomRaster, {
      x: -100,
      y: -100,
      width: 1000,
      height: 1000,
    })!;
    expect(whole).toMatchObject({ x: 5, y: -3, raster: { width: side } });
    const plain = look(picture("p", { asset: hash(2) }));
    expect(difference(whole.raster.samples, plain)).toBe(0);
  });

  test("composed again gives the document's look", () => {
    for (const [name, scene] of goldenScenes) {
      const assets = new Map<AssetHash, Raster>();
      const rendered = (layer: Layer): Layer[] => {
        if (layer.kind === "group")
          return [{ ...layer, layers: layer.layers.flatMap(rendered) }];
        const own = renderLayer(layer, goldenRaster, {
          x: 0,
          y: 0,
          width: scene.width,
          height: scene.height,
        });
        if (own === null) return [];
        const asset = hash(1000 + assets.size);
        assets.set(asset, own.raster);
        const { id, opacity, visible, mask, blendMode } = layer;
        const transform = {
          x: own.x,
          y: own.y,
          scaleX: 1,
          scaleY: 1,
          rotation: 0,
        };
        return [
          picture(id, { opacity, visible, mask, blendMode, transform, asset }),
        ];
      };
      const again: Document = {
        ...scene,
        layers: scene.layers.flatMap(rendered),
      };
      const look = composite(
        again,
        (asset) => assets.get(asset) ?? goldenRaster(asset),
      );
      const { samples } = composite(scene, goldenRaster);
      expect(difference(look.samples, samples), name).toBeLessThan(1e-6);
    }
  });

  test("is null where nothing of it is wanted", () => {
    const layer = picture("p", { asset: hash(2) });
    const beside = { ...page, x: side };
    expect(renderLayer(layer, randomRaster, beside)).toBeNull();
    expect(renderLayer(group("g", []), randomRaster, page)).toBeNull();
  });

  test("is, for a group, what its layers make together", () => {
    const scene = goldenScenes.get("isolated")!;
    const members = scene.layers[1]!;
    if (members.kind !== "group") throw new Error("no group");
    const page = { x: 0, y: 0, width: scene.width, height: scene.height };
    const rendered = renderLayer(members, goldenRaster, page)!;
    const alone = composite(
      { ...scene, layers: members.layers },
      goldenRaster,
      { region: { ...rendered, ...rendered.raster } },
    );
    expect(difference(rendered.raster.samples, alone.samples)).toBe(0);
  });
});
