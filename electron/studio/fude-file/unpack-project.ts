import type { AssetHash, Document } from "../../../common/document/document.ts";
import {
  moveTo,
  openHistory,
  type Step,
  start,
  stepSchema,
} from "../../../common/document/history.ts";
import { parseDocument } from "../../../common/document/migrations.ts";
import { Failure } from "../../../common/failure.ts";
import type { Context } from "../context.ts";
import {
  type Manifest,
  manifestName,
  manifestSchema,
  manifestVersion,
} from "./manifest.ts";
import { type Archive, damagedFile, openArchive } from "./open-archive.ts";
import { isAboutThisMachine, PackedPictures } from "./packed-pictures.ts";
import { unpackStyles } from "./unpack-styles.ts";
import { usedInDocument, usedInSteps } from "./used-in-project.ts";

/** Bytes of document and history. */
const mostManifest = 2 ** 26;

/** A project that came as a file, its pictures and styles stored. */
export interface UnpackedProject {
  readonly name: string;
  readonly document: Document;
  readonly thumbnail: AssetHash | null;
  readonly steps: readonly Step[];
  readonly tip: number;
  readonly current: number;
  /** What could not come as it was, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads a `.fude` file and keeps its pictures and styles. Nothing in it is believed: every picture has to be a whole PNG
 * of the hash that it goes by, and the history has to lead from the document to its start and back.
 * @param file its name, for the sentences of failures
 * @throws Failure `damaged`, `unsupported`, `too-large`, naming the file
 */
export async function unpackProject(
  context: Context,
  bytes: Uint8Array,
  file: string,
): Promise<UnpackedProject> {
  const archive = await openArchive(bytes, file);
  const manifest = await readManifest(archive, file);
  const document = documentOf(manifest, file);
  const pictures = new PackedPictures(context, archive, manifest, file);
  const used = usedInDocument(document);
  for (const hash of used.assets) await pictures.take(hash);

  const notes: string[] = [];
  const history = await historyOf(manifest, document, pictures);
  if (history === null && manifest.history !== null)
    notes.push("Its history was damaged and was left out.");
  const { steps, tip, current } = history ?? {
    steps: [],
    tip: start,
    current: start,
  };
  for (const model of usedInSteps(steps).models) used.models.add(model);
  const missing = await unpackStyles(
    context,
    archive,
    manifest.styles.filter(({ id }) => used.models.has(id)),
    pictures,
  );
  for (const name of missing)
    notes.push(
      `The style “${name}” is not here: what it painted stays, and cannot be painted anew.`,
    );
  const { thumbnail } = manifest;
  return {
    name: manifest.name,
    document,
    thumbnail: thumbnail && (await pictures.has(thumbnail)) ? thumbnail : null,
    steps,
    tip,
    current,
    notes,
  };
}

async function readManifest(archive: Archive, file: string): Promise<Manifest> {
  if (!archive.has(manifestName))
    throw new Failure(
      "unsupported",
      `${file} is a zip archive without a Fude project in it.`,
      { subject: file, hint: "Unpack it, and open the pictures in it." },
    );
  const bytes = await archive.read(manifestName, mostManifest);
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damagedFile(file, `${manifestName} is no JSON`, cause);
  }
  const version = (data as { version?: unknown } | null)?.version;
  if (typeof version === "number" && version > manifestVersion)
    throw new Failure("unsupported", `A newer Fude wrote ${file}.`, {
      subject: file,
      hint: "Open it with a newer Fude.",
    });
  const manifest = manifestSchema.safeParse(data);
  if (!manifest.success)
    throw damagedFile(
      file,
      `${manifestName} does not describe a project`,
      manifest.error,
    );
  return manifest.data;
}

function documentOf({ document }: Manifest, file: string): Document {
  try {
    return parseDocument(document);
  } catch (error) {
    const { code, hint } = Failure.from(error);
    if (code === "unsupported")
      throw new Failure(code, `A newer Fude wrote ${file}.`, {
        subject: file,
        hint,
        cause: error,
      });
    throw damagedFile(file, "its document cannot be read", error);
  }
}

/** The history, or null where it does not lead along documents that can be shown. */
async function historyOf(
  { history }: Manifest,
  document: Document,
  pictures: PackedPictures,
): Promise<{ steps: Step[]; tip: number; current: number } | null> {
  if (history === null) return null;
  const { tip, current } = history;
  try {
    const steps = stepSchema.array().parse(history.steps) as Step[];
    const opened = openHistory(steps, tip, current);
    const began = moveTo({ history: opened, document }, 0);
    moveTo(began, opened.steps.length);
    for (const hash of usedInSteps(steps).assets) await pictures.take(hash);
    return { steps, tip, current };
  } catch (error) {
    if (isAboutThisMachine(error)) throw error;
    return null;
  }
}
