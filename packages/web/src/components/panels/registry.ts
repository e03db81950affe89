import type { ComponentType } from 'react'
import { linePanel } from '../../view/panels/line-panel.ts'
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
  [linePanel.kind, { Panel: LinePanel }],
])

/** Undefined for kinds that this page cannot draw. */
export function findPanelComponent(kind: string): ComponentType<PanelProps> | undefined {
  return components.get(kind)?.Panel as ComponentType<PanelProps> | undefined
}

/** Undefined for kinds that have nothing of their own to ask. */
export function findSettingsComponent(kind: string): ComponentType<PanelSettingsProps> | undefined {
  return components.get(kind)?.Settings
}
