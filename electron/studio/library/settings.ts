import { z } from "zod";
import { type Connection, json } from "./connection.ts";

/** Settings by key, as JSON. */
export class SettingTable {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @returns the value, or undefined when the key was never set or holds what the schema does not accept */
  get<Schema extends z.ZodType>(
    key: string,
    schema: Schema,
  ): z.output<Schema> | undefined {
    const row = this.#connection.get(
      z.strictObject({ value: json(z.unknown()) }),
      "select value from settings where key = ?",
      key,
    );
    // A setting of an older Fude that no longer fits falls back to the default.
    return row === undefined ? undefined : schema.safeParse(row.value).data;
  }

  set(key: string, value: z.core.util.JSONType): void {
    this.#connection.run(
      "insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
      key,
      JSON.stringify(value),
    );
  }

  delete(key: string): void {
    this.#connection.run("delete from settings where key = ?", key);
  }
}
