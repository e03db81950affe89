import { type BoundingBox, Image } from '@lossline/core'
import { isRawImageLike, isRecord } from '../transformers-like.ts'
import { inputColumns } from './input-columns.ts'
import { numberLabels } from './number-labels.ts'
import type { RowColumns, RowPart } from './row-part.ts'

interface Detection {
  readonly label: string
  readonly score: number
  readonly box: { readonly xmin: number; readonly ymin: number; readonly xmax: number; readonly ymax: number }
}

/** Detected things: the image with a box around each, and how many there are of which class. */
export function summariseBoxes(part: RowPart): RowColumns {
  const detections = (Array.isArray(part.output) ? part.output : []).filter(isDetection)
  const { ids, classLabels, counts } = numberLabels(detections.map(({ label }) => label))
  const isPixels = part.options.percentage !== true
  const boxData = detections.map(({ label, score, box }) => toBox(box, ids.get(label) ?? 0, label, score, isPixels))
  const { image, ...rest } = inputColumns(part)
  const shown = isRawImageLike(part.input)
    ? new Image(part.input, { boxes: { predictions: { boxData, classLabels } } })
    : image
  return {
    input: shown === undefined ? rest : { ...rest, image: shown },
    output: {
      labels: part.output === undefined ? null : counts,
      box_count: part.output === undefined ? null : detections.length,
      top_score: detections.length === 0 ? null : Math.max(...detections.map(({ score }) => score)),
    },
  }
}

function toBox(box: Detection['box'], classId: number, label: string, score: number, isPixels: boolean): BoundingBox {
  const position = { minX: box.xmin, minY: box.ymin, maxX: box.xmax, maxY: box.ymax }
  const boxCaption = `${label} ${score.toFixed(3)}`
  return { position, classId, boxCaption, scores: { score }, ...(isPixels ? { domain: 'pixel' } : {}) }
}

function isDetection(value: unknown): value is Detection {
  return isRecord(value) && isRecord(value.box) && typeof value.score === 'number'
}
