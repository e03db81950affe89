import { type AnsiSpan, type LogLine, parseAnsi, stripAnsi } from '@lossline/protocol'
import { clockParts } from '../text/time-zone.ts'

/** A piece of a line. */
export interface LineSpan extends AnsiSpan {
  /** It is what was searched for. */
  readonly isHit: boolean
}

/** Longer lines are cut on screen; whoever wants all of one copies or downloads it. */
export const shownLengthMax = 10_000

/**
 * What a line looks like on a terminal.
 *
 * @param isRaw - What was written over is shown too, with `␍` where the line began again.
 */
export function settleLine(text: string, isRaw: boolean): string {
  if (!text.includes('\r')) return text
  if (isRaw) return text.replaceAll('\r', '␍')
  let shown = ''
  for (const part of text.split('\r')) {
    // A longer text stays in sight behind a shorter one, as on a terminal, unless something was erased or coloured.
    if (part.length >= shown.length || (part + shown).includes('\u001b')) shown = part === '' ? shown : part
    else shown = part + shown.slice(part.length)
  }
  return shown
}

/** What is looked for in a line. */
export interface Wanted {
  readonly search: string
  /** Where it is a pattern, the server tells the places. */
  readonly isPattern: boolean
}

/** A line in its colours as {@link settleLine} leaves it, with every place that is searched for marked, in any case. */
export function toLineSpans(line: Pick<LogLine, 'text' | 'hits'>, isRaw: boolean, wanted: Wanted): readonly LineSpan[] {
  const settled = settleLine(line.text, isRaw)
  const text = settled.slice(0, shownLengthMax)
  const spans = parseAnsi(text)
  const marks = wanted.isPattern
    ? // Of a line that was written over, the places are others.
      ((settled.length === line.text.length ? line.hits : undefined) ?? [])
    : wanted.search === ''
      ? []
      : findAll(stripAnsi(text), wanted.search)
  let at = 0
  return spans.flatMap((span) => {
    const start = at
    at += span.text.length
    return cut(span, start, marks)
  })
}

type Mark = readonly [start: number, end: number]

function findAll(text: string, search: string): readonly Mark[] {
  // Lower case may be longer than what it was made of; then places would not be the same.
  const [inText, wanted] = [text.toLowerCase(), search.toLowerCase()]
  if (inText.length !== text.length) return []
  const marks: Mark[] = []
  for (let at = inText.indexOf(wanted); at >= 0; at = inText.indexOf(wanted, at + wanted.length)) {
    marks.push([at, at + wanted.length])
  }
  return marks
}

function cut(span: AnsiSpan, start: number, marks: readonly Mark[]): readonly LineSpan[] {
  const end = start + span.text.length
  const pieces: LineSpan[] = []
  const push = (from: number, to: number, isHit: boolean): void => {
    if (to > from) pieces.push({ ...span, text: span.text.slice(from - start, to - start), isHit })
  }
  let at = start
  for (const [from, to] of marks) {
    if (to <= start || from >= end) continue
    push(at, Math.max(from, start), false)
    push(Math.max(from, start), Math.min(to, end), true)
    at = Math.min(to, end)
  }
  push(at, end, false)
  return pieces
}

/**
 * What stands before a line.
 *
 * @param timestamp - ISO 8601, UTC where it says no zone.
 */
export function lineTime(
  timestamp: string | null,
  times: 'off' | 'relative' | 'absolute',
  startedAtMs: number,
): string {
  const timeMs = lineTimeMs(timestamp)
  if (timeMs === undefined || times === 'off') return ''
  return times === 'absolute' ? toClock(timeMs) : toElapsed(timeMs - startedAtMs)
}

/** When a line was written; undefined: it does not say. @param timestamp - As of {@link lineTime}. */
export function lineTimeMs(timestamp: string | null): number | undefined {
  if (timestamp === null) return undefined
  const timeMs = Date.parse(/[Z+]/.test(timestamp.slice(10)) ? timestamp : `${timestamp}Z`)
  return Number.isNaN(timeMs) ? undefined : timeMs
}

const two = (part: number): string => String(part).padStart(2, '0')

function toClock(timeMs: number): string {
  return `${clockParts(timeMs)[1]}.${String(timeMs % 1000).padStart(3, '0')}`
}

function toElapsed(ms: number): string {
  const seconds = Math.abs(ms) / 1000
  const rest = `${two(Math.floor((seconds / 60) % 60))}:${two(Math.floor(seconds % 60))}.${Math.floor((seconds * 10) % 10)}`
  return `${ms < 0 ? '-' : '+'}${Math.floor(seconds / 3600)}:${rest}`
}
