import { invalidValue, requireLength, requireOneOf } from '../errors.ts'

/**
 * What the four numbers of a box are: `'corners'`: x and y of two opposite corners (`minX, minY, maxX, maxY`); `'size'`: x, y of
 * the upper left corner, width, height, as COCO has them; `'center'`: x, y of the centre, width, height, as YOLO has them.
 */
export type BoxFormat = 'corners' | 'size' | 'center'

/** Boxes as upper left corner, width and height, four numbers each. */
export function toSizes(what: string, boxes: ArrayLike<number>, count: number, format: BoxFormat): Float64Array {
  requireOneOf('boxFormat', format, ['corners', 'size', 'center'])
  requireLength(what, boxes.length, count * 4)
  const sizes = Float64Array.from(boxes)
  for (let at = 0; at < sizes.length; at += 4) {
    if (format === 'corners') {
      sizes[at + 2]! -= sizes[at]!
      sizes[at + 3]! -= sizes[at + 1]!
    } else if (format === 'center') {
      sizes[at]! -= sizes[at + 2]! / 2
      sizes[at + 1]! -= sizes[at + 3]! / 2
    }
    // Written so that NaN does not pass.
    if (!(sizes[at + 2]! >= 0 && sizes[at + 3]! >= 0)) throw invalidBox(what, at / 4, format)
  }
  return sizes
}

/** Area of a box. */
export function areaOf(sizes: Float64Array, box: number): number {
  return sizes[box * 4 + 2]! * sizes[box * 4 + 3]!
}

/**
 * Intersection over union of two boxes, 0 to 1; 0 for boxes without area.
 *
 * @param isCrowd - The second box stands for a group: the intersection is divided by the area of the first, as COCO does.
 */
export function intersectionOverUnion(
  first: Float64Array,
  firstBox: number,
  second: Float64Array,
  secondBox: number,
  isCrowd: boolean,
): number {
  const [a, b] = [firstBox * 4, secondBox * 4]
  const width = Math.min(first[a]! + first[a + 2]!, second[b]! + second[b + 2]!) - Math.max(first[a]!, second[b]!)
  const height =
    Math.min(first[a + 1]! + first[a + 3]!, second[b + 1]! + second[b + 3]!) - Math.max(first[a + 1]!, second[b + 1]!)
  if (width <= 0 || height <= 0) return 0
  const shared = width * height
  const whole = areaOf(first, firstBox) + (isCrowd ? 0 : areaOf(second, secondBox) - shared)
  return shared / whole
}

function invalidBox(what: string, box: number, format: BoxFormat): Error {
  return invalidValue(
    `${what}: box ${box} has a width or height that is negative or NaN.`,
    `They are read as ${JSON.stringify(format)}; check boxFormat.`,
  )
}
