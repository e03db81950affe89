import { decodeSeriesFrame, type SeriesX } from '@lossline/protocol'
import { queryOptions } from '@tanstack/react-query'
import { elementYs } from '../chart/chart-line.ts'
import { callForBytes } from './client.ts'
import type { RunAddress } from './media-queries.ts'

/** When a run logged what it has at an x, in seconds since 1970; null: its rows do not say. */
export function wallTimeQuery(
  { entity, project, runId }: RunAddress,
  { stream, x, at }: { readonly stream: 'history' | 'events'; readonly x: SeriesX; readonly at: number },
) {
  return queryOptions({
    queryKey: ['wall-time', entity, project, runId, stream, x, at],
    staleTime: Number.POSITIVE_INFINITY,
    // One for each place that somebody looked at.
    gcTime: 60_000,
    queryFn: async ({ signal }): Promise<number | null> => {
      const bytes = await callForBytes('POST /api/series', {
        body: { entity, project, runIds: [runId], key: '_timestamp', stream, x, range: [at, at], buckets: 16 },
        signal,
      })
      const [series] = decodeSeriesFrame(bytes).series
      return (series && elementYs(series).at(-1)) ?? null
    },
  })
}
