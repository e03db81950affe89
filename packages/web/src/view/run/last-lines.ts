import { stripAnsi } from '@lossline/protocol'

/** Lines shown where no error is found. */
const lastCount = 8
/** A traceback is shown from its end: that is where the cause is. */
const tracebackCount = 14

/** What a run that ended badly said last: its last traceback, else its last lines; without colours, and without blank ends. */
export function lastLines(texts: readonly string[]): readonly string[] {
  const plain = texts.map((text) => stripAnsi(text).trimEnd())
  const all = plain.slice(0, plain.findLastIndex((text) => text !== '') + 1)
  const python = all.findLastIndex((text) => /^Traceback \(most recent call last\)/.test(text))
  if (python >= 0) {
    // It ends with the first line that is not indented.
    const end = all.findIndex((text, index) => index > python && /^\S/.test(text))
    return all.slice(python, end < 0 ? undefined : end + 1).slice(-tracebackCount)
  }
  const frame = all.findIndex(
    (text, index) => index > 0 && /^\s+at /.test(text) && !/^\s+at /.test(all[index - 1] ?? ''),
  )
  if (frame > 0) return all.slice(frame - 1, frame - 1 + tracebackCount)
  return all.slice(-lastCount)
}
