import type { MetricInfo } from '@lossline/protocol'
import { keyTitle } from '../workspace/sections.ts'

/** Devices that are looked at; more would cost a request each. */
const deviceCountMax = 8

/** Keys of how busy GPUs are, 0 to 100, one for each device. */
export function gpuUseKeys(metrics: readonly Pick<MetricInfo, 'key' | 'stream' | 'kind'>[]): readonly string[] {
  return metrics
    .filter(({ key, stream, kind }) => {
      return stream === 'events' && kind !== 'other' && /^(?:system[./])?gpu\.\d+\.gpu$/.test(keyTitle(key))
    })
    .map(({ key }) => key)
    .slice(0, deviceCountMax)
}

/** Mean of the last readings of devices, in whole per cent; undefined without any. @param readings - Null where a run has none. */
export function meanUse(readings: readonly (number | null | undefined)[]): number | undefined {
  const known = readings.filter((reading): reading is number => typeof reading === 'number' && Number.isFinite(reading))
  return known.length === 0 ? undefined : Math.round(known.reduce((sum, one) => sum + one, 0) / known.length)
}
