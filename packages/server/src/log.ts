/** Severity of a log line, low to high. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Where the server says what it does. `fields` hold no secrets: no keys, no bodies. */
export type Log = (level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>) => void

const ranks: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }

interface LogOptions {
  /** Lower ones are left out. Default `info`. */
  readonly level?: LogLevel
  readonly write: (line: string) => void
}

/** Makes a log of one JSON object a line: `{"time":…,"level":…,"message":…, …fields}`. */
export function createJsonLog(options: LogOptions): Log {
  return createLog(options, (time, level, message, fields) => JSON.stringify({ time, level, message, ...fields }))
}

/** Makes a log for people: time, level, message and `name=value` of the fields, one line each. */
export function createTextLog(options: LogOptions): Log {
  return createLog(options, (time, level, message, fields) => {
    const facts = Object.entries(fields).map(([name, value]) => ` ${name}=${toText(value)}`)
    return `${time} ${level.toUpperCase().padEnd(5)} ${message}${facts.join('')}`
  })
}

function createLog(
  { level: lowest = 'info', write }: LogOptions,
  toLine: (time: string, ...event: Required<Parameters<Log>>) => string,
): Log {
  return (level, message, fields = {}) => {
    if (ranks[level] < ranks[lowest]) return
    write(`${toLine(new Date().toISOString(), level, message, fields)}\n`)
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
