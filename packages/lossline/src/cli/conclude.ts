/** Runs a command and keeps its exit code for the end of the program. */
export type Conclude = (run: () => Promise<number>) => Promise<void>
