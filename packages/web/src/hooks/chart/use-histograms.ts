import type { MediaKey, RunSummary } from '@lossline/protocol'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { histogramsQuery, mediaValueQuery } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { alignSeries, type HistogramSeries, rangeOf } from '../../view/chart/histogram-series.ts'
import { stepOf } from '../../view/media/media-steps.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import type { MediaOfRun } from '../media/use-media-of-runs.ts'
import { type QueryState, stateOfFirstAnswers } from '../query-state.ts'
import { useStableList } from '../use-stable-list.ts'

/** Histograms of a key of a run; of one step, or of many. */
export interface ShownHistograms extends HistogramSeries {
  readonly run: RunSummary
  /** As people wrote it. */
  readonly key: string
  readonly media: MediaKey
  /** The step that was asked for, which may be another than that of the histogram. */
  readonly asked: number | undefined
  /** The ends of the axis that all of them have. */
  readonly range: readonly [low: number, high: number]
}

/** Histograms over one axis of values: of runs over their steps, or each run's at a step (undefined: the newest), where it had one. */
export function useHistograms(
  address: ProjectAddress,
  all: readonly MediaOfRun[],
  which: 'over-steps' | { readonly step: number | undefined },
): QueryState & { readonly shown: readonly ShownHistograms[] } {
  const isOver = which === 'over-steps'
  const asked = isOver ? undefined : which.step
  const drawn = useMemo(
    () => (isOver ? all : all.filter(({ media }) => stepOf(media, asked) !== undefined)),
    [all, isOver, asked],
  )
  const over = useQueries({
    queries: (isOver ? drawn : []).map(({ run, media }) => ({
      ...histogramsQuery(runAddressOf(run.runId, address), media.key, media.steps.at(-1) ?? 0),
      placeholderData: keepPreviousData,
    })),
  })
  const single = useQueries({
    queries: (isOver ? [] : drawn).map(({ run, media }) => ({
      ...mediaValueQuery(runAddressOf(run.runId, address), media.key, stepOf(media, asked) ?? 0),
      placeholderData: keepPreviousData,
    })),
  })
  const overData = useStableList(over.map(({ data }) => data))
  const singleData = useStableList(single.map(({ data }) => data))
  const shown = useMemo(() => {
    const present = drawn.flatMap(({ run, media }, index) => {
      const value = singleData[index]?.value
      const series: HistogramSeries | undefined = isOver
        ? overData[index]
        : value?.kind === 'histogram'
          ? { steps: [singleData[index]!.step], edges: value.edges, counts: [value.counts] }
          : undefined
      return series === undefined ? [] : [{ run, media, series }]
    })
    const range = rangeOf(present.map(({ series }) => series.edges)) ?? [0, 1]
    // Bars keep the bins that were logged; columns beside each other need the same ones.
    const aligned = isOver ? alignSeries(present.map(({ series }) => series)) : present.map(({ series }) => series)
    return present.map(({ run, media }, index) => ({
      run,
      media,
      key: keyTitle(media.key),
      asked,
      range,
      ...aligned[index]!,
    }))
  }, [drawn, overData, singleData, isOver, asked])
  return { shown, ...stateOfFirstAnswers(isOver ? over : single) }
}
