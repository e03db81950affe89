import { isRecord, type PipelineLike } from '../transformers-like.ts'

/** Samples a second of the sounds that a pipeline takes, where its processor tells. */
export function samplingRateOf({ processor }: PipelineLike): number | undefined {
  if (processor === null || processor === undefined || !('feature_extractor' in processor)) return undefined
  const { feature_extractor: extractor } = processor
  const config = isRecord(extractor) && isRecord(extractor.config) ? extractor.config : {}
  return typeof config.sampling_rate === 'number' ? config.sampling_rate : undefined
}
