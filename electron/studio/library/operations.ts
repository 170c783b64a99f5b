import { type Step, stepSchema } from "../../../common/document/history.ts";
import { type Connection, json } from "./connection.ts";

const rowSchema = stepSchema.extend({
  operations: json(stepSchema.shape.operations),
  inverses: json(stepSchema.shape.inverses),
});

/** The steps of every project's history: inserted once, never altered. `openHistory` makes a history of them. */
export class OperationTable {
  readonly #connection: Connection;
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds a step to a project's history. */
  insert(projectId: string, step: Step): void {
    this.#connection.run(
      `insert into operations (project_id, id, follows, label, operations, inverses) values (?, ?, ?, ?, ?, ?)`,
      projectId,
      step.id,
      step.follows,
      step.label,
      JSON.stringify(step.operations),
      JSON.stringify(step.inverses),
    );
  }

  /** Every step ever made in a project, oldest first. */
  list(projectId: string): Step[] {
    return this.#connection.all(
      rowSchema,
      `select id, follows, label, operations, inverses from operations where project_id = ? order by id`,
      projectId,
    );
  }
}
