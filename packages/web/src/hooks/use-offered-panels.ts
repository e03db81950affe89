import type { RunSummary } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { customChartsQuery } from '../api/media-queries.ts'
import type { ProjectAddress } from '../api/queries.ts'
import { offerCustomCharts } from '../view/panels/custom-chart-panel.ts'
import type { OfferedPanel } from '../view/sections.ts'

/** Of more runs, only the first are asked what they have besides numbers. */
const runCountMax = 20

/** Panels that come by themselves for what the runs have besides numbers. */
export function useOfferedPanels(address: ProjectAddress, runs: readonly RunSummary[]): readonly OfferedPanel[] {
  return useQueries({
    queries: runs.slice(0, runCountMax).map(({ runId }) => customChartsQuery({ ...address, runId })),
    combine: combineCharts,
  })
}

function combineCharts(
  answers: readonly {
    readonly data?: { readonly charts: Parameters<typeof offerCustomCharts>[0][number] } | undefined
  }[],
): readonly OfferedPanel[] {
  return offerCustomCharts(answers.flatMap(({ data }) => (data ? [data.charts] : [])))
}
