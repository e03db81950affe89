import { countBins, type JsonObject } from '@lossline/protocol'
import type { HistogramSnapshot } from './media-snapshot.ts'

/** Counts the numbers of a histogram. */
export function histogramToJson({ content, binCount }: HistogramSnapshot): JsonObject {
  const bins = countBins(content.data, binCount)
  // The histogram was refused on the training thread if there is no finite number.
  return { _type: 'histogram', values: bins?.counts ?? [], bins: bins?.edges ?? [] }
}
