import type { OpenRunWriterOptions } from '@lossline/journal'
import type { Settings } from '../settings/settings.ts'

/** Which system metrics the writer of a run records. */
export function toSystemMetrics(settings: Settings): Pick<OpenRunWriterOptions, 'systemMetrics'> {
  if (settings.disableSystemMetrics) return {}
  const { systemMetricsIntervalMs: intervalMs, systemMetricsDiskPaths: diskPaths } = settings
  return {
    systemMetrics: {
      ...(intervalMs === undefined ? {} : { intervalMs }),
      ...(diskPaths === undefined ? {} : { diskPaths }),
    },
  }
}
