/** How `fude` ends; scripts may rely on these. */
export const exitCodes = {
  done: 0,
  failed: 1,
  /** The command line was wrong; nothing was begun. */
  usage: 2,
  /** Some files failed and are listed; the others are done. */
  someFailed: 3,
  /** Ctrl-C. A training can be resumed. */
  cancelled: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
