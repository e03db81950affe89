import { Image } from '@lossline/core'
import { isRawImageLike, isRecord, type RawImageLike } from '../transformers-like.ts'
import { inputColumns, toImage } from './input-columns.ts'
import { numberLabels } from './number-labels.ts'
import type { RowColumns, RowPart } from './row-part.ts'

interface Segment {
  readonly label: string | null
  readonly score: number | null
  readonly mask: RawImageLike
}

// Masks of models without classes hold how sure the model is, from 0 to 255.
const insideMin = 128

/** Segments: the image with a class for each pixel. Where segments overlap, the later one is shown. */
export function summariseMasks(part: RowPart): RowColumns {
  const segments = (Array.isArray(part.output) ? part.output : []).filter(isSegment)
  const labels = segments.map(({ label }) => label ?? 'mask')
  const { ids, classLabels, counts } = numberLabels(labels)
  const classes = toClasses(segments, labels, ids)
  const { image, ...rest } = inputColumns(part)
  const [first] = segments
  const isShownOver = isRawImageLike(part.input) && classes !== undefined && hasSizeOf(part.input, first?.mask)
  const shown = isShownOver
    ? new Image(part.input, { masks: { predictions: { maskData: classes, classLabels } } })
    : image
  return {
    input: shown === undefined ? rest : { ...rest, image: shown },
    output: {
      labels: part.output === undefined ? null : counts,
      coverage: classes === undefined ? null : classes.filter((id) => id !== 0).length / classes.length,
    },
    // Without the image below it a mask still shows the outlines of what was on it.
    quoting: { mask: first === undefined ? null : toImage(first.mask, first.label ?? undefined) },
  }
}

function toClasses(segments: readonly Segment[], labels: readonly string[], ids: ReadonlyMap<string, number>) {
  const [first] = segments
  if (first === undefined) return undefined
  const { width, height, channels } = first.mask
  const classes = new Uint8Array(width * height)
  for (const [index, { mask }] of segments.entries()) {
    if (!hasSizeOf(mask, first.mask)) continue
    const id = ids.get(labels[index] ?? '') ?? 0
    for (let pixel = 0; pixel < classes.length; pixel += 1) {
      if ((mask.data[pixel * channels] ?? 0) >= insideMin) classes[pixel] = id
    }
  }
  return classes
}

function hasSizeOf(one: RawImageLike, other: RawImageLike | undefined): boolean {
  return one.width === other?.width && one.height === other.height
}

function isSegment(value: unknown): value is Segment {
  return isRecord(value) && isRawImageLike(value.mask)
}
