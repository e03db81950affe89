import type { RunSummary } from '@lossline/protocol'
import { useMemo } from 'react'
import type { ProjectAddress } from '../../api/queries.ts'
import { type MergedContents, mergeContents } from '../../view/media/merge-contents.ts'
import { offerCustomCharts } from '../../view/panels/custom-chart-panel.ts'
import { offerHistograms } from '../../view/panels/histogram-panel.ts'
import { offerMedia } from '../../view/panels/media-panel.ts'
import { offerTables } from '../../view/panels/table-panel.ts'
import type { OfferedPanel } from '../../view/workspace/sections.ts'
import { useRunContents } from '../media/use-run-contents.ts'
import { useStableList } from '../use-stable-list.ts'

/** What the runs have besides numbers, as far as it is known. */
export function useContents(address: ProjectAddress, runs: readonly RunSummary[]): MergedContents {
  const { answers } = useRunContents(address, runs)
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
