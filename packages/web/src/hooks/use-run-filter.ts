import type { StrictJsonObject } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { type ProjectAddress, runKeysQuery } from '../api/queries.ts'
import { serverNowMs } from '../api/server-clock.ts'
import { type RunFilterState, readRunFilter } from '../view/runs/run-filter.ts'

/** Relative times move on by so much, so that what was asked a moment ago is not asked anew. */
const clockGrainMs = 60_000

/** The filter of a query as far as it can be asked: while the text has a fault, the one before counts. */
export interface RunFilter {
  readonly filter: StrictJsonObject | undefined
  readonly state: RunFilterState
}

/** Reads the query of a project's runs. */
export function useRunFilter(address: ProjectAddress, query: string): RunFilter {
  const { data } = useQuery({ ...runKeysQuery(address), enabled: query.trim() !== '' })
  const nowMs = Math.floor(serverNowMs() / clockGrainMs) * clockGrainMs
  const state = useMemo(() => readRunFilter(query, data?.keys, nowMs), [query, data, nowMs])
  const last = useRef<StrictJsonObject>(undefined)
  if (state.kind === 'ready') last.current = state.filter
  return { filter: last.current, state }
}
