import { affineOf, mapped } from "../../common/document/affine.ts";
import type { StyledLayer, Transform } from "../../common/document/document.ts";
import { Failure } from "../../common/failure.ts";
import { loadImage } from "../canvas/compositing/load-image.ts";
import { acceptedPictures, askForFiles, type ChosenFiles } from "./files.ts";
import { changeLayer } from "./layers.ts";
import { attempt } from "./notices.ts";
import { restyle } from "./styling.ts";
import type { Workspace } from "./workspace.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Asks for another picture under a style. */
export function chooseSource(
  workspace: Workspace,
  layer: StyledLayer,
): Promise<void> {
  return attempt(workspace, async () => {
    const chosen = await askForFiles({ accept: acceptedPictures });
    if (chosen.files.length > 0) await takeSource(workspace, layer, chosen);
  });
}

/** Puts another picture under a style. The layer's mask, its place and its style stay. */
export async function takeSource(
  workspace: Workspace,
  layer: StyledLayer,
  { files }: ChosenFiles,
): Promise<void> {
  const [file] = files;
  if (file === undefined || files.length > 1)
    throw new Failure(
      "invalid",
      "A style is laid over one picture at a time.",
      {
        hint: "Choose one file.",
      },
    );
  const { host } = workspace;
  const [asset, former] = await Promise.all([
    host.call("importPicture", {
      name: file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    }),
    loadImage(host.assetUrl(layer.source)),
  ]);
  if (asset.hash === layer.source) return;
  const size = { width: former.naturalWidth, height: former.naturalHeight };
  changeLayer(workspace, layer.id, `Picture: ${file.name}`.slice(0, 120), {
    source: asset.hash,
    transform: fitted(layer.transform, size, asset),
    result: null,
  });
  restyle(workspace, layer.id);
}

/**
 * The transform that lays another picture where one lay: as large as its place allows, in the middle of it.
 * @param former size of the picture that lay there
 */
export function fitted(
  transform: Transform,
  former: Size,
  { width, height }: Size,
): Transform {
  const scale = Math.min(former.width / width, former.height / height);
  const corner = mapped(affineOf(transform), {
    x: (former.width - scale * width) / 2,
    y: (former.height - scale * height) / 2,
  });
  return {
    ...transform,
    ...corner,
    scaleX: scale * transform.scaleX,
    scaleY: scale * transform.scaleY,
  };
}
