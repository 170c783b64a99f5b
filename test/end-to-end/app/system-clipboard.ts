import type { Page } from "playwright-core";

/** The system's clipboard, as another program finds it and fills it. */
export interface SystemClipboard {
  /** The picture that is on it. */
  picture(): Promise<Buffer>;
  types(): Promise<string[]>;
  put(png: Buffer): Promise<void>;
}

/** By a page that may read it, which Fude's own may not. */
export function systemClipboard(page: Page): SystemClipboard {
  const allowed = page
    .context()
    .grantPermissions(["clipboard-read", "clipboard-write"]);
  return {
    async picture() {
      await allowed;
      const base64 = await page.evaluate(async () => {
        const [item] = await navigator.clipboard.read();
        const blob = await item!.getType("image/png");
        const bytes = new Uint8Array(await blob.arrayBuffer());
        return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
      });
      return Buffer.from(base64, "base64");
    },
    async types() {
      await allowed;
      return page.evaluate(async () => [
        ...(await navigator.clipboard.read())[0]!.types,
      ]);
    },
    async put(png) {
      await allowed;
      await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const blob = new Blob([bytes], { type: "image/png" });
        await navigator.clipboard.write([
          new ClipboardItem({ "image/png": blob }),
        ]);
      }, png.toString("base64"));
    },
  };
}
