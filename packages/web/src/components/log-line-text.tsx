import type { LogLine } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { parseAnsi } from '../view/ansi.ts'

/** Nearest of our own text colours, which keep their contrast in both themes. */
const colors = [
  'text-muted',
  'text-bad',
  'text-live',
  'text-waiting',
  'text-accent',
  'text-accent',
  'text-good',
  '',
] as const

/** A console line in its colours. */
export function LogLineText({ line }: { readonly line: LogLine }): ReactElement {
  return (
    <span className="pr-4" title={line.timestamp ?? undefined}>
      {line.level === 'error' && <span className="sr-only">stderr: </span>}
      {parseAnsi(line.text).map(({ text, color, isBold }, i) => (
        <span
          className={`${color === undefined ? '' : colors[color % 8]} ${isBold ? 'font-bold' : ''}`}
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line have no other identity.
          key={i}
        >
          {text}
        </span>
      ))}
    </span>
  )
}
