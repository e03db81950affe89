import type { StrictJson, StrictJsonObject } from '../page/page-api.ts'
import { fieldOf } from './parse-run-query.ts'
import { type QueryKey, type RunQueryField, runQueryFields } from './run-query.ts'

/** A place of a value in W&B's views. */
export interface FilterSpecKey {
  readonly section: 'run' | 'config' | 'summary'
  readonly name: string
}

const fieldNames = Object.keys(runQueryFields) as RunQueryField[]

/** `{ section, name }` of a view as a key; undefined for sections that are no values of runs. */
export function readFilterSpecKey(json: StrictJson | undefined): QueryKey | undefined {
  const { section, name } = isObject(json) ? json : {}
  if (typeof name !== 'string' || name === '') return undefined
  switch (section) {
    case 'config':
      // `optimizer.value.lr` is how it lies in W&B's config.
      return { namespace: 'config', name: name.replace(/\.value(?=\.|$)/, '') }
    case 'summary':
    // Whether something was logged: its last value is in the summary.
    case 'keys_info':
      return { namespace: 'summary', name }
    case 'run': {
      const field = fieldNames.find((one) => runQueryFields[one].filterKey === name)
      // W&B's programs put counters and metrics into this section too.
      return field === undefined ? { namespace: 'summary', name } : { namespace: 'auto', name: field }
    }
    default:
      return undefined
  }
}

/** @param locate - Where a name without a namespace is. */
export function writeFilterSpecKey(key: QueryKey, locate: (name: string) => 'config' | 'summary'): FilterSpecKey {
  const field = fieldOf(key)
  if (field !== undefined) return { section: 'run', name: field.filterKey }
  return { section: key.namespace === 'auto' ? locate(key.name) : key.namespace, name: key.name }
}

export function isObject(json: StrictJson | undefined): json is StrictJsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
