import type { RunContentsResponse, RunSummary } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runContentsQuery } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { mergeContents } from '../../view/media/merge-contents.ts'
import { offerCustomCharts } from '../../view/panels/custom-chart-panel.ts'
import { offerHistograms } from '../../view/panels/histogram-panel.ts'
import { offerMedia } from '../../view/panels/media-panel.ts'
import { offerTables } from '../../view/panels/table-panel.ts'
import { keyPages } from '../../view/run/run-key.ts'
import { isActive } from '../../view/run/run-state.ts'
import type { OfferedPanel } from '../../view/workspace/sections.ts'
import { useStableList } from '../use-stable-list.ts'

/** As many runs as one question may be about. */
const pageSize = 50
/** How often runs that go on are asked anew. */
const liveIntervalMs = 5000

/** What the runs have besides numbers, as far as it is known. */
export function useContents(address: ProjectAddress, runs: readonly RunSummary[]): RunContentsResponse {
  const active = new Set(runs.flatMap(({ runId, state }) => (isActive(state) ? [runId] : [])))
  const pages = keyPages(
    runs.map(({ runId }) => runId),
    address,
    pageSize,
  )
  const answers = useQueries({
    queries: pages.map(({ at, runIds, keys }) => ({
      ...runContentsQuery(at, runIds),
      placeholderData: keepPreviousData<RunContentsResponse>,
      refetchInterval: keys.some((key) => active.has(key)) ? liveIntervalMs : (false as const),
    })),
  })
  const found = useStableList(answers.flatMap(({ data }) => data ?? []))
  return useMemo(() => mergeContents(found), [found])
}

/** Panels that come by themselves for what the runs have besides numbers. */
export function useOfferedPanels(address: ProjectAddress, runs: readonly RunSummary[]): readonly OfferedPanel[] {
  const { media, charts } = useContents(address, runs)
  // That there is nothing is the most common answer, and changes nothing.
  return useStableList(
    useMemo(() => {
      const chartTables = new Set(charts.flatMap(({ tableKey }) => tableKey ?? []))
      return [
        ...offerTables(media, chartTables),
        ...offerMedia(media),
        ...offerHistograms(media),
        ...offerCustomCharts(charts),
      ]
    }, [media, charts]),
  )
}
