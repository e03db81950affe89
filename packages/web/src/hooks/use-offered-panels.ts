import type { RunSummary } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runContentsQuery } from '../api/media-queries.ts'
import type { ProjectAddress } from '../api/queries.ts'
import { offerCustomCharts } from '../view/panels/custom-chart-panel.ts'
import { offerMedia } from '../view/panels/media-panel.ts'
import { offerTables } from '../view/panels/table-panel.ts'
import { isActive } from '../view/run-state.ts'
import type { OfferedPanel } from '../view/sections.ts'

/** Of more runs, only the first are asked what they have besides numbers. */
const runCountMax = 50
/** How often runs that go on are asked anew. */
const liveIntervalMs = 5000

/** Panels that come by themselves for what the runs have besides numbers. */
export function useOfferedPanels(address: ProjectAddress, runs: readonly RunSummary[]): readonly OfferedPanel[] {
  const asked = runs.slice(0, runCountMax)
  const runIds = asked.map(({ runId }) => runId)
  const { data } = useQuery({
    ...runContentsQuery(address, runIds),
    enabled: runIds.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: asked.some(({ state }) => isActive(state)) ? liveIntervalMs : false,
  })
  return useMemo(() => {
    if (data === undefined) return noPanels
    const chartTables = new Set(data.charts.flatMap(({ tableKey }) => tableKey ?? []))
    return [...offerTables(data.media, chartTables), ...offerMedia(data.media), ...offerCustomCharts(data.charts)]
  }, [data])
}

const noPanels: readonly OfferedPanel[] = []
