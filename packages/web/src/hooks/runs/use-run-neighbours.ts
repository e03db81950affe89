import type { RunSummary } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type ProjectAddress, runNeighboursQuery } from '../../api/queries.ts'
import type { SearchParams } from '../../view/address/url-state.ts'
import { parseRunSet } from '../../view/run/run-set.ts'
import { useRunFilter } from './use-run-filter.ts'

/** The runs before and after one in the list that the address describes: its query and order, else all, newest first. */
export interface RunNeighbours {
  readonly previous: RunSummary | undefined
  readonly next: RunSummary | undefined
  /** `3 of 120`; undefined while it is not known, or where the run is not in the list. */
  readonly place: string | undefined
}

export function useRunNeighbours(address: ProjectAddress, runId: string): RunNeighbours {
  const search = useSearch({ strict: false }) as SearchParams
  const { query, sort } = useMemo(() => parseRunSet(search), [search])
  const { filter } = useRunFilter(address, query)
  const list = { ...(filter && { filter }), ...(sort.length > 0 && { sort }) }
  const { data } = useQuery(runNeighboursQuery(address, { ...list, runId }))
  const place = data?.place
  return {
    previous: place?.previous ?? undefined,
    next: place?.next ?? undefined,
    place: place ? `${(place.index + 1).toLocaleString('en-US')} of ${place.total.toLocaleString('en-US')}` : undefined,
  }
}
