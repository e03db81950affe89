import {
  type ImageBox,
  type ImageBoxLayer,
  type ImageItem,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { readText } from '../read-text.ts'
import type { RunFiles } from '../run-files.ts'
import { toMediaItem } from './media-item.ts'

/** Names of classes by their ids. */
export type ClassLabels = Readonly<Record<string, string>>

/** Boxes of one layer as they lie in a file, or in a table. */
export interface RawBoxLayer {
  readonly name: string
  readonly boxes: readonly JsonValue[]
  readonly labels: ClassLabels
}

/** A file of boxes that is larger is not read. */
const boxesBytesMax = 16 * 2 ** 20

/** The picture of a value with what is drawn on it. */
export function toImageItem(
  json: JsonObject,
  context: {
    readonly urlOf: (path: string) => string
    readonly layers: readonly RawBoxLayer[]
    readonly labelsOf: (maskLayer: string) => ClassLabels
  },
): ImageItem {
  const { width, height } = json
  const size = { width: toLength(width), height: toLength(height) }
  const boxes = context.layers.map((layer) => toBoxLayer(layer, size))
  const masks = Object.entries(isJsonObject(json.masks) ? json.masks : {}).flatMap(([name, mask]) =>
    isJsonObject(mask) && typeof mask.path === 'string'
      ? [{ name, url: context.urlOf(mask.path), labels: context.labelsOf(name) }]
      : [],
  )
  return {
    ...toMediaItem(json, context.urlOf),
    ...(size.width === undefined ? {} : { width: size.width }),
    ...(size.height === undefined ? {} : { height: size.height }),
    ...(boxes.length === 0 ? {} : { boxes }),
    ...(masks.length === 0 ? {} : { masks }),
  }
}

/** The boxes of a run's picture, which lie in files of their own. One that cannot be read has none. */
export async function readBoxLayers(
  files: RunFiles,
  run: RunRow,
  boxes: JsonValue | undefined,
): Promise<readonly RawBoxLayer[]> {
  if (!isJsonObject(boxes)) return []
  const layers = await Promise.all(
    Object.entries(boxes).map(async ([name, layer]) => {
      if (!isJsonObject(layer) || typeof layer.path !== 'string') return undefined
      const found = await files.get(run.id, layer.path)
      if (found === undefined || found.file.sizeBytes > boxesBytesMax) return undefined
      const content = await found.read()
      return content && toRawLayer(name, await readText(content))
    }),
  )
  return layers.filter((layer) => layer !== undefined)
}

function toRawLayer(name: string, text: string): RawBoxLayer | undefined {
  try {
    const json = parseJson(text)
    if (!isJsonObject(json) || !Array.isArray(json.box_data)) return undefined
    return { name, boxes: json.box_data, labels: toLabels(json.class_labels) }
  } catch {
    // Whoever logged it wrote no JSON: the picture is shown all the same.
    return undefined
  }
}

/** `{"0":"background"}` as it should be. */
export function toLabels(json: JsonValue | undefined): ClassLabels {
  if (!isJsonObject(json)) return {}
  return Object.fromEntries(Object.entries(json).map(([id, label]) => [id, String(label)]))
}

interface Size {
  readonly width: number | undefined
  readonly height: number | undefined
}

function toBoxLayer({ name, boxes, labels }: RawBoxLayer, size: Size): ImageBoxLayer {
  return { name, boxes: boxes.map((box) => toBox(box, labels, size)).filter((box) => box !== undefined) }
}

/** Undefined for one without a place, and for one in pixels on a picture of unknown size. */
function toBox(json: JsonValue, labels: ClassLabels, size: Size): ImageBox | undefined {
  if (!isJsonObject(json) || !isJsonObject(json.position)) return undefined
  const place = toPlace(json.position)
  const [unitX, unitY] = json.domain === 'pixel' ? [size.width, size.height] : [1, 1]
  if (place === undefined || unitX === undefined || unitY === undefined) return undefined
  const classId = typeof json.class_id === 'number' ? json.class_id : 0
  const caption = typeof json.box_caption === 'string' ? json.box_caption : ''
  const scores = isJsonObject(json.scores)
    ? Object.entries(json.scores).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    : []
  return {
    left: place.left / unitX,
    top: place.top / unitY,
    width: place.width / unitX,
    height: place.height / unitY,
    classId,
    label: caption || labels[String(classId)] || `class_${classId}`,
    ...(scores.length === 0 ? {} : { scores: Object.fromEntries(scores) }),
  }
}

function toPlace(position: JsonObject): { left: number; top: number; width: number; height: number } | undefined {
  const { minX, maxX, minY, maxY, middle, width, height } = position
  if (isNumber(minX) && isNumber(maxX) && isNumber(minY) && isNumber(maxY)) {
    return { left: minX, top: minY, width: maxX - minX, height: maxY - minY }
  }
  const [x, y] = Array.isArray(middle) ? middle : []
  if (isNumber(x) && isNumber(y) && isNumber(width) && isNumber(height)) {
    return { left: x - width / 2, top: y - height / 2, width, height }
  }
  return undefined
}

function isNumber(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function toLength(value: JsonValue | undefined): number | undefined {
  return isNumber(value) && value > 0 ? value : undefined
}
