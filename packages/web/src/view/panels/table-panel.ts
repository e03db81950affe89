import type { ContentKey } from '@lossline/protocol'
import { keyTitle, type OfferedPanel, offeredSections } from '../sections.ts'
import { isObject, type Json, type JsonObject, objectAt, textAt, withObject } from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import type { PanelKind } from './panel-kind.ts'

/** A table that runs have logged. */
export interface TableConfig {
  readonly title: string | undefined
  /** As people wrote it; undefined: a panel of W&B's that asks for something else. */
  readonly key: string | undefined
}

/** W&B's panels of this kind hold an expression; of those this page knows the one that picks a table of the summary. */
export const tablePanel: PanelKind<TableConfig> = {
  kind: 'Weave',
  title: 'Table',
  description: 'Rows of a table that runs have logged',
  needs: 'nothing',
  parse: (config) => ({
    title: textAt(config, 'chartTitle') || undefined,
    key: textAt(objectAt(config, ownKey), 'tableKey') ?? findPickedKey(config.panel2Config),
  }),
  titleOf: ({ title, key }) => title ?? key ?? 'Table',
  metricsOf: () => [],
  create: () => ({}),
}

/** The JSON with another table. */
export function withTableKey(config: JsonObject, key: string): JsonObject {
  return withObject(config, ownKey, (own) => ({ ...own, tableKey: key }))
}

/** Panels for the tables that runs have logged; those that custom charts are drawn from are left to them. */
export function offerTables(media: readonly ContentKey[], chartTables: ReadonlySet<string>): readonly OfferedPanel[] {
  return media
    .filter(({ kind, key }) => kind === 'table' && !chartTables.has(key))
    .map(({ key, runCount }) => ({
      id: `auto:table:${key}`,
      kind: tablePanel.kind,
      config: { [ownKey]: { tableKey: keyTitle(key) } },
      title: keyTitle(key),
      sectionName: offeredSections.tables,
      runCount,
    }))
}

/** The key of `run.summary["key"]`, deep in the expression. */
function findPickedKey(value: Json | undefined): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = findPickedKey(item)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isObject(value)) return undefined
  if (value.name === 'pick') {
    const key = objectAt(objectAt(value, 'inputs'), 'key')
    if (key.nodeType === 'const' && typeof key.val === 'string') return key.val
  }
  for (const member of Object.values(value)) {
    const found = findPickedKey(member)
    if (found !== undefined) return found
  }
  return undefined
}
