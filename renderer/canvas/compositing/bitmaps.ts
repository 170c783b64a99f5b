import type { AssetHash } from "../../../common/document/document.ts";
import { Failure } from "../../../common/failure.ts";
import type { Host } from "../../host/host.ts";
import { loadImage } from "./load-image.ts";

/** Pictures with a longer side are shown from a smaller copy, in pixels. */
export const longestShown = 4096;

/** What a large one is shown from until then: scaling it down takes a moment. */
const firstShown = 1024;

/** A stored picture, decoded for the canvas. */
export interface Bitmap {
  readonly image: ImageBitmap;
  /** Size in document pixels at scale 1, whatever the copy's own size. */
  readonly width: number;
  readonly height: number;
  /** Nothing of it is clear. */
  readonly opaque: boolean;
}

export interface BitmapsListener {
  /** Something new can be painted. */
  onLoaded(): void;
  /** How large a picture is, as soon as that is known. */
  onSize?(hash: AssetHash, size: { width: number; height: number }): void;
  /** A picture cannot be had. */
  onFailed(failure: Failure): void;
}

type Entry = Bitmap | "loading" | "failed";

/** Decoded pictures by hash: loaded when they are first asked for, let go when the document no longer shows them. */
export class Bitmaps {
  readonly #host: Host;
  readonly #listener: BitmapsListener;
  readonly #entries = new Map<AssetHash, Entry>();

  constructor(host: Host, listener: BitmapsListener) {
    this.#host = host;
    this.#listener = listener;
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

  /** Whether the picture is on its way and nothing of it can be shown. */
  isLoading(hash: AssetHash): boolean {
    return this.#entries.get(hash) === "loading";
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
    try {
      // Not decoded before it is painted, so asking a huge picture for its size is cheap.
      const full = await loadImage(this.#host.assetUrl(hash));
      const size = { width: full.naturalWidth, height: full.naturalHeight };
      this.#listener.onSize?.(hash, size);
      if (Math.max(size.width, size.height) <= longestShown) {
        await this.#take(hash, full, size);
        return;
      }
      for (const longestSide of [firstShown, longestShown]) {
        const copy = await loadImage(
          this.#host.assetUrl(hash, { longestSide }),
        );
        await this.#take(hash, copy, size);
      }
    } catch {
      // A smaller copy of it may be there; and what is not shown any more need not be told of.
      if (this.#entries.get(hash) !== "loading") return;
      this.#entries.set(hash, "failed");
      this.#listener.onLoaded();
      this.#listener.onFailed(
        new Failure(
          "unreadable",
          "A picture of this project could not be loaded.",
          {
            hint: "Open the project again; if it stays away, its file is gone.",
          },
        ),
      );
    }
  }

  async #take(
    hash: AssetHash,
    shown: HTMLImageElement,
    size: { width: number; height: number },
  ): Promise<void> {
    const image = await createImageBitmap(shown);
    const former = this.#entries.get(hash);
    if (former === undefined) {
      // It is not shown any more.
      image.close();
      return;
    }
    this.#entries.set(hash, { image, ...size, opaque: isOpaque(image) });
    if (typeof former === "object") former.image.close();
    this.#listener.onLoaded();
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
