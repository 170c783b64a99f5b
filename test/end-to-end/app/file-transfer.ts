import type { JSHandle, Page } from "playwright-core";

export interface NamedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Files as a drag from another program brings them. */
export function fileTransfer(
  page: Page,
  files: readonly NamedFile[],
): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle(
    (sent) => {
      const data = new DataTransfer();
      for (const { name, mimeType, base64 } of sent) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      return data;
    },
    files.map(({ name, mimeType, buffer }) => ({
      name,
      mimeType,
      base64: buffer.toString("base64"),
    })),
  );
}
