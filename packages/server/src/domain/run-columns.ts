import { isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'
import type { RunRow, RunValuePath } from '@lossline/store'
import { runtimeSeconds, runValues } from './run-values.ts'

/** What a run has at a path, as filters and orders see it; undefined: nothing. */
export function valueAtPath(run: RunRow, path: RunValuePath): JsonValue | undefined {
  switch (path.kind) {
    case 'summary':
      return valueAt(runValues(run).summary, path.path.split('.'))
    case 'config': {
      const { config } = runValues(run)
      const parts = path.path.split('.')
      // W&B's stored form has `value` behind each key, and filters may say so.
      return valueAt(config, parts) ?? (parts[1] === 'value' ? valueAt(config, parts.toSpliced(1, 1)) : undefined)
    }
    case 'field':
      return path.field === 'runtimeSeconds' ? runtimeSeconds(run) : run[path.field]
  }
}

/** Labels may hold dots: the longest literal match goes first. */
function valueAt(tree: JsonValue | undefined, parts: readonly string[]): JsonValue | undefined {
  if (parts.length === 0) return tree
  if (!isJsonObject(tree)) return undefined
  for (let length = parts.length; length > 0; length--) {
    const found = ownValue(tree, parts.slice(0, length).join('.'), parts.slice(length))
    if (found !== undefined) return found
  }
  return undefined
}

function ownValue(tree: JsonObject, key: string, rest: readonly string[]): JsonValue | undefined {
  return Object.hasOwn(tree, key) ? valueAt(tree[key], rest) : undefined
}
