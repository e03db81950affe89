import { runQueryLanguage, type StrictJsonObject } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { ApiError } from '../../api/client.ts'
import { type ProjectAddress, runKeysQuery } from '../../api/queries.ts'
import { serverNowMs } from '../../api/server-clock.ts'
import { useServices } from '../../services.ts'
import { mayBecomeCondition } from '../../view/filter/unfinished.ts'
import { type RunFilterState, readRunFilter } from '../../view/runs/run-filter.ts'
import { useLastGood } from '../use-last-good.ts'
import { useSettled } from '../use-settled.ts'
import { useValue } from '../use-store.ts'

/** Relative times move on by so much, so that what was asked a moment ago is not asked anew. */
const clockGrainMs = 60_000
/** Who has not typed for so long is taken to have finished. */
const typingMs = 700

/** The filter of a query as far as it can be asked: while the text is no whole question, the one before counts. */
export interface RunFilter {
  readonly filter: StrictJsonObject | undefined
  /** The text that the filter was made of. */
  readonly query: string
  readonly state: RunFilterState
  /** The text is being written, or cannot be asked: what it finds is not what people want to see yet. */
  readonly isUnfinished: boolean
}

/**
 * Reads the query of a project's runs.
 *
 * @param of - What the query is of: that of another one is not typed, and has nothing before it.
 */
export function useRunFilter(address: ProjectAddress, query: string, of = ''): RunFilter {
  const { data } = useQuery({ ...runKeysQuery(address), enabled: query.trim() !== '' })
  const nowMs = Math.floor(serverNowMs() / clockGrainMs) * clockGrainMs
  const state = useMemo(() => readRunFilter(query, data, nowMs), [query, data, nowMs])
  const language = useMemo(() => runQueryLanguage(data?.keys ?? [], data?.fields), [data])
  const isFragment = useMemo(() => mayBecomeCondition(query, language), [query, language])
  const first = useRef({ of, query })
  const last = useRef<Pick<RunFilter, 'filter' | 'query'>>(noFilter)
  if (first.current.of !== of) {
    first.current = { of, query }
    last.current = noFilter
  }
  const isWritten = useValue(useServices().isFilterWritten) && query !== first.current.query
  const isTyping = useSettled(query, typingMs) !== query && isWritten
  // The beginning of a condition is looked for once typing rests, and never what a fault leads back to.
  if (state.kind === 'ready' && !isFragment) last.current = { filter: state.filter, query }
  const isAsked = state.kind === 'ready' && !(isFragment && isTyping)
  return {
    ...(isAsked ? { filter: state.filter, query } : last.current),
    state,
    isUnfinished: isWritten || state.kind === 'error',
  }
}

const noFilter = { filter: undefined, query: '' }

/**
 * What was found with a filter, or what was found before as long as people still write it and it finds nothing; with what is to be
 * said of the filter, which the server may refuse for what only it knows, such as a faulty pattern.
 *
 * @param of - As of {@link useRunFilter}.
 */
export function useFoundRuns<Found extends { readonly total: number | undefined; readonly error: Error | null }>(
  found: Found,
  { filter, state, isUnfinished }: RunFilter,
  of = '',
): { readonly shown: Found; readonly filterState: RunFilterState } {
  const isRefused = filter !== undefined && found.error instanceof ApiError && found.error.status === 400
  const refusal = isRefused ? found.error.message : undefined
  const isUnfiltered = state.kind === 'error' && filter === undefined
  const shown = useLastGood(found, { isGood: (found.total ?? 0) > 0, isHeld: isUnfinished || isRefused, of })
  const findsNothing = shown !== found && found.total === 0
  const filterState = useMemo(
    (): RunFilterState =>
      state.kind !== 'ready'
        ? isUnfiltered
          ? { ...state, isUnfiltered }
          : state
        : refusal !== undefined
          ? { kind: 'error', message: refusal, position: undefined }
          : findsNothing
            ? { ...state, findsNothing }
            : state,
    [state, isUnfiltered, refusal, findsNothing],
  )
  return { shown, filterState }
}
