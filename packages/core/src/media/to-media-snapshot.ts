import type { JsonSnapshot, MediaSnapshot } from '@lossline/journal'
import { type JsonValue, stringifyJson } from '@lossline/protocol'
import type { ClassifiedValue } from '../values/classify-value.ts'
import { isMediaValue, type MediaValue } from './media-value.ts'

/**
 * The media that a value is: one, or a list that holds some. Images alone make a batch.
 *
 * @param toJson - Converts members of a list that are no media.
 * @returns `undefined` when there are no media in it.
 */
export function toMediaSnapshot(
  classified: ClassifiedValue,
  toJson: (member: unknown) => JsonValue | undefined,
): MediaSnapshot | undefined {
  if (classified.kind === 'media') return classified.value.toSnapshot()
  if (classified.kind !== 'list' || !classified.items.some(isMedia)) return undefined
  const items = classified.items.map((member): MediaSnapshot | JsonSnapshot =>
    isMedia(member) ? member.toSnapshot() : { kind: 'json', json: stringifyJson(toJson(member) ?? null) },
  )
  const images = items.filter((item) => item.kind === 'image')
  return images.length === items.length ? { kind: 'batch', items: images } : { kind: 'list', items }
}

function isMedia(value: unknown): value is MediaValue {
  return typeof value === 'object' && value !== null && isMediaValue(value)
}
