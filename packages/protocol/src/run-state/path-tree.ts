import { isJsonObject, type JsonValue } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { stringifyJson } from '../json/stringify-json.ts'

/** A tree of labels; its leaves hold JSON texts, so that what is only passed on need not be parsed and written again. */
export interface PathTree {
  /** Puts a value at a path as one leaf; what was at, below or as a leaf above the path gives way. */
  set(path: readonly string[], json: string): void
  /** Merges an object leaf by leaf; anything else is put as a leaf. */
  merge(path: readonly string[], value: JsonValue): void
  delete(path: readonly string[]): void
  /** The tree as the text of one JSON object. */
  toJson(): string
}

type Branch = Map<string, Branch | string>

/** Makes an empty tree. */
export function createPathTree(): PathTree {
  const root: Branch = new Map()

  function branchAt(path: readonly string[]): Branch {
    let branch = root
    for (const label of path) {
      let next = branch.get(label)
      if (next === undefined || typeof next === 'string') {
        next = new Map()
        branch.set(label, next)
      }
      branch = next
    }
    return branch
  }

  function set(path: readonly string[], json: string): void {
    branchAt(path.slice(0, -1)).set(path.at(-1) as string, json)
  }

  function merge(path: readonly string[], value: JsonValue): void {
    if (!isJsonObject(value)) {
      set(path, stringifyJson(value))
      return
    }
    branchAt(path)
    for (const label of Object.keys(value)) merge([...path, label], value[label] as JsonValue)
  }

  return {
    set,
    merge,
    delete(path) {
      let branch: Branch | string | undefined = root
      for (const label of path.slice(0, -1)) {
        if (branch === undefined || typeof branch === 'string') return
        branch = branch.get(label)
      }
      if (branch !== undefined && typeof branch !== 'string') branch.delete(path.at(-1) as string)
    },
    toJson: () => branchToJson(root),
  }
}

function branchToJson(branch: Branch): string {
  const members: string[] = []
  for (const [label, node] of branch) {
    members.push(`${JSON.stringify(label)}:${typeof node === 'string' ? node : branchToJson(node)}`)
  }
  return `{${members.join(',')}}`
}

/** Whether a text is a value of the JSON dialect. Numbers, the usual case, are told by their looks. */
export function isJson(text: string): boolean {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text)) return true
  try {
    parseJson(text)
    return true
  } catch {
    return false
  }
}
