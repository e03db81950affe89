import type { SearchParams } from '../address/url-state.ts'
import { isObject, type Json } from './json.ts'
import { differingKeys } from './workspace-address.ts'

/**
 * What our page kept as it was, or what W&B's form says of the same. Where W&B's form says something else than it was told then, one
 * of its programs has changed it since, and counts.
 *
 * @param keys - The others are left out.
 */
export function keptParams(
  kept: { readonly params: SearchParams; readonly told: SearchParams | undefined } | undefined,
  theirs: SearchParams,
  keys: readonly string[],
): SearchParams {
  const ofKeys = (params: SearchParams): SearchParams =>
    Object.fromEntries(Object.entries(params).filter(([key]) => keys.includes(key)))
  if (kept === undefined) return ofKeys(theirs)
  if (kept.told === undefined) return ofKeys(kept.params)
  const told = ofKeys(kept.told)
  const changed = new Set(differingKeys(told, ofKeys(theirs)))
  const unchanged = Object.entries(ofKeys(kept.params)).filter(([key]) => !changed.has(key))
  return {
    ...Object.fromEntries(unchanged),
    ...Object.fromEntries(Object.entries(theirs).filter(([key]) => changed.has(key))),
  }
}

/** The texts among the values of an object; undefined where there is none. */
export function textsOf(json: Json | undefined): SearchParams | undefined {
  if (!isObject(json)) return undefined
  return Object.fromEntries(
    Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
