import type { BoxLayerSnapshot, ClassLabels, MaskLayerSnapshot } from '@lossline/journal'
import { type JsonObject, type PixelArray, toJsonText } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { checkObject, checkObjects } from './check-arguments.ts'
import { type IntegerArray, isIntegerArray } from './integer-pixels.ts'
import { sayOnce } from './media-file-access.ts'
import { openMediaSource } from './media-source.ts'
import { asBytesIfTheyAre, flattenNumbers, type NestedNumbers } from './nested-numbers.ts'

/** A box over an image. */
export interface BoundingBox {
  /** Edges, or middle and size. Fractions of the image; pixels with `domain: 'pixel'`. */
  readonly position:
    | { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }
    | { readonly middle: readonly [x: number, y: number]; readonly width: number; readonly height: number }
  /** Default: fractions of the image's size. */
  readonly domain?: 'pixel'
  /** Number of its class. */
  readonly classId: number
  readonly boxCaption?: string
  /** Numbers by which boxes can be filtered. */
  readonly scores?: Readonly<Record<string, number>>
}

const boxNames: OptionNames<BoundingBox> = {
  position: true,
  domain: true,
  classId: true,
  boxCaption: true,
  scores: true,
}

/** Boxes that belong together, such as all predictions. */
export interface BoxLayer {
  readonly boxData: readonly BoundingBox[]
  /** Names of the classes. Default: `class_<id>`. */
  readonly classLabels?: Readonly<Record<number, string>>
}

const boxLayerNames: OptionNames<BoxLayer> = { boxData: true, classLabels: true }

/** A class for each pixel. */
export interface MaskLayer {
  /** Class numbers from 0 to 255, row by row, for an image of the same size; or lists of rows. */
  readonly maskData?: Uint8Array | Uint8ClampedArray | IntegerArray | NestedNumbers
  /** Path of an image file that is the mask, instead of {@link maskData}. */
  readonly path?: string | URL
  /** Names of the classes. Default: `class_<id>`. */
  readonly classLabels?: Readonly<Record<number, string>>
}

const maskLayerNames: OptionNames<MaskLayer> = { maskData: true, path: true, classLabels: true }

// A model may place a box a little outside of its image; twice its size is an edge in pixels.
const fractionMax = 2
const boxesHint = 'Pass { layer: { boxData: [{ position, classId }] } }.'
const masksHint = 'Pass { layer: { maskData } }.'
const labelsHint = 'Pass { 1: "cat" }.'

/** @throws {@link InvalidMediaError} when a box has no position or no class. */
export function toBoxLayers(layers: Readonly<Record<string, BoxLayer>>): BoxLayerSnapshot[] {
  checkObject(layers, 'boxes', boxesHint)
  return Object.entries(layers).map(([name, layer]) => {
    checkObject(layer, `The boxes of "${name}"`, boxesHint)
    checkOptions(`The boxes of "${name}"`, layer, boxLayerNames)
    const { boxData, classLabels } = layer
    checkObjects(boxData, `boxData of "${name}"`, boxesHint)
    if (classLabels !== undefined) checkObject(classLabels, `classLabels of "${name}"`, labelsHint)
    const boxes = boxData.map((box, index) => toWireBox(box, `Box ${index} of "${name}"`))
    const ids = [...new Set(boxData.map(({ classId }) => classId))].sort((a, b) => a - b)
    const shownLabels = classLabels ?? Object.fromEntries(ids.map((id) => [id, `class_${id}`]))
    return {
      name,
      boxesJson: toJsonText(boxes, 'compact'),
      shownLabels: toLabels(shownLabels),
      ...(classLabels === undefined ? {} : { classLabels: toLabels(classLabels) }),
    }
  })
}

/** @throws {@link InvalidMediaError} when a mask does not have the image's size, or classes beyond 0 to 255. */
export function toMaskLayers(
  layers: Readonly<Record<string, MaskLayer>>,
  size: { readonly width: number; readonly height: number },
): MaskLayerSnapshot[] {
  checkObject(layers, 'masks', masksHint)
  return Object.entries(layers).map(([name, layer]) => {
    checkObject(layer, `The mask "${name}": its parts`, masksHint)
    checkOptions(`The mask "${name}"`, layer, maskLayerNames)
    if (layer.classLabels !== undefined) checkObject(layer.classLabels, `classLabels of "${name}"`, labelsHint)
    return {
      name,
      content: toMaskContent(name, layer, size),
      ...(layer.classLabels === undefined ? {} : { classLabels: toLabels(layer.classLabels) }),
    }
  })
}

