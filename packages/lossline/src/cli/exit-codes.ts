/** What the process tells the shell. Documented in README.md. */
export const exitCodes = {
  success: 0,
  /** The command ran and something went wrong, or `doctor` found a problem. */
  failure: 1,
  /** The command line was not understood; nothing was done. */
  usage: 2,
  /** Interrupted with Ctrl-C before the end. */
  interrupted: 130,
} as const
