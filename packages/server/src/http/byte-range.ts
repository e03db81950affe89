import type { ByteRange } from '@lossline/store'

/** What a `Range` header asks of a content: a part, something that is not in it, or (undefined) the whole. */
export type RequestedRange =
  | { readonly kind: 'part'; readonly range: ByteRange }
  | { readonly kind: 'unsatisfiable' }
  | undefined

/**
 * Reads `bytes=0-99`, `bytes=100-` and `bytes=-5`. Several parts at once, and whatever else is not understood, mean the whole
 * content, as RFC 9110 allows.
 */
export function parseRange(header: string | undefined, sizeBytes: number): RequestedRange {
  const match = /^bytes=(\d{0,16})-(\d{0,16})$/.exec(header?.trim() ?? '')
  if (match === null) return undefined
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return undefined
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)
  if (from !== '' && to !== '' && Number(to) < first) return undefined
  return first > last ? { kind: 'unsatisfiable' } : { kind: 'part', range: { first, last } }
}
