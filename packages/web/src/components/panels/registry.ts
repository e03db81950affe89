import { type ComponentType, lazy } from 'react'
import { barPanel } from '../../view/panels/bar-panel.ts'
import { comparerPanel } from '../../view/panels/comparer-panel.ts'
import { customChartPanel } from '../../view/panels/custom-chart-panel.ts'
import { histogramPanel } from '../../view/panels/histogram-panel.ts'
import { importancePanel } from '../../view/panels/importance-panel.ts'
import { linePanel } from '../../view/panels/line-panel.ts'
import { markdownPanel } from '../../view/panels/markdown-panel.ts'
import { mediaPanel } from '../../view/panels/media-panel.ts'
import { parallelPanel } from '../../view/panels/parallel-panel.ts'
import { scalarPanel } from '../../view/panels/scalar-panel.ts'
import { scatterPanel } from '../../view/panels/scatter-panel.ts'
import { tablePanel } from '../../view/panels/table-panel.ts'
import { LinePanel } from './line-panel.tsx'
import type { PanelProps, PanelSettingsProps } from './panel-props.ts'

/** What draws a kind of panels, and what is asked about it in the settings beside title and axes. */
interface PanelComponents {
  // A component takes the config that the kind of its line parses.
  readonly Panel: ComponentType<PanelProps<never>>
  readonly Settings?: ComponentType<PanelSettingsProps>
}

/** Everything but line charts is loaded when it is first shown. */
const components: ReadonlyMap<string, PanelComponents> = new Map<string, PanelComponents>([
  [
    linePanel.kind,
    {
      Panel: LinePanel,
      Settings: lazy(async () => ({ default: (await import('./line-settings.tsx')).LineSettings })),
    },
  ],
  [
    scalarPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./scalar-panel.tsx')).ScalarPanel })),
      Settings: lazy(async () => ({ default: (await import('./number-settings.tsx')).NumberSettings })),
    },
  ],
  [
    barPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./bar-panel.tsx')).BarPanel })),
      Settings: lazy(async () => ({ default: (await import('./number-settings.tsx')).BarSettings })),
    },
  ],
  [
    scatterPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./scatter-panel.tsx')).ScatterPanel })),
      Settings: lazy(async () => ({ default: (await import('./scatter-settings.tsx')).ScatterSettings })),
    },
  ],
  [
    parallelPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./parallel-panel.tsx')).ParallelPanel })),
      Settings: lazy(async () => ({ default: (await import('./parallel-settings.tsx')).ParallelSettings })),
    },
  ],
  [
    importancePanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./importance-panel.tsx')).ImportancePanel })),
      Settings: lazy(async () => ({ default: (await import('./importance-settings.tsx')).ImportanceSettings })),
    },
  ],
  [
    comparerPanel.kind,
    { Panel: lazy(async () => ({ default: (await import('./comparer-panel.tsx')).ComparerPanel })) },
  ],
  [
    histogramPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./histogram-panel.tsx')).HistogramPanel })),
      Settings: lazy(async () => ({ default: (await import('./histogram-settings.tsx')).HistogramSettings })),
    },
  ],
  [
    mediaPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./media-panel.tsx')).MediaPanel })),
      Settings: lazy(async () => ({ default: (await import('./media-settings.tsx')).MediaSettings })),
    },
  ],
  [
    tablePanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./table-panel.tsx')).TablePanel })),
      Settings: lazy(async () => ({ default: (await import('./table-settings.tsx')).TableSettings })),
    },
  ],
  [
    markdownPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./markdown-panel.tsx')).MarkdownPanel })),
      Settings: lazy(async () => ({ default: (await import('./markdown-settings.tsx')).MarkdownSettings })),
    },
  ],
  [
    customChartPanel.kind,
    {
      Panel: lazy(async () => ({ default: (await import('./custom-chart-panel.tsx')).CustomChartPanel })),
      Settings: lazy(async () => ({ default: (await import('./custom-chart-settings.tsx')).CustomChartSettings })),
    },
  ],
])

/** Undefined for kinds that this page cannot draw. */
export function findPanelComponent(kind: string): ComponentType<PanelProps> | undefined {
  return components.get(kind)?.Panel as ComponentType<PanelProps> | undefined
}

/** Undefined for kinds that have nothing of their own to ask. */
export function findSettingsComponent(kind: string): ComponentType<PanelSettingsProps> | undefined {
  return components.get(kind)?.Settings
}
