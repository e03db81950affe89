import type { MediaKey } from '@lossline/protocol'
import { compareNatural } from '../text/natural-order.ts'
import { keyTitle } from '../workspace/sections.ts'

/** Keys under one heading. */
export interface KeyGroup {
  readonly name: string
  readonly keys: readonly MediaKey[]
}

/** Groups keys by the part before their first `/`, in natural order; those without one come first, under `Media`. */
export function groupKeys(keys: readonly MediaKey[], search: string): readonly KeyGroup[] {
  const wanted = search.trim().toLowerCase()
  const groups = new Map<string, MediaKey[]>()
  for (const key of keys) {
    const title = keyTitle(key.key)
    if (!title.toLowerCase().includes(wanted)) continue
    const slash = title.indexOf('/')
    const name = slash > 0 ? title.slice(0, slash) : ''
    groups.set(name, [...(groups.get(name) ?? []), key])
  }
  return [...groups]
    .sort(([a], [b]) => compareNatural(a, b))
    .map(([name, members]) => ({
      name: name === '' ? 'Media' : name,
      keys: members.sort((a, b) => compareNatural(a.key, b.key)),
    }))
}
