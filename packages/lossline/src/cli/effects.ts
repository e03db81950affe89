/** What a command does to the world besides files, the network and the store: a test hands in its own. */
export interface Effects {
  /** Writes a line to standard output: results. */
  print(line: string): void
  /** Writes a line to standard error: progress, warnings, errors. */
  note(line: string): void
  /** Shows how far something is, in place of what it showed before; undefined takes it away. Nothing without a terminal. */
  showProgress(line: string | undefined): void
  /** Whether a person looks at standard output. */
  readonly isInteractive: boolean
  /** Writes bytes to standard output; resolves when more may come. */
  writeBytes(part: Uint8Array): Promise<void>
  /** First line of standard input; `undefined` when a person is at it. */
  readPipedLine(): Promise<string | undefined>
  /** Opens a URL in the user's browser. Never throws: without a browser nothing happens. */
  openUrl(url: string): void
  /** Aborts when the process is asked to end, with Ctrl-C or SIGTERM. The next request ends it at once. */
  readonly stop: AbortSignal
}
