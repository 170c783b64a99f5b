import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import {
  createAssetResponder,
  type PathOfAsset,
} from "../studio/assets/asset-response.ts";
import { contentSecurityPolicy } from "../studio/content-security-policy.ts";
import { picturePath } from "../studio/picture-response.ts";
import { isPageAddress, pageFile } from "./page-address.ts";

/** What Vite builds; anything else in the folder is not the page's. */
const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};

/**
 * Answers requests to the page's scheme: its files, and pictures under `/assets/` and `/pictures/`. Nothing else exists
 * there.
 * @param folder the built page
 */
export function createPageResponder(
  folder: string,
  pathOfAsset: PathOfAsset,
  pictureResponse: (url: URL) => Promise<Response>,
): (request: { method: string; url: string }) => Promise<Response> {
  const assetResponse = createAssetResponder(pathOfAsset);
  return async ({ method, url: address }) => {
    if (method !== "GET" || !isPageAddress(address)) return nothing();
    const url = new URL(address);
    if (/^\/assets\/[0-9a-f]{64}$/.test(url.pathname)) {
      return hardened(await assetResponse(url));
    }
    if (picturePath.test(url.pathname))
      return hardened(await pictureResponse(url));
    const file = pageFile(folder, url);
    const type = file === null ? undefined : types[extname(file)];
    if (file === null || type === undefined) return nothing();
    try {
      const bytes = new Uint8Array(await readFile(file));
      return hardened(
        new Response(bytes, { headers: { "content-type": type } }),
      );
    } catch {
      return nothing();
    }
  };
}

function nothing(): Response {
  return hardened(new Response("There is nothing here.", { status: 404 }));
}

function hardened(response: Response): Response {
  response.headers.set("content-security-policy", contentSecurityPolicy());
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "no-referrer");
  return response;
}
