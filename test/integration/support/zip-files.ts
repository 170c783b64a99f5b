import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";

/** What a zip archive holds, by name. */
export async function unzipped(
  bytes: Uint8Array,
): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(Buffer.from(bytes), {
    lazyEntries: true,
    autoClose: false,
  });
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry())
    entries.set(
      entry.fileName,
      await buffer(await zip.openReadStreamPromise(entry)),
    );
  return entries;
}

/** A zip archive of these entries, in their order; a name may come twice. */
export async function zipped(
  entries: Iterable<readonly [name: string, contents: Uint8Array]>,
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = new ZipFile();
  for (const [name, contents] of entries)
    zip.addBuffer(Buffer.from(contents), name);
  zip.end();
  return new Uint8Array(await buffer(zip.outputStream));
}
