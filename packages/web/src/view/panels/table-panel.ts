import type { OfferedContent } from '../media/merge-contents.ts'
import { readTableState, type TableState, writeTableState } from '../tables/table-state.ts'
import { isObject, type Json, type JsonObject, objectAt, textAt, withKeys, withObject } from '../workspace/json.ts'
import { ownKey } from '../workspace/panel-settings.ts'
import { keyTitle, type OfferedPanel, offeredSections } from '../workspace/sections.ts'
import type { PanelKind } from './panel-kind.ts'

/** A table that runs have logged. */
export interface TableConfig {
  readonly title: string | undefined
  /** As people wrote it; undefined: a panel of W&B's that asks for something else. */
  readonly key: string | undefined
  /** The run whose table is shown; undefined: the first one that has it. */
  readonly runId: string | undefined
  readonly mode: TableMode
  /** The column by which tables stand side by side; undefined: one that looks like it. */
  readonly joinColumn: string | undefined
  /** How the table is looked at. */
  readonly view: TableState
}

/** How the tables of several runs are shown: one of them; behind each other; side by side by a column; each in a grid of its own. */
export type TableMode = 'one' | 'concat' | 'compare' | 'separate'
const modes: readonly string[] = ['one', 'concat', 'compare', 'separate'] satisfies readonly TableMode[]

/** W&B's panels of this kind hold an expression; of those this page knows the one that picks a table of the summary. */
export const tablePanel: PanelKind<TableConfig> = {
  kind: 'Weave',
  title: 'Table',
  description: 'Rows of a table that runs have logged',
  needs: 'tables',
  parse: (config) => {
    const own = objectAt(config, ownKey)
    const mode = textAt(own, 'tableMode') ?? ''
    return {
      title: textAt(config, 'chartTitle') || undefined,
      key: textAt(own, 'tableKey') ?? findPickedKey(config.panel2Config),
      runId: textAt(own, 'tableRun'),
      mode: modes.includes(mode) ? (mode as TableMode) : 'one',
      joinColumn: textAt(own, 'tableJoin'),
      view: readTableState(objectAt(own, 'tableView')),
    }
  },
  titleOf: ({ title, key }) => title ?? key ?? 'Table',
  metricsOf: () => [],
  create: ([key]) => (key === undefined ? {} : withTableKey({}, key)),
}

/** The JSON with another table. */
export function withTableKey(config: JsonObject, key: string): JsonObject {
  return withObject(config, ownKey, (own) => ({ ...own, tableKey: key }))
}

/** The JSON with another way to look at the table. What is as it comes by itself is not kept. */
export function withTableChoice(
  config: JsonObject,
  choice: Partial<Pick<TableConfig, 'runId' | 'mode' | 'joinColumn' | 'view'>>,
): JsonObject {
  return withObject(config, ownKey, (own) =>
    withKeys(own, {
      ...('runId' in choice && { tableRun: choice.runId }),
      ...(choice.mode !== undefined && { tableMode: choice.mode === 'one' ? undefined : choice.mode }),
      ...('joinColumn' in choice && { tableJoin: choice.joinColumn }),
      ...(choice.view !== undefined && { tableView: writeTableState(choice.view) }),
    }),
  )
}

/** Panels for the tables that runs have logged; those that custom charts are drawn from are left to them. */
export function offerTables(
  media: readonly OfferedContent[],
  chartTables: ReadonlySet<string>,
): readonly OfferedPanel[] {
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
