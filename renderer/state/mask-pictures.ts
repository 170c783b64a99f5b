import type { AssetHash } from "../../common/document/document.ts";
import type { Region } from "../../common/document/region.ts";
import { Failure } from "../../common/failure.ts";
import type { Raster } from "../../common/raster.ts";
import { greyRaster } from "../canvas/compositing/grey-raster.ts";
import { loadImage } from "../canvas/compositing/load-image.ts";
import type { Host } from "../host/host.ts";

type Grey = Raster<Uint8Array>;

/** Bytes of masks that are kept beyond the ones in use, for undo to show at once. */
const keptBytes = 64 * 2 ** 20;

interface Entry {
  raster: Grey | "loading" | "failed";
  /** Held here alone: the studio does not have it yet. */
  unsaved: boolean;
}

export interface MaskListener {
  /** @param part that was painted on, in the mask's own pixels; null: all of it has come in */
  onChanged?(hash: AssetHash, part: Region | null): void;
  onFailed?(failure: Failure): void;
}

/**
 * The pixels of masks, by hash. A mask that was made here goes by a stand-in until the studio has it, so that what a hand
 * has just done is in the document at once; `stored` gives the hash that it is known by for good.
 */
export class MaskPictures {
  readonly #host: Host;
  readonly #entries = new Map<AssetHash, Entry>();
  readonly #stored = new Map<AssetHash, Promise<AssetHash>>();
  readonly #listeners = new Set<MaskListener>();
  #made = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The pixels if they are there; else they are on their way after this. */
  get(hash: AssetHash): Grey | undefined {
    const entry = this.#entries.get(hash);
    if (entry === undefined) {
      this.#entries.set(hash, { raster: "loading", unsaved: false });
      this.#load(hash);
      return undefined;
    }
    // What was asked for last stays longest.
    this.#entries.delete(hash);
    this.#entries.set(hash, entry);
    return typeof entry.raster === "object" ? entry.raster : undefined;
  }

  /** Whether the pixels are here and not to be loaded. */
  has(hash: AssetHash): boolean {
    return typeof this.#entries.get(hash)?.raster === "object";
  }

  isLoading(hash: AssetHash): boolean {
    return this.#entries.get(hash)?.raster === "loading";
  }

  /** Takes pixels in that were made here. @returns their stand-in */
  add(raster: Grey): AssetHash {
    const standIn = `unsaved-mask-${++this.#made}`;
    this.#entries.set(standIn, { raster, unsaved: true });
    return standIn;
  }

  /** Lets go of pixels that never became part of the document. */
  forget(standIn: AssetHash): void {
    this.#entries.delete(standIn);
  }

  /** Tells that a hand has changed some of the pixels. */
  changed(standIn: AssetHash, part: Region): void {
    for (const listener of this.#listeners) listener.onChanged?.(standIn, part);
  }

  /** The hash in the studio, which stores what it does not have. @throws Failure where it cannot be stored */
  stored(hash: AssetHash): Promise<AssetHash> {
    const known = this.#stored.get(hash);
    if (known) return known;
    const entry = this.#entries.get(hash);
    if (!entry?.unsaved || typeof entry.raster !== "object")
      return Promise.resolve(hash);
    const storing = this.#store(entry, entry.raster);
    this.#stored.set(hash, storing);
    storing.catch(() => this.#stored.delete(hash));
    return storing;
  }

  /** Lets go of what is neither among those nor recent nor unsaved. */
  keepOnly(hashes: ReadonlySet<AssetHash>): void {
    let bytes = 0;
    for (const [hash, entry] of [...this.#entries].reverse()) {
      if (entry.unsaved || hashes.has(hash)) continue;
      if (typeof entry.raster === "object")
        bytes += entry.raster.samples.length;
      if (bytes > keptBytes || typeof entry.raster !== "object")
        this.#entries.delete(hash);
    }
  }

  /** @returns a function that stops listening */
  listen(listener: MaskListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #store(entry: Entry, raster: Grey): Promise<AssetHash> {
    const { width, height, samples } = raster;
    const { hash } = await this.#host.call("storeMask", {
      width,
      height,
      samples,
    });
    entry.unsaved = false;
    this.#entries.set(hash, { raster, unsaved: false });
    return hash;
  }

  async #load(hash: AssetHash): Promise<void> {
    try {
      const image = await loadImage(this.#host.assetUrl(hash));
      const { naturalWidth: width, naturalHeight: height } = image;
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      if (!context) throw new Error("The browser gave no canvas to read.");
      context.drawImage(image, 0, 0);
      const raster = greyRaster(context.getImageData(0, 0, width, height));
      if (!this.isLoading(hash)) return;
      this.#entries.set(hash, { raster, unsaved: false });
    } catch {
      if (!this.isLoading(hash)) return;
      this.#entries.set(hash, { raster: "failed", unsaved: false });
      const failure = new Failure(
        "unreadable",
        "A mask of this project could not be loaded.",
        {
          hint: "Open the project again; if it stays away, its file is gone.",
        },
      );
      for (const listener of this.#listeners) listener.onFailed?.(failure);
    }
    for (const listener of this.#listeners) listener.onChanged?.(hash, null);
  }
}
