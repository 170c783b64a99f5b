import { z } from "zod";
import { Failure } from "../failure.ts";
import { type Document, documentSchema, documentVersion } from "./document.ts";
import { walkLayers } from "./tree.ts";

/**
 * The way from each older version of the document's shape to the next: the one at index 0 makes version 2 of version 1.
 * A step reads and writes plain data of its own versions, never today's types, so that it stays right when those change.
 * With each new version goes a sample file `test/fixtures/document/vN.json`, kept for ever.
 */
const migrations: readonly ((older: unknown) => unknown)[] = [];

/**
 * A document of any version so far, from data that nobody has checked.
 * @throws Failure `unsupported` where a later Fude wrote it, `damaged` where it is no document
 */
export function parseDocument(data: unknown): Document {
  let current = data;
  for (let version = versionOf(data); version < documentVersion; version++) {
    const migrate = migrations[version - 1];
    if (migrate === undefined)
      throw damaged(`No way leads on from version ${version}.`);
    current = migrate(current);
  }
  const parsed = documentSchema.safeParse(current);
  if (!parsed.success)
    throw damaged(z.prettifyError(parsed.error), parsed.error);
  refuseDuplicateIds(parsed.data);
  return parsed.data;
}

function versionOf(data: unknown): number {
  const version =
    typeof data === "object" && data !== null && "version" in data
      ? data.version
      : undefined;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
    throw damaged("It does not say which version it has.");
  if (version > documentVersion)
    throw new Failure(
      "unsupported",
      `The document has version ${version}, and this Fude knows versions up to ${documentVersion}.`,
      { hint: "Open it with a newer Fude." },
    );
  return version;
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
