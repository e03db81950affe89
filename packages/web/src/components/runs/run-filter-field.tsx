import { type RunKeysResponse, runQueryLanguage } from '@lossline/protocol'
import { lazy, type ReactElement, type Ref, Suspense, useEffect, useMemo } from 'react'
import { useServices } from '../../services.ts'
import type { RunFilterState } from '../../view/runs/run-filter.ts'
import { FilterBar, type FilterBarHandle } from '../filter/filter-bar.tsx'

const FilterNotice = lazy(() => import('./filter-notice.tsx').then((module) => ({ default: module.FilterNotice })))

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
          <Suspense>
            <FilterNotice
              findsNothing={findsNothing}
              known={known}
              onChange={onChange}
              query={value}
              unknown={unknown}
            />
          </Suspense>
        )
      }
      problem={state.kind === 'error' ? state : undefined}
      value={value}
      {...(ref !== undefined && { ref })}
    />
  )
}
