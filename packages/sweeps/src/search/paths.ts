import { type StrictJson, setProperty } from '@lossline/protocol'
import type { Assignment } from './trial.ts'

/** What a run has at a path; undefined if it has nothing there. */
export function valueAt(config: Assignment, path: readonly string[]): StrictJson | undefined {
  let value: StrictJson | undefined = config
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined
    value = (value as Assignment)[name]
  }
  return value
}

/** Puts a value where a path leads; names such as `__proto__` are names like all others. */
export function put(into: Record<string, StrictJson>, path: readonly string[], value: StrictJson): void {
  let at = into
  for (const name of path.slice(0, -1)) {
    if (!Object.hasOwn(at, name)) setProperty<StrictJson>(at, name, {})
    at = at[name] as Record<string, StrictJson>
  }
  setProperty(at, path.at(-1)!, value)
}
