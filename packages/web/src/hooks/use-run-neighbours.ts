import type { RunSummary } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type ProjectAddress, runsQuery } from '../api/queries.ts'
import { parseRunSet } from '../view/run/run-set.ts'
import type { SearchParams } from '../view/url-state.ts'
import { useRunFilter } from './use-run-filter.ts'

/** The runs before and after one in the list that the address describes: its query and order, else all, newest first. */
export interface RunNeighbours {
  readonly previous: RunSummary | undefined
  readonly next: RunSummary | undefined
  /** `3 of 120`; undefined while it is not known, or where the run is not in the part that was looked at. */
  readonly place: string | undefined
}

/** Looks among the first two hundred runs of the list, and where it is longer, among the first thousand. */
export function useRunNeighbours(address: ProjectAddress, runId: string): RunNeighbours {
  const search = useSearch({ strict: false }) as SearchParams
  const { query, sort } = useMemo(() => parseRunSet(search), [search])
  const { filter } = useRunFilter(address, query)
  const list = { ...(filter && { filter }), ...(sort.length > 0 && { sort }) }
  const first = useQuery(runsQuery(address, list, 0, 200))
  const isFar =
    first.data !== undefined && first.data.total > 200 && !first.data.runs.some((run) => run.runId === runId)
  const more = useQuery({ ...runsQuery(address, list, 0, 1000), enabled: isFar })
  const found = isFar ? more.data : first.data
  const index = found?.runs.findIndex((run) => run.runId === runId) ?? -1
  if (found === undefined || index < 0) return { previous: undefined, next: undefined, place: undefined }
  return { previous: found.runs[index - 1], next: found.runs[index + 1], place: `${index + 1} of ${found.total}` }
}
