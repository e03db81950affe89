import { ArrowDownToLine, Download, WrapText } from 'lucide-react'
import type { ReactElement } from 'react'
import type { FoundLines } from '../../hooks/logs/use-line-search.ts'
import { useServices } from '../../services.ts'
import {
  contextChoices,
  type LineTimes,
  type LogState,
  type ShownLines,
  shownLines,
} from '../../view/logs/log-state.ts'
import { CopyButton } from '../controls/copy-button.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { FindField } from './find-field.tsx'

/** What is shown of the output, what is searched for in it, and how it leaves the page. */
export function LogBar(props: {
  readonly state: LogState
  readonly onChange: (patch: Partial<LogState>) => void
  /** In words, such as `1,200 lines`. */
  readonly count: string
  readonly hits: FoundLines | undefined
  /** The place among the hits of the one that was gone to. */
  readonly hit: number | undefined
  readonly onHit: (direction: 1 | -1) => void
  /** Writers that were seen so far. */
  readonly labels: readonly string[]
  readonly downloadUrl: string
  /** The text of all lines that are shown. */
  readonly copiedText: () => Promise<string>
  readonly isFollowing: boolean
  readonly onFollow: (isFollowing: boolean) => void
}): ReactElement {
  const { state, onChange, hits } = props
  const { toasts } = useServices()
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
      <FindField {...props} />
      {hits && (
        <select
          aria-label="Lines around hits"
          className="control"
          onChange={({ target }) => onChange({ context: target.value === '' ? undefined : Number(target.value) })}
          value={state.context ?? ''}
        >
          <option value="">All lines</option>
          {contextChoices.map((count) => (
            <option key={count} value={count}>
              {count === 0 ? 'Hits only' : `${count} lines around hits`}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label="Lines shown"
        className="control"
        onChange={({ target }) => onChange({ show: target.value as ShownLines })}
        value={state.show}
      >
        {shownLines.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {(props.labels.length > 0 || state.label !== '') && (
        <select
          aria-label="Writer"
          className="control max-w-40"
          onChange={({ target }) => onChange({ label: target.value })}
          value={state.label}
        >
          <option value="">All writers</option>
          {[...new Set([...props.labels, ...(state.label === '' ? [] : [state.label])])].map((label) => (
            <option key={label}>{label}</option>
          ))}
        </select>
      )}
      <select
        aria-label="Times"
        className="control"
        onChange={({ target }) => onChange({ times: target.value as LineTimes })}
        value={state.times}
      >
        <option value="off">No times</option>
        <option value="relative">Time since start</option>
        <option value="absolute">Time of day</option>
      </select>
      <span className="text-muted text-sm">{props.count}</span>
      <div className="ml-auto flex items-center gap-1">
        <IconButton
          isPressed={state.isWrapped}
          label="Wrap long lines"
          onClick={() => onChange({ isWrapped: !state.isWrapped })}
        >
          <WrapText size={15} />
        </IconButton>
        <button
          aria-pressed={state.isRaw}
          className="button"
          onClick={() => onChange({ isRaw: !state.isRaw })}
          title="Show also what a program has written over, such as earlier states of a progress bar"
          type="button"
        >
          Raw
        </button>
        <CopyButton label="Copy the lines shown" onProblem={toasts.showProblem} text={props.copiedText} />
        <a
          aria-label="Download all lines"
          className="icon-button"
          download
          href={props.downloadUrl}
          title="Download all lines"
        >
          <Download size={15} />
        </a>
        <button
          aria-pressed={props.isFollowing}
          className="button"
          onClick={() => props.onFollow(!props.isFollowing)}
          type="button"
        >
          <ArrowDownToLine size={14} />
          Follow
        </button>
      </div>
    </div>
  )
}
