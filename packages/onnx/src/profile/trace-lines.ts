import { OnnxProfileError } from '../errors.ts'

/** One event of a trace in the format of Chrome, as ONNX Runtime writes it; times are microseconds. */
export interface TraceEvent {
  readonly cat?: unknown
  readonly name?: unknown
  readonly dur?: unknown
  readonly args?: unknown
}

/** Takes the text of a trace in pieces. */
export interface TraceLines {
  add(text: string): void
  /** Whether the trace ended as it should. */
  end(): boolean
}

/**
 * Splits a trace into its events without keeping it: ONNX Runtime writes an event a line, up to a million of them. A trace that is
 * one line, as other tools save it, is read too.
 *
 * @throws OnnxProfileError from `add` for a text that is no trace.
 */
export function createTraceLines(onEvent: (event: TraceEvent) => void): TraceLines {
  let rest = ''
  let lineCount = 0
  let isWhole = false
  /** Whether the line is one of a trace. */
  const takeLine = (line: string): boolean => {
    const text = line.trim()
    lineCount += 1
    if (lineCount === 1 && !text.startsWith('[')) throw notATrace('it does not begin with [')
    if (text === '' || text === '[') return true
    if (text === ']') {
      isWhole = true
      return true
    }
    const read = parse(text.replace(/,$/, ''))
    if (typeof read !== 'object' || read === null) return false
    isWhole = Array.isArray(read)
    for (const event of Array.isArray(read) ? read : [read]) onEvent(event)
    return true
  }
  return {
    add(text) {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (!takeLine(line)) throw notATrace(`line ${lineCount} is no event`)
    },
    end() {
      if (lineCount === 0 || rest !== '') takeLine(rest)
      return isWhole
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notATrace(why: string): OnnxProfileError {
  return new OnnxProfileError({
    message: `This is no profile of ONNX Runtime: ${why}.`,
    hint: 'Pass the file <profileFilePrefix>_<time>.json that endProfiling has written.',
  })
}
