import type { Database, Statement } from "better-sqlite3";
import { z } from "zod";
import { Failure } from "../../../common/failure.ts";

export type Parameter = string | number | null;

/**
 * The library's one connection. Rows are parsed on the way out; what SQLite throws comes out as a `Failure` that
 * names the file.
 */
export class Connection {
  readonly path: string;
  readonly #database: Database;
  readonly #statements = new Map<string, Statement<Parameter[]>>();

  constructor(database: Database, path: string) {
    this.#database = database;
    this.path = path;
  }

  /** @returns how many rows changed */
  run(sql: string, ...parameters: Parameter[]): number {
    return this.#guard(() => this.#statement(sql).run(...parameters).changes);
  }

  get<Schema extends z.ZodType>(
    schema: Schema,
    sql: string,
    ...parameters: Parameter[]
  ): z.output<Schema> | undefined {
    return this.#guard(() => {
      const row = this.#statement(sql).get(...parameters);
      return row === undefined ? undefined : schema.parse(row);
    });
  }

  all<Schema extends z.ZodType>(
    schema: Schema,
    sql: string,
    ...parameters: Parameter[]
  ): z.output<Schema>[] {
    return this.#guard(() =>
      this.#statement(sql)
        .all(...parameters)
        .map((row) => schema.parse(row)),
    );
  }

  /** All or nothing of what `work` does to the library. `work` must not be async. Transactions nest. */
  transaction<Result>(work: () => Result): Result {
    return this.#guard(() => this.#database.transaction(work).immediate());
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): Statement<Parameter[]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare<Parameter[]>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw libraryFailure(this.path, error);
    }
  }
}

/** The sentence for what SQLite or the parsing of a row threw. Other errors pass as they are. */
export function libraryFailure(path: string, error: unknown): unknown {
  if (error instanceof z.ZodError)
    return new Failure("damaged", `A record in ${path} is damaged`, {
      subject: path,
      hint: "Earlier copies of the library lie in the folder backups beside it.",
      cause: error,
    });
  const code = sqliteCode(error);
  if (code === undefined) return error;
  if (code === "SQLITE_FULL")
    return new Failure("disk-full", `The disk is too full to write ${path}`, {
      subject: path,
      hint: "Free some space and try again; nothing was lost.",
      cause: error,
    });
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB")
    return new Failure("damaged", `The library ${path} is damaged`, {
      subject: path,
      hint: "Move it away to begin a new one; earlier copies lie in the folder backups beside it.",
      cause: error,
    });
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"))
    return new Failure(
      "conflict",
      `Another Fude has the library ${path} open`,
      {
        subject: path,
        hint: "Close the other one, or open this one on another data folder.",
        cause: error,
      },
    );
  if (
    code.startsWith("SQLITE_CANTOPEN") ||
    code.startsWith("SQLITE_READONLY") ||
    code.startsWith("SQLITE_PERM") ||
    code.startsWith("SQLITE_IOERR")
  )
    return new Failure("unreadable", `Fude may not read and write ${path}`, {
      subject: path,
      hint: "Check the folder's permissions and the disk.",
      cause: error,
    });
  return error;
}

function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== "SqliteError")
    return undefined;
  const { code } = error as Error & { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

/** A JSON column. */
export function json<Schema extends z.ZodType>(schema: Schema) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: "not JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema as z.ZodType<z.output<Schema>, unknown>);
}

/** SQLite's booleans. */
export const flag = z
  .union([z.literal(0), z.literal(1)])
  .transform((value) => value === 1);
