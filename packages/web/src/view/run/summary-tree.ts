import type { StrictJson, StrictJsonObject } from '@lossline/protocol'

/**
 * A summary as people want to read it: without what W&B's clients note for themselves (`_runtime`, `_step` …), and with media and
 * tables told in words instead of by their files.
 */
export function toSummaryTree(summary: StrictJsonObject): StrictJsonObject {
  const members = Object.entries(summary).filter(([key]) => !key.startsWith('_'))
  return Object.fromEntries(members.map(([key, value]) => [key, toReadable(value)]))
}

function toReadable(value: StrictJson): StrictJson {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const object = value as StrictJsonObject
  const { _type: type } = object
  if (typeof type === 'string') return describeMedia(type, object)
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, toReadable(member)]))
}

function describeMedia(type: string, { ncols, nrows, width, height, count, values }: StrictJsonObject): string {
  const name = type.replace(/-file$/, '').replaceAll(/[-/]/g, ' ')
  if (typeof ncols === 'number' && typeof nrows === 'number') return `${name}, ${nrows} rows × ${ncols} columns`
  if (typeof count === 'number') return `${name}, ${count} of them`
  if (typeof width === 'number' && typeof height === 'number') return `${name}, ${width} × ${height}`
  if (Array.isArray(values)) return `${name}, ${values.length} bins`
  return name
}
