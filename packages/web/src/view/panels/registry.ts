import type { JsonObject } from '../workspace/json.ts'
import { barPanel } from './bar-panel.ts'
import { comparerPanel } from './comparer-panel.ts'
import { customChartPanel } from './custom-chart-panel.ts'
import { histogramPanel } from './histogram-panel.ts'
import { importancePanel } from './importance-panel.ts'
import { linePanel } from './line-panel.ts'
import { markdownPanel } from './markdown-panel.ts'
import { mediaPanel } from './media-panel.ts'
import type { PanelKind } from './panel-kind.ts'
import { parallelPanel } from './parallel-panel.ts'
import { scalarPanel } from './scalar-panel.ts'
import { scatterPanel } from './scatter-panel.ts'
import { tablePanel } from './table-panel.ts'

/** Every kind of panels, in the order in which they are offered. A new one is a line here and one in `components/panels/registry.ts`. */
export const panelKinds: readonly PanelKind[] = [
  linePanel,
  scalarPanel,
  barPanel,
  scatterPanel,
  parallelPanel,
  importancePanel,
  comparerPanel,
  histogramPanel,
  mediaPanel,
  tablePanel,
  markdownPanel,
  customChartPanel,
]

const byKind: ReadonlyMap<string, PanelKind> = new Map(panelKinds.map((kind) => [kind.kind, kind]))

/** Undefined for kinds that this page cannot draw. */
export function findPanelKind(kind: string): PanelKind | undefined {
  return byKind.get(kind)
}

/** What a panel is called. */
export function panelTitle({ kind, config }: { readonly kind: string; readonly config: JsonObject }): string {
  const known = findPanelKind(kind)
  return known ? known.titleOf(known.parse(config)) : kind || 'Panel'
}

/** Names of the metrics that a panel shows. */
export function panelMetrics({
  kind,
  config,
}: {
  readonly kind: string
  readonly config: JsonObject
}): readonly string[] {
  const known = findPanelKind(kind)
  return known ? known.metricsOf(known.parse(config)) : []
}
