/** What went wrong, for programs; the message is for people. */
export const failureCodes = [
  "not-found",
  "unreadable",
  "not-a-picture",
  "too-large",
  "unsupported",
  "damaged",
  "disk-full",
  "invalid",
  "cancelled",
  "engine-lost",
  "engine-failed",
  "conflict",
  "internal",
] as const;
export type FailureCode = (typeof failureCodes)[number];

/**
 * An error that an artist may read: one sentence that names what failed, and a hint with the way out.
 * Everything else that is thrown is a defect and is shown as `internal`.
 */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly code: FailureCode;
  /** The file, layer, style or job that it is about. */
  readonly subject: string | undefined;
  /** What to do next, one sentence. */
  readonly hint: string | undefined;

  constructor(
    code: FailureCode,
    message: string,
    options: {
      subject?: string | undefined;
      hint?: string | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.subject = options.subject;
    this.hint = options.hint;
  }

  /** Plain data that crosses a process boundary. */
  toJSON(): FailureData {
    return {
      code: this.code,
      message: this.message,
      ...(this.subject === undefined ? {} : { subject: this.subject }),
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }

  static from(error: unknown): Failure {
    if (error instanceof Failure) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new Failure("internal", message, { cause: error });
  }

  static fromData(data: FailureData): Failure {
    return new Failure(data.code, data.message, data);
  }
}

export interface FailureData {
  code: FailureCode;
  message: string;
  subject?: string | undefined;
  hint?: string | undefined;
}
