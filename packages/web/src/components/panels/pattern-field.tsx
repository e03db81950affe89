import { type ReactElement, useEffect, useId, useMemo, useState } from 'react'
import { matchMetrics } from '../../view/panels/match-metrics.ts'
import { formatCount } from '../../view/text/format.ts'
import type { MetricsByName } from '../../view/workspace/automatic-panels.ts'
import { VirtualList } from '../controls/virtual-list.tsx'

/** A regular expression over the names of metrics, with what it finds while it is typed. It is taken over with Enter or on leaving. */
export function PatternField(props: {
  readonly value: string
  readonly metrics: MetricsByName
  /** It is taken over while it is typed already, as soon as it finds something. */
  readonly isLive?: boolean
  readonly onChange: (pattern: string) => void
}): ReactElement {
  const { value, metrics } = props
  const id = useId()
  const [draft, setDraft] = useState(value)
  useEffect(() => setDraft(value), [value])
  const { metrics: found, problem } = useMemo(
    () => (draft === '' ? { metrics: [], problem: undefined } : matchMetrics(draft, metrics)),
    [draft, metrics],
  )
  const commit = (): void => {
    if (problem === undefined && draft !== '' && draft !== value) props.onChange(draft)
  }
  return (
    <>
      <input
        aria-describedby={`${id}-found`}
        aria-invalid={problem !== undefined}
        aria-label="Regular expression"
        className={`control w-full font-mono ${problem === undefined ? '' : 'border-bad'}`}
        onBlur={commit}
        onChange={({ target }) => {
          setDraft(target.value)
          const isWhole = target.value === '' || matchMetrics(target.value, metrics).metrics.length > 0
          if (props.isLive && isWhole) props.onChange(target.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          else if (event.key === 'Escape' && draft !== value) setDraft(value)
          else return
          event.preventDefault()
        }}
        placeholder="^val/(.+)_loss$"
        spellCheck={false}
        type="text"
        value={draft}
      />
      <p className={`mt-1 text-sm ${problem ? 'text-bad' : 'text-muted'}`} id={`${id}-found`} role="status">
        {problem ? (
          <>
            {problem} {value !== '' && <span className="text-muted">Showing the previous result.</span>}
          </>
        ) : draft === '' ? (
          'Finds metrics by their names. What parentheses enclose names the lines.'
        ) : (
          `Finds ${formatCount(found.length, 'metric')}${found.length === 0 ? '.' : ':'}`
        )}
      </p>
      {found.length > 0 && (
        <VirtualList
          className="mt-1 max-h-40 rounded-md border border-line"
          items={found}
          keyOf={({ name }) => name}
          label="Metrics that it finds"
        >
          {({ name, info, title }) => (
            <span className="flex min-w-0 flex-1 items-baseline gap-2 text-sm">
              <span className="min-w-0 truncate" title={name}>
                {name}
              </span>
              {title !== info.title && (
                <span
                  className="ml-auto max-w-[50%] shrink-0 truncate text-muted"
                  title={`Its line is called ${title}`}
                >
                  {title}
                </span>
              )}
            </span>
          )}
        </VirtualList>
      )}
    </>
  )
}
