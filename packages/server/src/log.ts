/** Severity of a log line, low to high. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Where the server says what it does. `fields` hold no secrets: no keys, no bodies. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

/**
 * Makes a log of one JSON object a line: `{"time":…,"level":…,"message":…, …fields}`.
 *
 * @param options.level - Lower ones are left out. Default `info`.
 */
export function createJsonLog(options: { readonly level?: LogLevel; write(line: string): void }): Log {
  const lowest = ranks[options.level ?? 'info']
  return (level, message, fields) => {
    if (ranks[level] < lowest) return
    options.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
  }
}

/** Makes a log for people: time, level, message and `name=value` of the fields, one line each. */
export function createTextLog(options: { readonly level?: LogLevel; write(line: string): void }): Log {
  const lowest = ranks[options.level ?? 'info']
  return (level, message, fields = {}) => {
    if (ranks[level] < lowest) return
    const facts = Object.entries(fields).map(([name, value]) => ` ${name}=${toText(value)}`)
    options.write(`${new Date().toISOString()} ${level.toUpperCase().padEnd(5)} ${message}${facts.join('')}\n`)
  }
}

/** In one line, and without quotes where they say nothing. */
function toText(value: unknown): string {
  return typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)
}

/** Says nothing. */
export const silentLog: Log = () => {}

/** What a log line holds of an error, causes included. */
export function toLogFields(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: String(error) }
  return {
    error: error.stack ?? error.message,
    ...('code' in error ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: toLogFields(error.cause) }),
  }
}
