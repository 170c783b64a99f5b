import type { Locator, Page } from "playwright-core";

interface NamedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Files from another program, held over the window by the pointer. */
export interface HeldFiles {
  readonly preview: Locator;
  /** Moves over a part of the page, by default over its middle. */
  over(part: Locator, share?: { x: number; y: number }): Promise<void>;
  /** Lets go of them where they are. */
  drop(): Promise<void>;
}

export async function holdFiles(
  page: Page,
  files: readonly NamedFile[],
): Promise<HeldFiles> {
  const transfer = await page.evaluateHandle(
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
  let held: { part: Locator; clientX: number; clientY: number } | null = null;
  const tell = async (type: string) => {
    if (!held) throw new Error("The files are not over anything yet.");
    const { part, clientX, clientY } = held;
    await part.dispatchEvent(type, {
      dataTransfer: transfer,
      clientX,
      clientY,
    });
  };
  return {
    preview: page.getByTestId("drop-preview"),
    async over(part, share = { x: 0.5, y: 0.5 }) {
      const box = await part.boundingBox();
      if (!box) throw new Error("There is nothing to hold the files over.");
      held = {
        part,
        clientX: box.x + box.width * share.x,
        clientY: box.y + box.height * share.y,
      };
      await tell("dragover");
    },
    drop: () => tell("drop"),
  };
}
