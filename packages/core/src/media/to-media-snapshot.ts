import type { BatchedFileKind, FileMediaSnapshot, MediaSnapshot } from '@lossline/journal'
import { type JsonValue, stringifyJson } from '@lossline/protocol'
import { CyclicValueError } from '../errors.ts'
import type { ClassifiedValue, SkipReason } from '../values/classify-value.ts'
import { isMediaValue, type MediaPlace, type MediaValue } from './media-value.ts'

/** What a conversion of media needs. */
export interface MediaConversion {
  /** Labels of the value, from the outside in. */
  readonly path: readonly string[]
  /** Converts members of a list that are no media. */
  toJson(member: unknown): JsonValue | undefined
  onSkip(reason: SkipReason): void
  /** Where it is logged; `undefined` = nowhere. */
  readonly place: MediaPlace | undefined
}

// Galleries of W&B's pages end there, and its client drops the rest.
const batchImagesMax = 108
const listDepthMax = 5
const batchedKinds: readonly string[] = ['audio', 'video', 'html', 'object3D', 'molecule'] satisfies BatchedFileKind[]

/**
 * The media that a value is: one, or a list that holds some. Several of one kind make a batch.
 *
 * @returns `undefined` when there are no media in it.
 * @throws {@link CyclicValueError} for a list that holds itself beside media.
 */
export function toMediaSnapshot(classified: ClassifiedValue, conversion: MediaConversion): MediaSnapshot | undefined {
  if (classified.kind === 'media') return classified.value.toSnapshot(conversion.place)
  if (classified.kind !== 'list' || !holdsMedia(classified.items)) return undefined
  return listToSnapshot(classified.items, conversion, [])
}

function listToSnapshot(
  members: readonly unknown[],
  conversion: MediaConversion,
  ancestors: readonly unknown[],
): MediaSnapshot {
  if (ancestors.includes(members)) throw new CyclicValueError(conversion.path)
  const items = members.map((member): MediaSnapshot => {
    if (isMedia(member)) return member.toSnapshot(conversion.place)
    if (Array.isArray(member) && holdsMedia(member)) return listToSnapshot(member, conversion, [...ancestors, members])
    return { kind: 'json', json: stringifyJson(conversion.toJson(member) ?? null) }
  })
  return toBatch(items, conversion) ?? { kind: 'list', items }
}

function toBatch(items: readonly MediaSnapshot[], { onSkip }: MediaConversion): MediaSnapshot | undefined {
  const images = items.filter((item) => item.kind === 'image')
  if (images.length === items.length) {
    for (let index = batchImagesMax; index < images.length; index += 1) onSkip('too-many-images')
    return { kind: 'batch', of: 'image', items: images.slice(0, batchImagesMax) }
  }
  const kind = items[0]?.kind
  const files = items.filter(
    (item): item is FileMediaSnapshot => item.kind === kind && batchedKinds.includes(item.kind),
  )
  if (files.length !== items.length) return undefined
  // All of them have the kind of the first, which is one of those listed.
  return { kind: 'batch', of: kind as BatchedFileKind, items: files }
}

/** Looks into lists of lists, but not without end: a list may hold itself. */
function holdsMedia(value: unknown, depth = 0): boolean {
  if (isMedia(value)) return true
  return Array.isArray(value) && depth < listDepthMax && value.some((member) => holdsMedia(member, depth + 1))
}

function isMedia(value: unknown): value is MediaValue {
  return typeof value === 'object' && value !== null && isMediaValue(value)
}
