import type { ContentKey, RunContentsResponse } from '@lossline/protocol'

/** What runs have besides numbers, whichever of them have it. */
export interface MergedContents {
  readonly media: readonly OfferedContent[]
  readonly charts: RunContentsResponse['charts']
}
/** A key under which some runs have media or tables. */
export interface OfferedContent extends Pick<ContentKey, 'key' | 'kind'> {
  readonly runCount: number
}

/** What several lists of runs have besides numbers, as if they were one: each key once, as the first run that has it says. */
export function mergeContents(parts: readonly RunContentsResponse[]): MergedContents {
  const charts = new Map<string, RunContentsResponse['charts'][number]>()
  for (const chart of parts.flatMap((part) => part.charts)) {
    const known = charts.get(chart.key)
    charts.set(chart.key, known ? { ...known, runCount: known.runCount + chart.runCount } : chart)
  }
  const media = new Map<string, OfferedContent>()
  for (const { key, kind, runIds } of parts.flatMap((part) => part.media)) {
    const known = media.get(key) ?? { key, kind, runCount: 0 }
    media.set(key, { ...known, runCount: known.runCount + runIds.length })
  }
  return { media: [...media.values()], charts: [...charts.values()] }
}
