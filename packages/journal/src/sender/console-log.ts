import type { OutputLoggerRecord, OutputRawRecord, Timestamp } from '@lossline/protocol'
import { createTerminalLines, type TerminalLine } from './terminal-lines.ts'

/** The run's `output.log`: the lines of both streams in the order in which they began. */
export interface ConsoleLog {
  /** Lines begun so far. */
  readonly lineCount: number
  write(record: OutputRawRecord): void
  writeLines(record: OutputLoggerRecord): void
  /** Lines changed since the last call, as consecutive ranges; empty if none. */
  takeChanges(): ConsoleRange[]
}

export interface ConsoleRange {
  readonly offset: number
  readonly content: readonly string[]
}

type Stream = 'stdout' | 'stderr'

/** How a line is written: as text, as text behind its time, or as a JSON object, for servers that ask for it. */
export type ConsoleLineForm = 'plain' | 'timed' | 'structured'

export interface ConsoleLogOptions {
  form(): ConsoleLineForm
  /** Names the writer, where several write the run. */
  label(): string | undefined
}

/** Makes an empty log. */
export function createConsoleLog(options: ConsoleLogOptions): ConsoleLog {
  const changed = new Map<number, { readonly line: TerminalLine; readonly stream: Stream }>()
  let lineCount = 0
  let lastTimeSeconds = 0
  const takeNumber = () => {
    lineCount += 1
    return lineCount - 1
  }
  const open = (stream: Stream) => createTerminalLines(takeNumber, (line) => changed.set(line.number, { line, stream }))
  const streams = { stdout: open('stdout'), stderr: open('stderr') }

  return {
    get lineCount() {
      return lineCount
    },
    write({ outputType = 'stderr', timestamp, line = '' }) {
      if (timestamp !== undefined) lastTimeSeconds = toSeconds(timestamp)
      streams[outputType].write(line, lastTimeSeconds)
    },
    writeLines({ line = '' }) {
      for (const text of line.replace(/\n$/, '').split('\n')) {
        const number = takeNumber()
        changed.set(number, { line: { number, text, timeSeconds: lastTimeSeconds }, stream: 'stdout' })
      }
    },
    takeChanges() {
      const ranges: { offset: number; content: string[] }[] = []
      for (const number of [...changed.keys()].sort((a, b) => a - b)) {
        const { line, stream } = changed.get(number) as { line: TerminalLine; stream: Stream }
        const text = formatLine(line, stream, {
          form: options.form(),
          label: options.label() || undefined,
        })
        const last = ranges.at(-1)
        if (last !== undefined && last.offset + last.content.length === number) last.content.push(text)
        else ranges.push({ offset: number, content: [text] })
      }
      changed.clear()
      return ranges
    },
  }
}

function formatLine(
  { text, timeSeconds }: TerminalLine,
  stream: Stream,
  { form, label }: { readonly form: ConsoleLineForm; readonly label: string | undefined },
): string {
  if (form === 'plain') return text
  // Microseconds, UTC, no zone. A Date has milliseconds only.
  const microseconds = Math.round((timeSeconds % 1) * 1e6) % 1_000_000
  const time = `${new Date(Math.floor(timeSeconds) * 1000).toISOString().slice(0, 19)}.${String(microseconds).padStart(6, '0')}`
  if (form === 'structured') {
    return JSON.stringify({
      ...(stream === 'stderr' ? { level: 'error' } : {}),
      ts: time,
      ...(label === undefined ? {} : { label }),
      content: text,
    })
  }
  return `${stream === 'stderr' ? 'ERROR ' : ''}${time} ${label === undefined ? '' : `[${label}] `}${text}`
}

function toSeconds({ seconds = 0, nanos = 0 }: Timestamp): number {
  return Number(seconds) + nanos / 1e9
}
