/** Whether a file is a table of W&B's by its name, or made of such: side by side, or of parts. */
export function isTableFile(name: string): boolean {
  return /\.(joined-|partitioned-)?table\.json$/.test(name)
}
