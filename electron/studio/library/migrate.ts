import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { Failure } from "../../../common/failure.ts";

/** One step of the library's schema. The first is number 1; each raises `user_version` to its number. */
export interface Migration {
  readonly number: number;
  readonly sql: string;
}

/** Reads `001-name.sql`, `002-…` of a folder, in order. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  return names.map((name, index) => {
    const number = Number.parseInt(name, 10);
    if (number !== index + 1)
      throw new Error(`${name} is out of order: expected number ${index + 1}`);
    return { number, sql: readFileSync(join(folder, name), "utf8") };
  });
}

/**
 * Brings a database to the newest schema. One that holds something is copied to `backups/` first. Each migration is a
 * transaction: a failing one leaves the database as the one before left it.
 * @throws Failure `unsupported` when a newer Fude wrote the library
 */
export function migrate(
  database: Database,
  migrations: readonly Migration[],
  files: { path: string; backups: string },
): void {
  const from = database.pragma("user_version", { simple: true }) as number;
  if (from > migrations.length)
    throw new Failure(
      "unsupported",
      `A newer Fude wrote the library ${files.path} (version ${from}; this one knows ${migrations.length})`,
      {
        subject: files.path,
        hint: "Update Fude, or open it on another data folder.",
      },
    );
  if (from === migrations.length) return;
  if (from > 0) backUp(database, files.backups, from);

  // Tables can be rebuilt only without enforcement; the references are checked before each commit instead.
  database.pragma("foreign_keys = OFF");
  try {
    for (const migration of migrations.slice(from))
      database
        .transaction(() => {
          database.exec(migration.sql);
          const broken = database.pragma("foreign_key_check") as unknown[];
          if (broken.length > 0)
            throw new Error(
              `Migration ${migration.number} leaves ${broken.length} broken references`,
            );
          database.pragma(`user_version = ${migration.number}`);
        })
        .exclusive();
  } finally {
    database.pragma("foreign_keys = ON");
  }
}

/** Copies the database as it is to `library-v<version>.db`, complete or not at all. */
function backUp(database: Database, folder: string, version: number): void {
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `library-v${version}.db`);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  database.prepare("vacuum into ?").run(partial);
  // "vacuum into" does not flush what it writes.
  const file = openSync(partial, "r+");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, target);
}
