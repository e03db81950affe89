import {
  encodeKeyPath,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  unwrapConfig,
} from '@lossline/protocol'
import type { Connection } from '../connection.ts'
import type { KeyDictionary } from '../key-dictionary.ts'
import { type Cell, isSameCell, toCell } from './cells.ts'

/** The two trees of a run whose values are indexed. */
export type ValueSource = 'config' | 'summary'

/** A source's number in the tables. */
export const sourceIds: { readonly [S in ValueSource]: number } = { config: 0, summary: 1 }

/** A tree of a run, before and after a change. */
export interface TreeChange {
  readonly run: number
  readonly projectId: number
  readonly source: ValueSource
  readonly before: string
  readonly after: string
}

/** Brings table `run_value` up to date; only values that differ are written. Within a transaction. */
export function indexValues(connection: Connection, keys: KeyDictionary, change: TreeChange): void {
  const { run, projectId, source } = change
  const before = toCells(source, change.before)
  const after = toCells(source, change.after)
  for (const [path, cell] of after) {
    const known = before.get(path)
    before.delete(path)
    if (known !== undefined && isSameCell(known, cell)) continue
    connection.run(
      `INSERT INTO run_value (source, run, key, value) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value`,
      sourceIds[source],
      run,
      keys.idOf(projectId, path),
      cell,
    )
  }
  for (const path of before.keys()) {
    connection.run(
      'DELETE FROM run_value WHERE source = ? AND run = ? AND key = ?',
      sourceIds[source],
      run,
      keys.idOf(projectId, path),
    )
  }
}

export function removeValues(connection: Connection, run: number): void {
  const sources = Object.values(sourceIds)
  connection.run(`DELETE FROM run_value WHERE source IN (${sources.join(', ')}) AND run = ?`, run)
}

/** Every value of a tree with the path to it, objects and what is in them alike. */
function toCells(source: ValueSource, text: string): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  const tree = parseTree(text)
  if (source === 'summary') addCells(cells, '', tree)
  else {
    const { _wandb: _internals, ...config } = unwrapConfig(tree)
    addCells(cells, '', config)
  }
  return cells
}

function addCells(cells: Map<string, Cell>, prefix: string, tree: JsonObject): void {
  for (const key of Object.keys(tree)) {
    const value = tree[key] as JsonValue
    const path = prefix + encodeKeyPath([key])
    cells.set(path, toCell(value))
    if (isJsonObject(value)) addCells(cells, `${path}.`, value)
  }
}

/** Who writes has read the text; should it be none of JSON all the same, the run has no values to be found by. */
function parseTree(text: string): JsonObject {
  if (text === '' || text === '{}') return {}
  try {
    const tree = parseJson(text)
    return isJsonObject(tree) ? tree : {}
  } catch {
    return {}
  }
}
