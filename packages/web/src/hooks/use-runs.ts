import type { RunSummary, RunWithValues } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { type ProjectAddress, type RunsList, type RunsPageSize, runQuery, runsQuery } from '../api/queries.ts'
import { isRunVisible, type RunSelection } from '../view/run-selection.ts'
import { useStableList } from './use-stable-list.ts'

/** A project's runs, as far as anybody has looked. */
export interface RunsState {
  /** Runs that match the filter; undefined until the first answer. */
  readonly total: number | undefined
  /** By place in the list; undefined where not loaded yet. */
  readonly runs: readonly (RunWithValues | undefined)[]
  /** Runs to draw, in list order; then those asked for by id that the list does not reach. */
  readonly visibleRuns: readonly RunSummary[]
  readonly error: Error | null
  readonly retry: () => void
  /** Says that these places are on screen. */
  readonly ensure: (first: number, last: number) => void
}

/** Loads pages of the list: what is on screen, and what the selection draws. */
export function useRuns(address: ProjectAddress, list: RunsList, selection: RunSelection): RunsState {
  const [lastSeen, setLastSeen] = useState(0)
  const [total, setTotal] = useState<number>()
  const pageSize = pageSizeOf(selection)
  const pages = useQueries({
    queries: pagesOf(selection, lastSeen, total, pageSize).map((page) => ({
      ...runsQuery(address, list, page, pageSize),
      placeholderData: keepPreviousData<Awaited<ReturnType<NonNullable<ReturnType<typeof runsQuery>['queryFn']>>>>,
    })),
  })
  const latestTotal = pages[0]?.data?.total
  if (latestTotal !== undefined && latestTotal !== total) setTotal(latestTotal)

  const pageData = useStableList(pages.map((page) => page.data))
  const runs = useMemo(
    () => pageData.flatMap((data, page) => data?.runs ?? blank(page, latestTotal ?? 0, pageSize)),
    [pageData, latestTotal, pageSize],
  )
  const strays = useStrayRuns(address, selection, runs)
  const visibleRuns = useMemo(() => {
    const listed = runs.filter(
      (run, index): run is RunWithValues => run !== undefined && isRunVisible(selection, run.runId, index),
    )
    return [...listed, ...strays]
  }, [runs, selection, strays])
  const ensure = useCallback((_first: number, last: number) => {
    setLastSeen((seen) => Math.max(seen, last))
  }, [])
  return {
    total: latestTotal,
    runs,
    visibleRuns,
    error: pages.find((page) => page.error && !page.data)?.error ?? null,
    retry: () => pages.forEach((page) => void (page.error && page.refetch())),
    ensure,
  }
}

/** One big page is one answer to wait for and one request for series after it, where five small ones would be five. */
function pageSizeOf({ base }: RunSelection): RunsPageSize {
  return base.kind === 'all' || (base.kind === 'first' && base.count > 200) ? 1000 : 200
}

/** Pages from the first on: offsets of later pages only make sense when nothing is missing before them. */
function pagesOf(
  { base }: RunSelection,
  lastSeen: number,
  total: number | undefined,
  pageSize: RunsPageSize,
): readonly number[] {
  const lastPage = Math.max(0, Math.ceil((total ?? 1) / pageSize) - 1)
  const drawnCount = base.kind === 'all' ? (total ?? 1) : base.kind === 'first' ? base.count : 1
  const wanted = Math.floor(Math.max(lastSeen, drawnCount - 1) / pageSize)
  return Array.from({ length: Math.min(lastPage, wanted) + 1 }, (_, page) => page)
}

function blank(page: number, total: number, pageSize: RunsPageSize): readonly undefined[] {
  return Array.from({ length: Math.max(0, Math.min(pageSize, total - page * pageSize)) }, () => undefined)
}

/** Runs that the address names but the loaded pages do not hold. */
function useStrayRuns(
  address: ProjectAddress,
  selection: RunSelection,
  runs: readonly (RunSummary | undefined)[],
): readonly RunSummary[] {
  const missing = useMemo(() => {
    if (runs.length === 0) return []
    const loaded = new Set(runs.map((run) => run?.runId))
    return selection.shown.filter((id) => !loaded.has(id) && !selection.hidden.includes(id))
  }, [runs, selection])
  const queries = useQueries({ queries: missing.map((runId) => runQuery(address, runId)) })
  return useStableList(queries.flatMap((query) => query.data?.run ?? []))
}
