import { type RunKeysResponse, runQueryLanguage } from '@lossline/protocol'
import { type ReactElement, type Ref, useEffect, useMemo } from 'react'
import { useServices } from '../../services.ts'
import type { UnknownKey } from '../../view/filter/unknown-key.ts'
import { explainNoMatch } from '../../view/runs/no-match.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import { FilterBar, type FilterBarHandle } from '../filter/filter-bar.tsx'

/** Where people say which runs they want. */
export function RunFilterField(props: {
  readonly value: string
  readonly state: RunFilterState
  /** What is known of the project's runs; undefined: nothing yet. */
  readonly known: RunKeysResponse | undefined
  readonly onChange: (value: string) => void
  /** Leads to the runs that were found. */
  readonly onLeave: () => void
  readonly ref?: Ref<FilterBarHandle>
  readonly className?: string
}): ReactElement {
  const { state, known, ref, value, onChange } = props
  const { isFilterWritten } = useServices()
  useEffect(() => () => isFilterWritten.set(false), [isFilterWritten])
  const language = useMemo(() => runQueryLanguage(known?.keys ?? [], known?.fields), [known])
  const unknown = state.kind === 'ready' ? state.unknown : undefined
  const findsNothing = state.kind === 'ready' && state.findsNothing === true
  return (
    <FilterBar
      className={props.className ?? ''}
      grows
      hint="/"
      label="Filter runs"
      language={language}
      onChange={onChange}
      onLeave={props.onLeave}
      onWriting={isFilterWritten.set}
      placeholder="Filter runs: words, or loss < 0.3"
      notice={
        (unknown !== undefined || findsNothing) && (
          <>
            {unknown && <UnknownKeyNotice onChange={onChange} unknown={unknown} />}
            {findsNothing && (
              <>
                {' '}
                No run matches <code className="break-words font-mono text-text">{value}</code>.{' '}
                {explainNoMatch(value, known?.keys ?? [])} Showing the previous result.
              </>
            )}
          </>
        )
      }
      problem={state.kind === 'error' ? state : undefined}
      value={value}
      {...(ref !== undefined && { ref })}
    />
  )
}

/** A key that no run has: the filter holds all the same, and what may be meant is one click away. */
function UnknownKeyNotice(props: {
  readonly unknown: UnknownKey
  readonly onChange: (query: string) => void
}): ReactElement {
  const { text, meant } = props.unknown
  return (
    <>
      {text}
      {meant && (
        <>
          {' '}
          Did you mean{' '}
          <button
            className="link-text font-mono"
            onClick={() => props.onChange(meant.query)}
            // The field keeps the focus: what is written there goes on.
            onMouseDown={(event) => event.preventDefault()}
            type="button"
          >
            {meant.key}
          </button>
          ?
        </>
      )}
    </>
  )
}
