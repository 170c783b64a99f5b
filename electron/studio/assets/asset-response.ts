import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import sharp from "sharp";
import {
  type AssetHash,
  assetHashSchema,
} from "../../../common/document/document.ts";

/** Where the picture of a hash lies; throws or gives null where there is none. */
export type PathOfAsset = (
  hash: AssetHash,
) => string | null | Promise<string | null>;

const smallestSide = 16;
const largestSide = 16_384;
/** Bytes of scaled pictures that are kept in memory; the page's own cache does the rest. */
const cacheLimit = 64 * 2 ** 20;

/**
 * Answers a page's request for a picture, the same under every host: `/assets/<hash>` gives the stored file,
 * `?side=N` one whose longest side is at most N pixels (never enlarged). What a hash names never changes, so the answer
 * may be cached for ever.
 * @param url address of the request; only path and query are looked at
 * @param pathOf the studio's, for hashes that have been checked
 * @returns 200, or 404 for whatever is no asset of this library, or 400 for a size that is none
 */
export function createAssetResponder(
  pathOf: PathOfAsset,
): (url: URL) => Promise<Response> {
  const kept = new Map<string, Buffer>();
  const making = new Map<string, Promise<Buffer>>();
  let held = 0;

  function keep(key: string, bytes: Buffer): void {
    kept.set(key, bytes);
    held += bytes.length;
    for (const [oldest, old] of kept) {
      if (held <= cacheLimit) return;
      kept.delete(oldest);
      held -= old.length;
    }
  }

  /** One picture is scaled once, however many ask for it at the same time. */
  function scaled(path: string, side: number, key: string): Promise<Buffer> {
    const ready = kept.get(key);
    if (ready !== undefined) return Promise.resolve(ready);
    const begun = making.get(key) ?? scale(path, side);
    making.set(key, begun);
    begun.then((bytes) => keep(key, bytes)).catch(() => {});
    return begun.finally(() => making.delete(key));
  }

  return async (url) => {
    const hash = assetHashSchema.safeParse(
      /^\/assets\/([^/]*)$/.exec(url.pathname)?.[1],
    );
    if (!hash.success) return refusal(404, "There is no such picture.");
    const file = await existing(pathOf, hash.data);
    if (file === null) return refusal(404, "There is no such picture.");

    const wanted = url.searchParams.get("side");
    if (wanted === null) {
      return new Response(
        Readable.toWeb(createReadStream(file.path)) as NodeReadableStream &
          ReadableStream,
        { headers: headers(file.size) },
      );
    }
    const side = Number(wanted);
    if (!Number.isInteger(side) || side < smallestSide || side > largestSide) {
      return refusal(
        400,
        `"side" is a whole number from ${smallestSide} to ${largestSide}.`,
      );
    }
    const body = await scaled(file.path, side, `${hash.data} ${side}`);
    return new Response(new Uint8Array(body), {
      headers: headers(body.length),
    });
  };
}

/** Lossless, so that what the canvas shows is what the compositor computes from. */
function scale(path: string, side: number): Promise<Buffer> {
  return sharp(path, { limitInputPixels: false, sequentialRead: true })
    .resize({
      width: side,
      height: side,
      fit: "inside",
      withoutEnlargement: true,
    })
    .png({ compressionLevel: 3 })
    .toBuffer();
}

async function existing(
  pathOf: PathOfAsset,
  hash: AssetHash,
): Promise<{ path: string; size: number } | null> {
  try {
    const path = await pathOf(hash);
    if (path === null) return null;
    return { path, size: (await stat(path)).size };
  } catch {
    return null;
  }
}

function headers(length: number): Record<string, string> {
  return {
    "content-type": "image/png",
    "content-length": String(length),
    "cache-control": "private, max-age=31536000, immutable",
  };
}

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
    },
  });
}
