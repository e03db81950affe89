/**
 * Keeps Node's remark that `node:sqlite` is experimental off the terminal: users can do nothing about it, and it would be the
 * first thing they read. All other warnings are printed. To be called before anything loads `node:sqlite`.
 */
export function silenceSqliteWarning(): void {
  const emitWarning = process.emitWarning.bind(process) as (...parts: unknown[]) => void
  process.emitWarning = (...parts: unknown[]): void => {
    if (!String(parts[0]).startsWith('SQLite is an experimental feature')) emitWarning(...parts)
  }
}
