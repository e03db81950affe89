import type { LogLine } from '@lossline/protocol'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { RunAddress } from '../../api/media-queries.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { isPlainClick } from '../../view/browser/plain-click.ts'
import { toChartPlace } from '../../view/chart/chart-place.ts'
import { type LineSpan, lineTime, lineTimeMs, shownLengthMax, toLineSpans } from '../../view/logs/line-text.ts'
import { hashOfLine, type LogState } from '../../view/logs/log-state.ts'
import { formatCount } from '../../view/text/format.ts'

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

/** A console line with its number, which is a link to it. */
export function LogLineRow(props: {
  readonly number: number
  /** Undefined while it is on its way. */
  readonly line: LogLine | undefined
  readonly run: RunAddress
  readonly state: LogState
  readonly startedAtMs: number
  /** The line of the address, or the hit that was gone to. */
  readonly isMarked: boolean
  readonly onMark: (number: number) => void
}): ReactElement {
  const { number, line, state, isMarked } = props
  const isStderr = line?.level === 'error'
  const time = line ? lineTime(line.timestamp, state.times, props.startedAtMs) : ''
  const atMs = line ? lineTimeMs(line.timestamp) : undefined
  return (
    <div
      className={`flex min-h-6 min-w-full leading-6 ${isMarked ? 'bg-hover' : ''}`}
      data-marked={isMarked || undefined}
    >
      {/* Programs write progress and warnings to stderr too: a mark, no alarm. */}
      <a
        aria-label={`Line ${number + 1}`}
        className={`w-20 shrink-0 select-none border-l-2 pr-4 text-right text-muted hover:text-text ${isStderr ? 'border-waiting' : 'border-transparent'}`}
        href={`#${hashOfLine(number)}`}
        onClick={(event) => {
          if (!isPlainClick(event)) return
          event.preventDefault()
          props.onMark(number)
        }}
        title={isStderr ? 'Link to this line; written to stderr' : 'Link to this line'}
      >
        {number + 1}
      </a>
      {state.times !== 'off' && (
        <span className="w-32 shrink-0 select-none text-muted">
          {atMs !== undefined && (
            <Link
              className="hover:text-text hover:underline"
              params={props.run}
              search={((old: SearchParams) => toChartPlace(old, atMs)) as never}
              title="Show this moment on the charts"
              to="/$entity/$project/runs/$runId"
            >
              {time}
            </Link>
          )}
        </span>
      )}
      {line?.label !== undefined && state.label === '' && (
        <span className="mr-2 shrink-0 select-none text-muted">[{line.label}]</span>
      )}
      {line && (
        <span
          className={`pr-4 ${state.isWrapped ? 'whitespace-pre-wrap break-all' : 'whitespace-pre'}`}
          title={line.timestamp ?? undefined}
        >
          {isStderr && <span className="sr-only">stderr: </span>}
          <LineText spans={toLineSpans(line, state.isRaw, state)} />
          {line.text.length > shownLengthMax && (
            <span className="text-muted"> … {formatCount(line.text.length - shownLengthMax, 'more character')}</span>
          )}
        </span>
      )}
    </div>
  )
}

function LineText({ spans }: { readonly spans: readonly LineSpan[] }): ReactElement {
  return (
    <>
      {spans.map(
        (span, i) =>
          // biome-ignore-start lint/suspicious/noArrayIndexKey: pieces of a line have no other identity.
          span.isHit ? (
            // In the browser's own colours for marks: ours are not made for their ground.
            <mark key={i}>{span.text}</mark>
          ) : (
            <span className={classOf(span)} key={i}>
              {span.text}
            </span>
          ),
        // biome-ignore-end lint/suspicious/noArrayIndexKey: as above.
      )}
    </>
  )
}

/** On a ground, text has the page's own colour: a program knows nothing of ours. */
function classOf({ color, background, isBold, isItalic, isUnderlined }: LineSpan): string {
  return [
    background === undefined ? color !== undefined && colors[color % 8] : 'bg-hover',
    isBold && 'font-bold',
    isItalic && 'italic',
    isUnderlined && 'underline',
  ]
    .filter(Boolean)
    .join(' ')
}
