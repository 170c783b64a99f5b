import type { Output } from "../../common/contract/studio.ts";
import type {
  AssetHash,
  StyleParameters,
} from "../../common/document/document.ts";
import type { Bitmap } from "../canvas/compositing/bitmaps.ts";
import type { Host } from "../host/host.ts";

/** A styled layer as a hand wants it now. */
export interface WantedDraft {
  readonly projectId: string;
  readonly layerId: string;
  readonly style: StyleParameters;
  /** The same for what would be the same pixels. */
  readonly key: string;
}

/** Pictures that stay: the canvas may be about to paint the one before the newest. */
const kept = 2;

/**
 * Small pictures of a styled layer, painted by the engine while a hand is on a control. One is asked for at a time, and
 * when it has come the newest that is wanted by then, so that a drag shows as many of its moments as the engine can paint.
 * What is wanted no more is ended in the engine and never shown. Pictures go by stand-ins that look like hashes.
 */
export class StyleDrafts {
  readonly #host: Host;
  readonly #pictures = new Map<AssetHash, Bitmap>();
  #asked: WantedDraft | null = null;
  #next: WantedDraft | null = null;
  /** What a picture that comes in belongs to, while any is on its way. */
  #line: symbol | null = null;
  #made = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The picture that goes by a stand-in, as large as the layer's own. */
  bitmapOf(standIn: AssetHash): Bitmap | undefined {
    return this.#pictures.get(standIn);
  }

  /**
   * @param ready resolves when the studio knows the layer as it is here
   * @param show is told the stand-in of each picture that comes in
   */
  want(
    wanted: WantedDraft,
    ready: () => Promise<void>,
    show: (standIn: AssetHash) => void,
  ): void {
    const newest = this.#next ?? this.#asked;
    if (newest?.layerId === wanted.layerId && newest.key === wanted.key) return;
    if (newest && newest.layerId !== wanted.layerId) this.drop();
    this.#next = wanted;
    if (this.#line !== null) return;
    const line = Symbol(wanted.layerId);
    this.#line = line;
    this.#paint(line, ready, show);
  }

  /** Nothing is wanted any more. */
  drop(): void {
    if (this.#line !== null && this.#asked !== null) {
      const { projectId, layerId } = this.#asked;
      // Where it cannot be told, the line is broken, and the picture will not come either.
      this.#host.call("endPreview", { projectId, layerId }).catch(() => {});
    }
    this.#line = null;
    this.#asked = null;
    this.#next = null;
  }

  async #paint(
    line: symbol,
    ready: () => Promise<void>,
    show: (standIn: AssetHash) => void,
  ): Promise<void> {
    while (this.#next !== null) {
      const { projectId, layerId, style } = this.#next;
      this.#asked = this.#next;
      this.#next = null;
      try {
        await ready();
        if (line !== this.#line) return;
        const draft = await this.#host.call("previewStyle", {
          projectId,
          layerId,
          style,
        });
        const bitmap = await bitmapOf(draft);
        if (line !== this.#line) return;
        show(this.#keep(bitmap));
      } catch {
        // The result at full size will fail for the same reason, and say so.
        if (line !== this.#line) return;
      }
    }
    this.#line = null;
  }

  #keep(bitmap: Bitmap): AssetHash {
    const standIn = `style-draft-${++this.#made}`;
    this.#pictures.set(standIn, bitmap);
    for (const [older, { image }] of this.#pictures) {
      if (this.#pictures.size <= kept) break;
      this.#pictures.delete(older);
      image.close();
    }
    return standIn;
  }
}

async function bitmapOf({
  picture: { width, height, channels, samples },
  ...size
}: Output<"previewStyle">): Promise<Bitmap> {
  const pixels = new ImageData(width, height);
  for (let to = 0, from = 0; to < pixels.data.length; to += 4) {
    for (let c = 0; c < 3; c++) pixels.data[to + c] = samples[from + c]!;
    pixels.data[to + 3] = channels === 4 ? samples[from + 3]! : 255;
    from += channels;
  }
  // Alpha is the source's, whatever the draft's: see `styledReader`.
  return { image: await createImageBitmap(pixels), ...size, opaque: true };
}
