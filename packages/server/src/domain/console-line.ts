/** A console line as people read it. */
export interface ConsoleLine {
  /** ISO-8601 without zone (UTC), as the client wrote it. */
  readonly timestamp: string | undefined
  readonly level: 'error' | 'info'
  /** Which writer, where several share a run. */
  readonly label: string | undefined
  readonly text: string
}

const prefix = /^(ERROR )?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?)(?: (?:\[([^\]]*)\] )?|$)/

/**
 * Takes a stored line apart: `[ERROR ]<timestamp> [<label>] <text>` or the structured form
 * `{"level":…,"ts":…,"label":…,"content":…}`. Anything else is text.
 */
export function parseConsoleLine(line: string): ConsoleLine {
  const structured = line.startsWith('{') ? parseStructured(line) : undefined
  if (structured !== undefined) return structured
  const match = prefix.exec(line)
  if (match === null) return { timestamp: undefined, level: 'info', label: undefined, text: line }
  const [matched, error, timestamp, label] = match
  return { timestamp, level: error === undefined ? 'info' : 'error', label, text: line.slice(matched.length) }
}

function parseStructured(line: string): ConsoleLine | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !('content' in value) || !('ts' in value)) return undefined
  if (typeof value.content !== 'string' || typeof value.ts !== 'string') return undefined
  return {
    timestamp: value.ts,
    level: 'level' in value && value.level === 'error' ? 'error' : 'info',
    label: 'label' in value && typeof value.label === 'string' && value.label !== '' ? value.label : undefined,
    text: value.content,
  }
}
