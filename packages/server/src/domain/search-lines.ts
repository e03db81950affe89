import { type LogLevelName, type LogLine, type LogSearchQuery, stripAnsi } from '@lossline/protocol'
import { loadPatternPlaces, loadPatterns, type Place, type Store } from '@lossline/store'
import { ServerError } from '../errors.ts'
import { parseConsoleLine } from './console-line.ts'

/** Lines read at a time. */
const readCount = 1000
/** After this long a search answers with what it has, so that whoever waits sees it go on. */
const searchMs = 100

/** What stands further on in a line is not looked at: one line alone must not keep the server busy. */
const searchedLengthMax = 100_000

/** Places of a pattern that are told of a line: more than anybody sees. */
const hitsMax = 200

/** A line that is among those that are looked for, with the places of the pattern; undefined for others. */
export type LineSearch = (line: LogLine) => LogLine | undefined

/** @throws {@link ServerError} `invalid-request` for a pattern that is none. */
export async function toLineSearch(query: LogSearchQuery): Promise<LineSearch> {
  const { text = '', isPattern = false, stream, names, label } = query
  const level = stream && (stream === 'stderr' ? 'error' : 'info')
  const placesOf = isPattern && text !== '' ? await toPatternPlaces(text) : undefined
  const isInText = text === '' || isPattern ? undefined : toTextTest(text)
  return (line) => {
    if (level !== undefined && line.level !== level) return undefined
    if (label !== undefined && line.label !== label) return undefined
    if (names === undefined && placesOf === undefined && isInText === undefined) return line
    const plain = stripAnsi(line.text.slice(0, searchedLengthMax))
    if (names !== undefined && !levelWords[names].test(plain)) return undefined
    if (placesOf === undefined) return isInText === undefined || isInText(plain) ? line : undefined
    const hits = placesOf(plain)
    return hits && { ...line, hits }
  }
}

/** What loggers of Python and JavaScript call their levels, and how tracebacks begin. */
const levelWords: Readonly<Record<LogLevelName, RegExp>> = {
  debug: /\b(?:DEBUG|TRACE|VERBOSE)\b/i,
  info: /\b(?:INFO|NOTICE)\b/i,
  warning: /\bWARN(?:ING)?\b|\b\w*Warning:/i,
  error: /\b(?:ERROR|CRITICAL|FATAL|Traceback|Uncaught|Unhandled)\b|\b\w*(?:Error|Exception):/i,
  problem: /\b(?:WARN(?:ING)?|ERROR|CRITICAL|FATAL|Traceback|Uncaught|Unhandled)\b|\b\w*(?:Error|Exception|Warning):/i,
}

function toTextTest(text: string): (line: string) => boolean {
  const wanted = text.toLowerCase()
  return (line) => line.toLowerCase().includes(wanted)
}

/** Where the pattern is in a line; undefined: nowhere. A place of no length, such as of `^`, is found and not told. */
async function toPatternPlaces(pattern: string): Promise<(line: string) => readonly Place[] | undefined> {
  const [compile, compilePlaces] = [await loadPatterns(), await loadPatternPlaces()]
  try {
    const [isFound, placesOf] = [compile(`(?i)${pattern}`), compilePlaces(`(?i)${pattern}`)]
    return (line) => (isFound(line) ? placesOf(line, hitsMax) : undefined)
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: `"${pattern}" is no pattern of RE2.`, cause })
  }
}

/** Where a search begins and how much it may find. */
export interface LineSearchRange {
  /** Row id of the run. */
  readonly run: number
  readonly from: number
  readonly limit: number
}

/** Looks through console lines for a while. `nextFrom`: where to go on; undefined at the end. */
export async function searchLines(
  store: Pick<Store, 'lines'>,
  { run, from, limit }: LineSearchRange,
  search: LineSearch,
): Promise<{ readonly lines: readonly LogLine[]; readonly nextFrom: number | undefined }> {
  const endMs = performance.now() + searchMs
  const found: LogLine[] = []
  let at = from
  for (;;) {
    const rows = await store.lines({ run, from: at, limit: readCount })
    for (const row of rows) {
      // Lines may be long: the clock is looked at after each.
      if (row.number > from && performance.now() > endMs) return { lines: found, nextFrom: row.number }
      const line = search(toLogLine(row))
      if (line === undefined) continue
      found.push(line)
      if (found.length === limit) return { lines: found, nextFrom: row.number + 1 }
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < readCount) return { lines: found, nextFrom: undefined }
    at = last.number + 1
  }
}

/** A stored line as people read it. */
export function toLogLine({ number, text }: { readonly number: number; readonly text: string }): LogLine {
  const { timestamp = null, level, label, text: lineText } = parseConsoleLine(text)
  return { number, timestamp, level, ...(label === undefined ? {} : { label }), text: lineText }
}
