import type { OpenRunWriterOptions } from '@lossline/journal'
import type { Settings } from '../settings/settings.ts'

/**
 * Which system metrics the writer of a run records.
 *
 * @param sharedLabel - Name of the process among those that write a shared run.
 */
export function toSystemMetrics(
  settings: Settings,
  sharedLabel: string | undefined,
): Pick<OpenRunWriterOptions, 'systemMetrics'> {
  if (settings.disableSystemMetrics) return {}
  const { systemMetricsIntervalMs: intervalMs, systemMetricsDiskPaths: diskPaths } = settings
  const label = sharedLabel ?? settings.label
  return {
    systemMetrics: {
      ...(intervalMs === undefined ? {} : { intervalMs }),
      ...(diskPaths === undefined ? {} : { diskPaths }),
      ...(label === undefined ? {} : { label }),
    },
  }
}
