import { type ChartLine, elementCount, elementMax, elementMin, elementX, elementY } from './chart-line.ts'
import type { Projection } from './projection.ts'

/** A point of a drawing, device pixels. */
export type Pixel = readonly [left: number, top: number]

/** What a line that only shakes looks like from afar. */
export interface NoiseOutline {
  /** Through the means of what was sampled, a few pixels apart. */
  readonly center: readonly Pixel[]
  /** Strokes to single values far outside of what is around them, which a pale band would hide. */
  readonly spikes: readonly { readonly left: number; readonly from: number; readonly to: number }[]
}

/** Fewer elements per pixel are a line that the eye can follow, however far it jumps. */
const densityMin = 0.5
/** Ways up and down beyond those of the centre line, per pixel to the right, from which strokes run together to a solid area. */
const shakeMin = 3
/** Distance between two points of the centre line, CSS pixels. */
const centerSpacing = 6
/** Elements that are compared with each other to tell a spike from the noise around it. */
const blockSize = 32

/**
 * The centre and the spikes of a line that is dense and shakes so much that drawing it in full covers all that lies behind it;
 * undefined for every other line.
 */
export function noiseOutline(
  line: ChartLine,
  start: number,
  end: number,
  at: Projection,
  devicePixelRatio: number,
): NoiseOutline | undefined {
  const elements = drawableElements(line, start, end, at)
  const first = elements[0]
  const last = elements.at(-1)
  if (!first || !last) return undefined
  const width = (last.left - first.left) / devicePixelRatio
  if (elements.length < blockSize || elements.length < width * densityMin) return undefined
  const center = centerOf(elements, centerSpacing * devicePixelRatio)
  const shake = (travel(elements) - centerTravel(center)) / devicePixelRatio
  return shake < shakeMin * width ? undefined : { center, spikes: spikesOf(elements) }
}

interface Element {
  readonly left: number
  /** Of the largest value, of the least, and the mean of those that are known one by one. */
  readonly top: number
  readonly bottom: number
  readonly middle: number
}

function drawableElements({ series }: ChartLine, start: number, end: number, at: Projection): readonly Element[] {
  const elements: Element[] = []
  for (let i = start; i < Math.min(end, elementCount(series)); i++) {
    const left = at.toLeft(elementX(series, i))
    const top = at.toTop(elementMax(series, i))
    const bottom = at.toTop(elementMin(series, i))
    const last = at.toTop(elementY(series, i))
    const first = series.kind === 'buckets' ? at.toTop(series.first[i] as number) : last
    const middle = (first + last) / 2
    if (Number.isFinite(left + top + bottom + middle)) elements.push({ left, top, bottom, middle })
  }
  return elements
}

/** Pixels that the drawn line goes up and down. */
function travel(elements: readonly Element[]): number {
  let sum = 0
  for (let i = 0; i < elements.length; i++) {
    const { top, bottom, middle } = elements[i] as Element
    sum += bottom - top + Math.abs(middle - (elements[i - 1]?.middle ?? middle))
  }
  return sum
}

function centerTravel(center: readonly Pixel[]): number {
  return center.reduce((sum, [, top], i) => sum + Math.abs(top - (center[i - 1] ?? [0, top])[1]), 0)
}

function centerOf(elements: readonly Element[], spacing: number): readonly Pixel[] {
  const points: Pixel[] = []
  for (let from = 0; from < elements.length; ) {
    const edge = (elements[from] as Element).left + spacing
    let to = from
    let left = 0
    let top = 0
    for (; to < elements.length && (to === from || (elements[to] as Element).left < edge); to++) {
      left += (elements[to] as Element).left
      top += (elements[to] as Element).middle
    }
    points.push([left / (to - from), top / (to - from)])
    from = to
  }
  return points
}

/** A spike is farther from the bulk of its block than the bulk is high. */
function spikesOf(elements: readonly Element[]): NoiseOutline['spikes'] {
  const spikes: NoiseOutline['spikes'][number][] = []
  for (let from = 0; from < elements.length; from += blockSize) {
    // The last block takes what is before it too, so that a handful of elements is not judged by itself.
    const block = elements.slice(Math.min(from, elements.length - blockSize), from + blockSize)
    const high = quantile(block, 0.1, 'top')
    const low = quantile(block, 0.9, 'bottom')
    const reach = low - high
    for (const { left, top, bottom } of elements.slice(from, from + blockSize)) {
      if (top < high - reach) spikes.push({ left, from: high, to: top })
      if (bottom > low + reach) spikes.push({ left, from: low, to: bottom })
    }
  }
  return spikes
}

function quantile(block: readonly Element[], share: number, of: 'top' | 'bottom'): number {
  const sorted = Float64Array.from(block, (element) => element[of]).sort()
  return sorted[Math.round(share * (sorted.length - 1))] as number
}
