import type { BoxFormat } from '../../detection/boxes.ts'
import type { DetectionImage } from '../../detection/detection-image.ts'
import { invalidRow, isList, requireNumber } from '../check-row.ts'
import type { ClassLabel, ClassNames } from '../classification/class-names.ts'
import type { EvaluationRow } from '../evaluation-task.ts'
import type { RowImage } from '../image-cell.ts'

/** Boxes: four numbers each in one flat list, or a list of lists of four. Their meaning is the task's `boxFormat`. */
export type BoxList = ArrayLike<number> | readonly ArrayLike<number>[]

/** One image. Everything is copied. */
export interface DetectionRow extends EvaluationRow {
  /** What is on it. */
  readonly label: {
    readonly boxes: BoxList
    /** Class of each box: its name or its index. */
    readonly labels: ArrayLike<ClassLabel>
    /** Boxes that stand for a group, which nobody has to find. */
    readonly isCrowd?: ArrayLike<number | boolean> | undefined
    /** Areas of the objects in square pixels, where they are not those of their boxes. */
    readonly areas?: ArrayLike<number> | undefined
  }
  /** What the model found. */
  readonly prediction: {
    readonly boxes: BoxList
    readonly labels: ArrayLike<ClassLabel>
    readonly scores: ArrayLike<number>
  }
  /** For the tables, with the boxes over it. */
  readonly image?: RowImage | undefined
}

/** @throws EvaluationError `evaluation-row`, `evaluation-label`. */
export function readDetectionRow({ label, prediction }: DetectionRow, classes: ClassNames): DetectionImage {
  if (typeof label !== 'object' || label === null) throw invalidRow('label', label, '{ boxes, labels }')
  if (typeof prediction !== 'object' || prediction === null) {
    throw invalidRow('prediction', prediction, '{ boxes, labels, scores }')
  }
  const { isCrowd, areas } = label
  return {
    truth: {
      boxes: readBoxes('label.boxes', label.boxes),
      labels: readLabels('label.labels', label.labels, classes),
      ...(isCrowd === undefined ? {} : { isCrowd: readNumbers('label.isCrowd', isCrowd) }),
      ...(areas === undefined ? {} : { areas: readNumbers('label.areas', areas) }),
    },
    detections: {
      boxes: readBoxes('prediction.boxes', prediction.boxes),
      labels: readLabels('prediction.labels', prediction.labels, classes),
      scores: readNumbers('prediction.scores', prediction.scores),
    },
  }
}

/** The corners of each box, for drawing. */
export function cornersOf(boxes: ArrayLike<number>, format: BoxFormat): Corners[] {
  return Array.from({ length: boxes.length / 4 }, (_, box) => {
    const [first, second, third, fourth] = [0, 1, 2, 3].map((at) => boxes[box * 4 + at]!) as [
      number,
      number,
      number,
      number,
    ]
    if (format === 'corners') return { minX: first, minY: second, maxX: third, maxY: fourth }
    const [left, top] = format === 'size' ? [first, second] : [first - third / 2, second - fourth / 2]
    return { minX: left, minY: top, maxX: left + third, maxY: top + fourth }
  })
}

/** A box by its edges. */
export interface Corners {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

function readBoxes(member: string, boxes: unknown): Float64Array {
  if (!isList(boxes)) throw invalidRow(member, boxes, 'a list of boxes')
  return readNumbers(
    member,
    Array.from(boxes).flatMap((one) => (isList(one) ? Array.from(one) : [one])),
  )
}

function readLabels(member: string, labels: unknown, classes: ClassNames): Int32Array {
  if (!isList(labels)) throw invalidRow(member, labels, 'a list of classes')
  return Int32Array.from(labels, (label) => classes.indexOf(`A member of ${member}`, label))
}

function readNumbers(member: string, numbers: unknown): Float64Array {
  if (!isList(numbers)) throw invalidRow(member, numbers, 'a list of numbers')
  return Float64Array.from(numbers, (number) =>
    typeof number === 'boolean' ? Number(number) : requireNumber(`A member of ${member}`, number),
  )
}
