import { initializeCanvas, type Psd, readPsd } from "ag-psd";

initializeCanvas(
  () => {
    throw new Error("Pictures are read as plain data here, not as canvases.");
  },
  (width, height) => ({
    width,
    height,
    colorSpace: "srgb",
    data: new Uint8ClampedArray(width * height * 4),
  }),
);

/** A PSD as another program reads it. */
export function openPsd(bytes: Uint8Array): Psd {
  return readPsd(bytes, { useImageData: true, skipThumbnail: true });
}

/** Names of all its layers and groups, the bottom one first. */
export function layerNames(layers: Psd["children"]): string[] {
  return (layers ?? []).flatMap(({ name, children }) => [
    name ?? "",
    ...layerNames(children),
  ]);
}
