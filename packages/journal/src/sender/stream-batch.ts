import type { FileStreamRequest } from '@lossline/protocol'
import type { ConsoleRange } from './console-log.ts'

// W&B's client sends up to 10 MiB at once. Two batches are in memory at a time, each as lines and as a body, beside a program
// that trains; larger ones than these are not sent any quicker.
const batchBytesMax = 4 * 2 ** 20

interface Lines {
  offset: number
  content: string[]
}

/** Everything that waits to be sent, merged into as few requests as the format allows. */
export interface StreamBatch {
  /** Whether it is time to send whatever else happens. */
  readonly isFull: boolean
  readonly isEmpty: boolean
  /** Adds the line of that number; numbers of one file come without gaps. */
  addHistory(number: number, line: string): void
  addEvent(number: number, line: string): void
  setSummary(line: string): void
  /** Counts text whose lines follow by {@link setConsole}, so that it does not pile up until then. */
  noteConsole(text: string): void
  setConsole(ranges: readonly ConsoleRange[]): void
  addUploaded(names: readonly string[]): void
  setPreempting(): void
  setExit(exitCode: number): void
  /** The requests, in order. What ends the run is in the last. The batch is empty afterwards. */
  take(): FileStreamRequest[]
}

/** Makes an empty batch. */
export function createStreamBatch(): StreamBatch {
  let history: Lines | undefined
  let events: Lines | undefined
  let summary: string | undefined
  let consoleRanges: ConsoleRange[] = []
  let uploaded: string[] = []
  let isPreempting = false
  let exitCode: number | undefined
  let size = 0
  let notedConsoleSize = 0

  function add(lines: Lines | undefined, number: number, line: string): Lines {
    size += line.length
    if (lines === undefined) return { offset: number, content: [line] }
    lines.content.push(line)
    return lines
  }

  return {
    get isFull() {
      return size + notedConsoleSize >= batchBytesMax
    },
    get isEmpty() {
      return (
        history === undefined &&
        events === undefined &&
        summary === undefined &&
        consoleRanges.length === 0 &&
        uploaded.length === 0 &&
        !isPreempting &&
        exitCode === undefined
      )
    },
    addHistory(number, line) {
      history = add(history, number, line)
    },
    addEvent(number, line) {
      events = add(events, number, line)
    },
    setSummary(line) {
      summary = line
    },
    noteConsole(text) {
      notedConsoleSize += text.length
    },
    setConsole(ranges) {
      notedConsoleSize = 0
      consoleRanges = [...consoleRanges, ...ranges]
    },
    addUploaded(names) {
      uploaded.push(...names)
    },
    setPreempting() {
      isPreempting = true
    },
    setExit(code) {
      exitCode = code
    },
    take() {
      // A request holds one range of lines a file, so further ranges of the console need requests of their own.
      const ranges = consoleRanges.flatMap(splitRange)
      const requests: FileStreamRequest[] = ranges.slice(0, -1).map((range) => ({ files: { 'output.log': range } }))
      const lastRange = ranges.at(-1)
      const files: FileStreamRequest['files'] = {
        ...(history === undefined ? {} : { 'wandb-history.jsonl': history }),
        ...(events === undefined ? {} : { 'wandb-events.jsonl': events }),
        ...(summary === undefined ? {} : { 'wandb-summary.json': { offset: 0, content: [summary] } }),
        ...(lastRange === undefined ? {} : { 'output.log': lastRange }),
      }
      requests.push({
        ...(Object.keys(files).length > 0 ? { files } : {}),
        ...(uploaded.length > 0 ? { uploaded } : {}),
        ...(isPreempting ? { preempting: true } : {}),
        ...(exitCode === undefined ? {} : { complete: true, exitcode: exitCode }),
      })
      history = undefined
      events = undefined
      summary = undefined
      consoleRanges = []
      uploaded = []
      isPreempting = false
      exitCode = undefined
      size = 0
      return requests
    },
  }
}

/** The parts of a range that fit a request each. */
function splitRange({ offset, content }: ConsoleRange): ConsoleRange[] {
  const ranges: { offset: number; content: string[] }[] = []
  let partBytes = Number.POSITIVE_INFINITY
  for (const [index, line] of content.entries()) {
    // Escaping makes up to six characters of one.
    const lineBytes = Buffer.byteLength(JSON.stringify(line)) + 1
    if (partBytes + lineBytes > batchBytesMax) {
      ranges.push({ offset: offset + index, content: [] })
      partBytes = 0
    }
    ranges.at(-1)!.content.push(line)
    partBytes += lineBytes
  }
  return ranges
}
