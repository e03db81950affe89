import type { RunSummary, RunsQueryResponse, RunWithValues } from '@lossline/protocol'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { type ProjectAddress, runsQuery } from '../../api/queries.ts'
import { groupValue } from '../../view/panels/run-groups.ts'
import { splitByPins } from '../../view/runs/pinned-runs.ts'
import { pageSizeOf, type RunsList, type RunsPageSize } from '../../view/runs/run-pages.ts'
import { isRunVisible, type RunSelection, type ValueOf } from '../../view/runs/run-selection.ts'
import { drawnLists, strayLists, strayRunIds } from '../../view/runs/stray-runs.ts'
import { useStableList } from '../use-stable-list.ts'

/** A project's runs, as far as anybody has looked. */
export interface RunsState {
  /** Runs that match the filter; undefined until the first answer. */
  readonly total: number | undefined
  /** By place in the list; undefined where not loaded yet. */
  readonly runs: readonly (RunWithValues | undefined)[]
  /** So many of the first ones are pinned. */
  readonly pinnedCount: number
  /** Keys of what each run has as `values`. */
  readonly columns: readonly string[]
  /** Names what is asked for: of which runs, in which order. */
  readonly listId: string
  /** False while the runs are those that were asked for before. */
  readonly isSettled: boolean
  /** A filter leaves some out. */
  readonly isFiltered: boolean
  /** Runs to draw, in list order; then those chosen one by one that match too and are further down than anybody has looked. */
  readonly visibleRuns: readonly RunWithValues[]
  readonly error: Error | null
  readonly retry: () => void
  /** Says that these places are on screen. */
  readonly ensure: (first: number, last: number) => void
}

/**
 * Loads pages of the list: what is on screen, and what the selection draws.
 *
 * @param options.pins - Ids of runs that come first whatever the order is.
 * @param options.of - What the list is of: while that of another one is loaded, the runs of the one before are not shown.
 * @param options.query - What the filter was made of. Default: the filter, in which times may go on by themselves.
 */
export function useRuns(
  address: ProjectAddress,
  list: RunsList,
  selection: RunSelection,
  options: { readonly pins?: readonly string[]; readonly of?: string; readonly query?: string | undefined } = {},
): RunsState {
  const { pins = noPins, of = '', query } = options
  const [pinnedList, otherList] = useMemo(() => splitByPins(list, pins), [list, pins])
  const pinnedPage = useQuery({
    ...runsQuery(address, pinnedList, 0, 200),
    enabled: pins.length > 0,
    ...untilLoaded(of),
  })
  const pinned = (pins.length > 0 ? pinnedPage.data?.runs : undefined) ?? noRuns
  const [lastSeen, setLastSeen] = useState(0)
  const [total, setTotal] = useState<number>()
  const pageSize = pageSizeOf(selection)
  const pages = useQueries({
    queries: pagesOf(selection, lastSeen, total, pageSize).map((page) => ({
      ...runsQuery(address, otherList, page, pageSize),
      ...untilLoaded(of),
    })),
  })
  const latestTotal = pages[0]?.data?.total
  if (latestTotal !== undefined && latestTotal !== total) setTotal(latestTotal)

  const pageData = useStableList(pages.map((page) => page.data))
  const runs = useMemo(() => {
    // An answer from before a run was pinned has it still among the others.
    const pinnedIds = new Set(pinned.map(({ runId }) => runId))
    const others = pageData.flatMap((data, page) => data?.runs ?? blank(page, latestTotal ?? 0, pageSize))
    return [...pinned, ...others.map((run) => (run && pinnedIds.has(run.runId) ? undefined : run))]
  }, [pinned, pageData, latestTotal, pageSize])
  const valuesOf = useMemo(() => valueReader(list.columns ?? noColumns), [list.columns])
  const strays = useStrayRuns(address, list, { selection, valuesOf, runs, total: (latestTotal ?? 0) + pinned.length })
  const visibleRuns = useMemo(() => {
    const listed = runs.filter(
      (run, index): run is RunWithValues => run !== undefined && isRunVisible(selection, run, index, valuesOf(run)),
    )
    return [...listed, ...strays]
  }, [runs, selection, strays, valuesOf])
  const ensure = useCallback((_first: number, last: number) => {
    // Rows go by at every turn of a wheel. Only a new page is news, and those of either size begin at a multiple of this.
    setLastSeen((seen) => Math.max(seen, last - (last % smallPageSize)))
  }, [])
  const { filter, sort } = list
  const listId = useMemo(
    () => JSON.stringify([address, query ?? filter, sort, pins, of]),
    [address, query, filter, sort, pins, of],
  )
  const isBefore = [pinnedPage, ...pages].some((page) => page.isPlaceholderData)
  return {
    columns: list.columns ?? noColumns,
    listId,
    isSettled: !isBefore,
    isFiltered: filter !== undefined,
    total: latestTotal === undefined ? undefined : latestTotal + pinned.length,
    runs,
    pinnedCount: pinned.length,
    visibleRuns,
    error: [pinnedPage, ...pages].find((page) => page.error && !page.data)?.error ?? null,
    retry: () => [pinnedPage, ...pages].forEach((page) => void (page.error && page.refetch())),
    ensure,
  }
}

function valueReader(columns: readonly string[]): (run: RunWithValues) => ValueOf {
  const places = new Map(columns.map((key, place) => [key, place]))
  return (run) => (key) => {
    const place = places.get(key)
    return place === undefined ? undefined : groupValue(key, run.values[place])
  }
}

/** Shows what was there before until an answer comes, where it was of the same. */
function untilLoaded(of: string): {
  readonly meta: { readonly of: string }
  readonly placeholderData: (
    before: RunsQueryResponse | undefined,
    query: { readonly meta: Readonly<Record<string, unknown>> | undefined } | undefined,
  ) => RunsQueryResponse | undefined
} {
  return { meta: { of }, placeholderData: (before, query) => (query?.meta?.of === of ? before : undefined) }
}

const noPins: readonly never[] = []
const noRuns: readonly never[] = []
const noColumns: readonly string[] = []
const smallPageSize = 200
const largePageSize = 1000

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

/** Runs of the list that are drawn but that the loaded pages do not hold. */
function useStrayRuns(
  address: ProjectAddress,
  list: RunsList,
  {
    selection,
    valuesOf,
    runs,
    total,
  }: {
    readonly selection: RunSelection
    readonly valuesOf: (run: RunWithValues) => ValueOf
    readonly runs: readonly (RunSummary | undefined)[]
    readonly total: number
  },
): readonly RunWithValues[] {
  const missing = useMemo(() => strayRunIds(selection, runs, total), [runs, selection, total])
  const isWhole = runs.length >= total && !runs.includes(undefined)
  const lists = useMemo(
    () => [...(isWhole ? [] : drawnLists(list, selection)), ...strayLists(list, missing, smallPageSize)],
    [list, missing, selection, isWhole],
  )
  // A group with more runs than that says how many of them are drawn.
  const queries = useQueries({ queries: lists.map((one) => runsQuery(address, one, 0, largePageSize)) })
  const found = useStableList(queries.flatMap((query) => query.data?.runs ?? []))
  return useMemo(() => {
    const loaded = new Set(runs.flatMap((run) => run?.runId ?? []))
    const others = new Map(found.filter(({ runId }) => !loaded.has(runId)).map((run) => [run.runId, run]))
    const isDrawn = (run: RunWithValues): boolean =>
      isRunVisible(selection, run, Number.POSITIVE_INFINITY, valuesOf(run))
    return [...others.values()].filter(isDrawn)
  }, [runs, found, selection, valuesOf])
}
