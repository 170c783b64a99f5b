import { z } from "zod";
import { Failure } from "../failure.ts";
import { type Document, documentSchema } from "./document.ts";
import { walkLayers } from "./tree.ts";

/** Makes a document of the next version from one of its own; gets and gives plain data. */
export type Migration = (older: object) => object;

/**
 * The way from each older version to the next: the one at index 0 makes version 2 of version 1. A migration reads and
 * writes the shapes of its own two versions, never today's types, so that it stays right when those change. With each
 * new version goes a sample file `test/fixtures/document/vN.json`, kept for ever.
 */
const migrations: readonly Migration[] = [
  // Since version 2 a style may be a mix; one without is written as before.
  (older) => ({ ...older, version: 2 }),
  // Since version 3 a mask may confine a style, a transform may shear, and a mask may have been transformed; what is or
  // does none of these is written as before.
  (older) => ({ ...older, version: 3 }),
];

/**
 * A document of any version so far, from data that nobody has checked.
 * @throws Failure `unsupported` where a later Fude wrote it, `damaged` where it is no document
 */
export function parseDocument(data: unknown): Document {
  const migrated = migrate(data, migrations);
  const parsed = documentSchema.safeParse(migrated);
  if (!parsed.success)
    throw damaged(z.prettifyError(parsed.error), parsed.error);
  refuseDuplicateIds(parsed.data);
  return parsed.data;
}

/**
 * Takes data through all migrations from its own version on.
 * @param steps one for each version but the last
 * @throws Failure `unsupported` where the version is above the last, `damaged` where there is none
 */
export function migrate(data: unknown, steps: readonly Migration[]): object {
  const last = steps.length + 1;
  const [document, version] = versioned(data);
  if (version > last)
    throw new Failure(
      "unsupported",
      `The document has version ${version}, and this Fude knows versions up to ${last}.`,
      { hint: "Open it with a newer Fude." },
    );
  return steps
    .slice(version - 1)
    .reduce((older, step) => step(older), document);
}

function versioned(data: unknown): [document: object, version: number] {
  if (typeof data === "object" && data !== null && "version" in data) {
    const { version } = data;
    if (typeof version === "number" && Number.isInteger(version) && version > 0)
      return [data, version];
  }
  throw damaged("It does not say which version it has.");
}

function refuseDuplicateIds(document: Document): void {
  const seen = new Set<string>();
  for (const { layer } of walkLayers(document.layers)) {
    if (seen.has(layer.id))
      throw damaged(`Two of its layers have the id "${layer.id}".`);
    seen.add(layer.id);
  }
}

function damaged(reason: string, cause?: unknown): Failure {
  return new Failure("damaged", `The document cannot be read: ${reason}`, {
    cause,
  });
}
