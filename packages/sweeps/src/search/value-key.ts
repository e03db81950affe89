import type { StrictJson } from '@lossline/protocol'

/** A text that two values share if they are the same to a search: keys in any order, `1.0` as `1`. */
export function valueKey(value: StrictJson): string {
  if (Array.isArray(value)) return `[${value.map(valueKey).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value as Readonly<Record<string, StrictJson>>).sort(([one], [other]) =>
    one < other ? -1 : 1,
  )
  return `{${entries.map(([key, of]) => `${JSON.stringify(key)}:${valueKey(of)}`).join(',')}}`
}