function toWireBox(box: BoundingBox, what: string): JsonObject {
  checkOptions(what, box, boxNames)
  const { position, domain, classId, boxCaption, scores } = box
  checkObject(
    position,
    `${what}: its positions`,
    'Pass { minX, minY, maxX, maxY } or { middle: [x, y], width, height }.',
  )
  if ('middle' in position && !Array.isArray(position.middle))
    throw new InvalidMediaError(`${what}: middle is a list.`, 'Pass [x, y].')
  const numbers = 'middle' in position ? [...position.middle, position.width, position.height] : Object.values(position)
  if (numbers.length !== 4 || !numbers.every(Number.isFinite)) {
    throw new InvalidMediaError(
      `${what} has no position of four finite numbers.`,
      'Pass { minX, minY, maxX, maxY } or { middle: [x, y], width, height }.',
    )
  }
  if (!Number.isSafeInteger(classId)) {
    throw new InvalidMediaError(
      `${what}: classId is an integer, not ${describeValue(classId)}.`,
      'Number the classes from 0.',
    )
  }
  if (domain !== undefined && domain !== 'pixel') {
    throw new InvalidMediaError(
      `${what}: there is no domain ${describeValue(domain)}.`,
      "Pass domain: 'pixel', or leave it out for fractions of the image.",
    )
  }
  if (domain === undefined && numbers.some((number) => number > fractionMax)) {
    sayOnce("A box of an image lies far outside of it: positions are fractions of the image unless domain is 'pixel'.")
  }
  const wirePosition: JsonObject =
    'middle' in position
      ? { middle: [...position.middle], width: position.width, height: position.height }
      : { minX: position.minX, minY: position.minY, maxX: position.maxX, maxY: position.maxY }
  return {
    position: wirePosition,
    ...(domain === undefined ? {} : { domain }),
    class_id: classId,
    ...(boxCaption === undefined ? {} : { box_caption: boxCaption }),
    ...(scores === undefined ? {} : { scores: { ...scores } }),
  }
}

function toMaskContent(
  name: string,
  { maskData, path }: MaskLayer,
  { width, height }: { readonly width: number; readonly height: number },
): MaskLayerSnapshot['content'] {
  if (path !== undefined) {
    const { content } = openMediaSource(path, {
      what: 'an image of a known kind',
      endings: ['png', 'jpg', 'jpeg', 'bmp'],
    })
    if (content.kind === 'file') return content
  }
  const data = toClasses(name, maskData)
  if (data.length !== width * height) {
    throw new InvalidMediaError(
      `The mask "${name}" has ${data.length} values for an image of ${width} × ${height} pixels.`,
      'A mask has one value for each pixel of its image, row by row.',
    )
  }
  return { kind: 'pixels', data, width, height, channels: 1, isNormalized: false }
}

function toClasses(name: string, maskData: MaskLayer['maskData']): PixelArray {
  if (maskData instanceof Uint8Array || maskData instanceof Uint8ClampedArray) return maskData
  if (maskData === undefined) {
    throw new InvalidMediaError(`The mask "${name}" has neither maskData nor path.`, 'Pass one of them.')
  }
  if (isIntegerArray(maskData)) {
    refuseNoClass(name, maskData)
    return Uint8Array.from(maskData)
  }
  if (!Array.isArray(maskData))
    throw new InvalidMediaError(`The mask "${name}" is no list of rows and no array of whole numbers.`, masksHint)
  const { data } = flattenNumbers(maskData)
  refuseNoClass(name, data)
  return Uint8Array.from(asBytesIfTheyAre(data))
}

function refuseNoClass(name: string, classes: Float64Array | IntegerArray): void {
  const wrong = classes.find((value) => !(Number.isInteger(value) && value >= 0 && value <= 255))
  if (wrong === undefined) return
  throw new InvalidMediaError(
    `The mask "${name}" holds ${describeValue(wrong)}.`,
    'Class numbers are integers from 0 to 255.',
  )
}

function toLabels(labels: Readonly<Record<string, string>>): ClassLabels {
  return { ...labels }
}
