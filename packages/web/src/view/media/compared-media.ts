import type { ImageItem, MediaItem } from '@lossline/protocol'

/** Where a value was logged. */
export interface MediaOrigin {
  readonly entity: string
  readonly project: string
  readonly runId: string
  readonly runName: string
  /** As people wrote it. */
  readonly key: string
  readonly step: number
}

/** One that somebody wants to compare with others. */
export type ComparedItem = MediaOrigin & {
  /** Its place in the list that was logged. */
  readonly index: number
} & (
    | { readonly kind: 'image'; readonly item: ImageItem }
    | { readonly kind: 'audio' | 'video' | 'html' | 'file'; readonly item: MediaItem }
  )

/** As many as have room beside each other. */
export const comparedCountMax = 4

/** Whether two stand for the same logged thing. */
export function isSameItem(a: ComparedItem, b: ComparedItem): boolean {
  return placeOf(a) === placeOf(b)
}

/** What tells one item from all others. */
export function placeOf({ entity, project, runId, key, step, index }: ComparedItem): string {
  return JSON.stringify([entity, project, runId, key, step, index])
}

/**
 * The list with an item added, or without it if it was in it. What is of another kind makes room; of too many the oldest does.
 */
export function toggleCompared(items: readonly ComparedItem[], item: ComparedItem): readonly ComparedItem[] {
  if (items.some((other) => isSameItem(other, item))) return items.filter((other) => !isSameItem(other, item))
  return [...items.filter(({ kind }) => kind === item.kind), item].slice(-comparedCountMax)
}

/** What an item is called beside others: only what they differ in. */
export function comparedTitles(items: readonly ComparedItem[]): readonly string[] {
  const differs = (name: 'runName' | 'key' | 'step' | 'index'): boolean =>
    new Set(items.map((item) => item[name])).size > 1
  const [hasKeys, hasSteps, hasIndexes] = [differs('key'), differs('step'), differs('index')]
  const hasRuns = differs('runName') || !(hasKeys || hasSteps || hasIndexes)
  return items.map((item) =>
    [
      ...(hasRuns ? [item.runName] : []),
      ...(hasKeys ? [item.key] : []),
      ...(hasSteps ? [`step ${item.step.toLocaleString('en-US')}`] : []),
      ...(hasIndexes ? [`no. ${item.index + 1}`] : []),
    ].join(' · '),
  )
}

/** Ways in which two or more pictures are compared. */
export type PictureMode = 'side' | 'swipe' | 'onion' | 'difference'

/** The ways that there are for so many. */
export function pictureModes(count: number): readonly PictureMode[] {
  return count === 2 ? ['side', 'swipe', 'onion', 'difference'] : ['side']
}

/** A part of a picture: how many times enlarged, and the middle of what is seen, in shares of the picture. */
export interface Zoom {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export const wholePicture: Zoom = { scale: 1, x: 0.5, y: 0.5 }
const scaleMax = 32
const zoomStep = 1.5
const panStep = 0.1

/** Enlarged or made smaller around a place (shares of the frame) that stays where it is. */
export function zoomAt(zoom: Zoom, factor: number, at: { readonly x: number; readonly y: number }): Zoom {
  const scale = Math.min(scaleMax, Math.max(1, zoom.scale * factor))
  const place = (middle: number, share: number): number => middle + (share - 0.5) * (1 / zoom.scale - 1 / scale)
  return bounded({ scale, x: place(zoom.x, at.x), y: place(zoom.y, at.y) })
}

/** Moved by shares of the frame. */
export function panBy(zoom: Zoom, x: number, y: number): Zoom {
  return bounded({ ...zoom, x: zoom.x - x / zoom.scale, y: zoom.y - y / zoom.scale })
}

/** What a key does with it: arrows move, plus and minus enlarge, 0 shows the whole; undefined for other keys. */
export function zoomByKey(zoom: Zoom, key: string): Zoom | undefined {
  const middle = { x: 0.5, y: 0.5 }
  switch (key) {
    case 'ArrowLeft':
      return panBy(zoom, panStep, 0)
    case 'ArrowRight':
      return panBy(zoom, -panStep, 0)
    case 'ArrowUp':
      return panBy(zoom, 0, panStep)
    case 'ArrowDown':
      return panBy(zoom, 0, -panStep)
    case '+':
    case '=':
      return zoomAt(zoom, zoomStep, middle)
    case '-':
      return zoomAt(zoom, 1 / zoomStep, middle)
    case '0':
      return wholePicture
    default:
      return undefined
  }
}

/** The frame never shows what is beside the picture. */
function bounded({ scale, x, y }: Zoom): Zoom {
  const half = 0.5 / scale
  return { scale, x: Math.min(1 - half, Math.max(half, x)), y: Math.min(1 - half, Math.max(half, y)) }
}

/** How that is said in CSS, for an element that fills its frame. */
export function zoomTransform({ scale, x, y }: Zoom): string {
  return `translate(${(0.5 - x * scale) * 100}%, ${(0.5 - y * scale) * 100}%) scale(${scale})`
}

/** How two pictures differ. */
export interface PixelDifference {
  /** RGBA, the amount of each channel's difference times the gain. */
  readonly pixels: Uint8ClampedArray
  /** Share of pixels that are not the same, 0…1. */
  readonly share: number
  /** Largest difference of a channel, 0…255. */
  readonly most: number
}

/** Pixel by pixel; both RGBA of one size. */
export function pixelDifference(a: Uint8ClampedArray, b: Uint8ClampedArray, gain: number): PixelDifference {
  const pixels = new Uint8ClampedArray(a.length)
  let [different, most] = [0, 0]
  for (let at = 0; at < a.length; at += 4) {
    let isDifferent = false
    for (let channel = 0; channel < 4; channel += 1) {
      const amount = Math.abs(a[at + channel]! - b[at + channel]!)
      if (amount > 0) isDifferent = true
      most = Math.max(most, amount)
      // A difference of opacity alone is shown in all channels: black has no place for it.
      if (channel < 3) pixels[at + channel] = Math.max(amount, Math.abs(a[at + 3]! - b[at + 3]!)) * gain
    }
    pixels[at + 3] = 255
    if (isDifferent) different += 1
  }
  return { pixels, share: a.length === 0 ? 0 : different / (a.length / 4), most }
}
