import { type ComponentType, lazy } from 'react'
import { customChartPanel } from '../../view/panels/custom-chart-panel.ts'
import { linePanel } from '../../view/panels/line-panel.ts'
import { LinePanel } from './line-panel.tsx'
import type { PanelProps, PanelSettingsProps } from './panel-props.ts'

/** What draws a kind of panels, and what is asked about it in the settings beside title and axes. */
interface PanelComponents {
  // A component takes the config that the kind of its line parses.
  readonly Panel: ComponentType<PanelProps<never>>
  readonly Settings?: ComponentType<PanelSettingsProps>
}

const CustomChartPanel = lazy(() =>
  import('./custom-chart-panel.tsx').then((module) => ({ default: module.CustomChartPanel })),
)
const CustomChartSettings = lazy(() =>
  import('./custom-chart-settings.tsx').then((module) => ({ default: module.CustomChartSettings })),
)

/** Everything but line charts is loaded when it is first shown. */
const components: ReadonlyMap<string, PanelComponents> = new Map<string, PanelComponents>([
  [linePanel.kind, { Panel: LinePanel }],
  [customChartPanel.kind, { Panel: CustomChartPanel, Settings: CustomChartSettings }],
])

/** Undefined for kinds that this page cannot draw. */
export function findPanelComponent(kind: string): ComponentType<PanelProps> | undefined {
  return components.get(kind)?.Panel as ComponentType<PanelProps> | undefined
}

/** Undefined for kinds that have nothing of their own to ask. */
export function findSettingsComponent(kind: string): ComponentType<PanelSettingsProps> | undefined {
  return components.get(kind)?.Settings
}
