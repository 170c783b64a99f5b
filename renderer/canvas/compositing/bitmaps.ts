import type { AssetHash } from "../../../common/document/document.ts";
import type { Host } from "../../host/host.ts";

/** Pictures with a longer side are shown from a smaller copy, in pixels. */
export const longestShown = 4096;

/** A stored picture, decoded for the canvas. */
export interface Bitmap {
  readonly image: ImageBitmap;
  /** Size in document pixels at scale 1, whatever the copy's own size. */
  readonly width: number;
  readonly height: number;
  /** Nothing of it is clear. */
  readonly opaque: boolean;
}

type Entry = Bitmap | "loading" | "failed";

/** Decoded pictures by hash: loaded when they are first asked for, let go when the document no longer shows them. */
export class Bitmaps {
  readonly #host: Host;
  readonly #onLoaded: () => void;
  readonly #entries = new Map<AssetHash, Entry>();

  /** @param onLoaded told each time that something new can be painted */
  constructor(host: Host, onLoaded: () => void) {
    this.#host = host;
    this.#onLoaded = onLoaded;
  }

  /** The picture if it is there; else it is on its way after this. */
  get(hash: AssetHash): Bitmap | undefined {
    const entry = this.#entries.get(hash);
    if (entry === undefined) {
      this.#entries.set(hash, "loading");
      this.#load(hash);
    }
    return typeof entry === "object" ? entry : undefined;
  }

  /** Frees every picture that is not among those. */
  keepOnly(hashes: ReadonlySet<AssetHash>): void {
    for (const [hash, entry] of this.#entries) {
      if (hashes.has(hash)) continue;
      this.#entries.delete(hash);
      if (typeof entry === "object") entry.image.close();
    }
  }

  async #load(hash: AssetHash): Promise<void> {
    let entry: Entry;
    try {
      // Not decoded before it is painted, so asking a huge picture for its size is cheap.
      const full = await loadImage(this.#host.assetUrl(hash));
      const { naturalWidth: width, naturalHeight: height } = full;
      const shown =
        Math.max(width, height) > longestShown
          ? await loadImage(
              this.#host.assetUrl(hash, { longestSide: longestShown }),
            )
          : full;
      const image = await createImageBitmap(shown);
      entry = { image, width, height, opaque: isOpaque(image) };
    } catch {
      entry = "failed";
    }
    if (!this.#entries.has(hash)) {
      if (typeof entry === "object") entry.image.close();
      return;
    }
    this.#entries.set(hash, entry);
    this.#onLoaded();
  }

  dispose(): void {
    this.keepOnly(new Set());
  }
}

/** So small a copy tells whether something is clear: a single clear pixel still shows in the mean around it. */
const opacitySide = 256;

function isOpaque(image: ImageBitmap): boolean {
  const scale = Math.min(1, opacitySide / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("The browser gave no canvas to paint on.");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

function loadImage(url: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    // The page reads pixels back for some blend modes; Electron serves pictures from another origin.
    image.crossOrigin = "anonymous";
    image.onload = () => resolve(image);
    image.onerror = () =>
      reject(new Error(`The picture at ${url} did not load.`));
    image.src = url;
  });
}
