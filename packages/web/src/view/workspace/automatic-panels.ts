import { type JsonObject, textsAt } from './json.ts'
import { keyTitle, type PanelInfo } from './sections.ts'
import type { WorkspacePanel } from './workspace.ts'

/** W&B's word for line charts. */
export const lineKind = 'Run History Line Plot'

/** The id of the panel that comes by itself for a metric. */
export function automaticId({ panelId }: Pick<PanelInfo, 'panelId'>): string {
  return `auto:line:${panelId}`
}

/** What such a panel says in W&B's words. */
export function automaticConfig(info: PanelInfo): JsonObject {
  return { metrics: [metricName(info)] }
}

/** A metric as W&B's panels name it: as people wrote it, and those of the machine under `system/`. */
export function metricName({ key, stream }: Pick<PanelInfo, 'key' | 'stream'>): string {
  const title = keyTitle(key)
  return stream === 'events' ? `system/${title.replace(/^system\./, '')}` : title
}

/** Metrics by the names that panels have for them. */
export type MetricsByName = ReadonlyMap<string, PanelInfo>

export function byMetricName(infos: readonly PanelInfo[]): MetricsByName {
  return new Map(infos.map((info) => [metricName(info), info]))
}

/**
 * Which panel that comes by itself a panel of a workspace stands for. One that a program made (W&B's library does) for a single
 * metric stands for it too; one that somebody made as another view of a metric does not.
 */
export function standsFor(panel: WorkspacePanel, metrics: MetricsByName): string | undefined {
  if (panel.id.startsWith('auto:')) return panel.id
  const isChanged = (panel.source as JsonObject | undefined)?.isAuto === false || panel.source === undefined
  if (panel.kind !== lineKind || isChanged || hasOther(panel.config)) return undefined
  const names = textsAt(panel.config, 'metrics')
  const info = names.length === 1 ? metrics.get(names[0]!) : undefined
  return info && automaticId(info)
}

function hasOther(config: JsonObject): boolean {
  return config.expressions !== undefined || config.useMetricRegex === true
}
