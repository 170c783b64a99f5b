import { Failure } from "../../common/failure.ts";

/** The command line is wrong; nothing was begun. */
export class UsageFailure extends Failure {
  constructor(message: string, hint?: string) {
    super("invalid", message, { hint });
  }
}
