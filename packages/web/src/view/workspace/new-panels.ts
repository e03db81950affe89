import { barPanel } from '../panels/bar-panel.ts'
import { histogramPanel } from '../panels/histogram-panel.ts'
import { linePanel } from '../panels/line-panel.ts'
import { readLineSources } from '../panels/line-source.ts'
import { mediaPanel } from '../panels/media-panel.ts'
import type { PanelKind } from '../panels/panel-kind.ts'
import { tablePanel } from '../panels/table-panel.ts'
import type { DataKey } from './data-keys.ts'
import type { JsonObject } from './json.ts'
import { createPanelId } from './panel-id.ts'
import { createPanel, type WorkspacePanel } from './workspace.ts'

/**
 * Panels for keys that somebody chose: one for all of them, or one for each. A table is always alone.
 *
 * @param kind - Undefined: what suits each key best, and one panel for all of a kind.
 */
export function createPanels(
  kind: PanelKind | undefined,
  keys: readonly DataKey[],
  isTogether: boolean,
): readonly WorkspacePanel[] {
  if (kind === undefined) {
    return [...Map.groupBy(keys, bestKind)].flatMap(([best, members]) => createPanels(best, members, isTogether))
  }
  const names = keys.map(({ name }) => name)
  const isOne = kind.needs === 'nothing' || (isTogether && kind.needs !== 'tables')
  const groups = isOne ? [names] : names.map((name) => [name])
  return groups.map((group) => createPanel(createPanelId(), kind.kind, kind.create(group)))
}

/** A line chart of what somebody said of its lines; none while that is nothing. */
export function createLinePanel(source: JsonObject): readonly WorkspacePanel[] {
  if (readLineSources(source).origin === 'metrics') return []
  return [createPanel(createPanelId(), linePanel.kind, { ...linePanel.create([]), ...source })]
}

function bestKind({ is, isSingle }: DataKey): PanelKind {
  switch (is) {
    case 'metrics':
      return isSingle ? barPanel : linePanel
    case 'histograms':
      return histogramPanel
    case 'media':
      return mediaPanel
    case 'tables':
      return tablePanel
  }
}
