import type { PanelKind } from '../panels/panel-kind.ts'
import { createPanelId } from './panel-id.ts'
import { createPanel, type WorkspacePanel } from './workspace.ts'

/** Panels of a kind for metrics that somebody chose: one for all of them, or one for each. */
export function createPanels(
  kind: PanelKind,
  metrics: readonly string[],
  isTogether: boolean,
): readonly WorkspacePanel[] {
  const groups = isTogether || kind.needs === 'nothing' ? [metrics] : metrics.map((metric) => [metric])
  return groups.map((group) => createPanel(createPanelId(), kind.kind, kind.create(group)))
}
