import { Image } from '@lossline/core'
import { isRawImageLike, isRecord, type RawImageLike } from '../transformers-like.ts'
import { inputColumns, toImage } from './input-columns.ts'
import { numberLabels } from './number-labels.ts'
import type { RowColumns, RowPart } from './row-part.ts'

/** What a pipeline has found of one class or thing. */
export interface Segment {
  readonly label: string | null
  readonly score: number | null
  readonly mask: RawImageLike
}

// Masks of models without classes hold how sure the model is, from 0 to 255.
const insideMin = 128

/** Segments: the image with a class for each pixel. Where segments overlap, the later one is shown. */
export function summariseMasks(part: RowPart): RowColumns {
  const segments = segmentsOf(part.output)
  const labels = segments.map(({ label }) => label ?? 'mask')
  const { ids, classLabels, counts } = numberLabels(labels)
  const classes = paintSegments(segments, 0, (_, index) => ids.get(labels[index] ?? '') ?? 0)
  const { image, ...rest } = inputColumns(part)
  const [first] = segments
  const isShownOver = isRawImageLike(part.input) && classes !== undefined && hasSizeOf(part.input, first?.mask)
  const shown = isShownOver
    ? new Image(part.input, { masks: { predictions: { maskData: Uint8Array.from(classes), classLabels } } })
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

/** The segments in what a pipeline returned for one image. */
export function segmentsOf(output: unknown): Segment[] {
  return (Array.isArray(output) ? output : []).filter(isSegment)
}

/**
 * A number for each pixel of the masks, row by row: that of the last segment it is in, else `outside`. Masks of another size than the
 * first are left out; `undefined` without segments.
 */
export function paintSegments(
  segments: readonly Segment[],
  outside: number,
  numberOf: (segment: Segment, index: number) => number,
): Int32Array | undefined {
  const [first] = segments
  if (first === undefined) return undefined
  const { width, height, channels } = first.mask
  const painted = new Int32Array(width * height).fill(outside)
  for (const [index, segment] of segments.entries()) {
    const { mask } = segment
    if (!hasSizeOf(mask, first.mask)) continue
    const number = numberOf(segment, index)
    for (let pixel = 0; pixel < painted.length; pixel += 1) {
      if ((mask.data[pixel * channels] ?? 0) >= insideMin) painted[pixel] = number
    }
  }
  return painted
}

function hasSizeOf(one: RawImageLike, other: RawImageLike | undefined): boolean {
  return one.width === other?.width && one.height === other.height
}

function isSegment(value: unknown): value is Segment {
  return isRecord(value) && isRawImageLike(value.mask)
}
