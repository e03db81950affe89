import type { ComponentType } from 'react'
import { linePanel } from '../../view/panels/line-panel.ts'
import { LinePanel } from './line-panel.tsx'
import type { PanelProps } from './panel-props.ts'

// A component takes the config that the kind of its line parses.
type AnyPanel = ComponentType<PanelProps<never>>

/** What draws each kind. Everything but line charts is loaded when it is first shown. */
const components: ReadonlyMap<string, AnyPanel> = new Map<string, AnyPanel>([[linePanel.kind, LinePanel]])

/** Undefined for kinds that this page cannot draw. */
export function findPanelComponent(kind: string): ComponentType<PanelProps> | undefined {
  return components.get(kind) as ComponentType<PanelProps> | undefined
}
