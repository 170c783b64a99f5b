import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Failure } from "../../../common/failure.ts";
import { AssetTable } from "./assets.ts";
import { Connection, libraryFailure } from "./connection.ts";
import { JobTable } from "./jobs.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { ModelTable } from "./models.ts";
import { OperationTable } from "./operations.ts";
import { PresetTable } from "./presets.ts";
import { ProjectTable } from "./projects.ts";
import { SettingTable } from "./settings.ts";

/** Everything that the studio remembers, except pictures and weights, which are files. */
export interface Library {
  readonly projects: ProjectTable;
  readonly operations: OperationTable;
  readonly assets: AssetTable;
  readonly models: ModelTable;
  readonly presets: PresetTable;
  readonly jobs: JobTable;
  readonly settings: SettingTable;
  /** All or nothing of what `work` does to the library. `work` must not be async. Transactions nest. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** How long a second Fude waits for a first one that is just closing. */
const patience = 1500;

/**
 * Opens the library of a data folder, `library.db`; makes both when they are not there, and brings an older one up to
 * date. As long as it is open no other process can open it.
 * @throws Failure `conflict` (already open), `damaged`, `unsupported` (written by a newer Fude), `unreadable`, `disk-full`
 */
export function openLibrary(folder: string): Library {
  const path = join(folder, "library.db");
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new Failure("unreadable", `The folder ${folder} cannot be made`, {
      subject: folder,
      hint: "Choose another data folder.",
      cause,
    });
  }
  const connection = new Connection(openDatabase(path, folder), path);
  return {
    projects: new ProjectTable(connection),
    operations: new OperationTable(connection),
    assets: new AssetTable(connection),
    models: new ModelTable(connection),
    presets: new PresetTable(connection),
    jobs: new JobTable(connection),
    settings: new SettingTable(connection),
    transaction: (work) => connection.transaction(work),
    close: () => connection.close(),
  };
}

function openDatabase(path: string, folder: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { timeout: patience });
    // The lock that keeps a second process out; the system releases it even when this one is killed.
    database.pragma("locking_mode = EXCLUSIVE");
    database.pragma("journal_mode = WAL");
    database.exec("begin exclusive; commit");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    database.pragma("busy_timeout = 5000");
    const found = database.pragma("quick_check(1)", { simple: true });
    if (found !== "ok")
      throw new Failure("damaged", `The library ${path} is damaged`, {
        subject: path,
        hint: "Move it away to begin a new one; earlier copies lie in the folder backups beside it.",
        cause: found,
      });
    migrate(database, readMigrations(join(import.meta.dirname, "migrations")), {
      path,
      backups: join(folder, "backups"),
    });
    return database;
  } catch (error) {
    database?.close();
    throw libraryFailure(path, error);
  }
}
