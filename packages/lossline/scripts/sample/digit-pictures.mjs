// Pictures of digits, drawn as the lit segments of a display: alone for tables, and several in a scene with boxes and masks.
import { around0 } from './random.mjs'

export const classNames = Array.from({ length: 10 }, (_, digit) => String(digit))
/** Width and height of a digit alone. */
export const digitSize = 16

const segmentsOf = ['abcdef', 'bc', 'abged', 'abgcd', 'fgbc', 'afgcd', 'afgedc', 'abc', 'abcdefg', 'abcdfg']
/** Left, top, width, height in a field of 16 by 16. */
const segmentBoxes = {
  a: [4, 2, 8, 2],
  b: [10, 2, 2, 6],
  c: [10, 8, 2, 6],
  d: [4, 12, 8, 2],
  e: [4, 8, 2, 6],
  f: [4, 2, 2, 6],
  g: [4, 7, 8, 2],
}

/** Grey pixels of one digit, in steps of 16 so that the file stays small. */
export function drawDigit(digit, random) {
  const pixels = Uint8Array.from({ length: digitSize ** 2 }, () => (random() < 0.15 ? 32 : 16))
  const [right, down] = [Math.round(around0(random)), Math.round(around0(random))]
  paintSegments(digit, (x, y) => {
    const [atX, atY] = [x + right, y + down]
    if (atX < 0 || atY < 0 || atX >= digitSize || atY >= digitSize) return
    pixels[atY * digitSize + atX] = 176 + 16 * Math.floor(random() * 4)
  })
  return pixels
}

function paintSegments(digit, paint) {
  for (const segment of segmentsOf[digit]) {
    const [left, top, width, height] = segmentBoxes[segment]
    for (let y = top; y < top + height; y++) for (let x = left; x < left + width; x++) paint(x, y)
  }
}

export const sceneWidth = 128
export const sceneHeight = 80
const sceneScale = 2
const colors = [
  [245, 204, 88],
  [119, 146, 238],
  [60, 244, 167],
  [246, 134, 117],
]

/** A board with three digits on it: RGB pixels, and where each digit is. */
export function drawScene(random) {
  const pixels = new Uint8Array(sceneWidth * sceneHeight * 3)
  for (let y = 0; y < sceneHeight; y++) {
    for (let x = 0; x < sceneWidth; x++) {
      const shade = 24 + 2 * Math.floor(y / 8) + (x % 16 === 0 || y % 16 === 0 ? 10 : 0)
      pixels.set([shade, shade + 4, shade + 12], 3 * (y * sceneWidth + x))
    }
  }
  const digits = [0, 1, 2].map((place) => {
    const digit = Math.floor(random() * 10)
    const left = 4 + place * 42 + Math.floor(random() * 5)
    const top = 4 + Math.floor(random() * 40)
    const color = colors[Math.floor(random() * colors.length)]
    paintSegments(digit, (x, y) => {
      for (let dy = 0; dy < sceneScale; dy++) {
        for (let dx = 0; dx < sceneScale; dx++) {
          pixels.set(color, 3 * ((top + sceneScale * y + dy) * sceneWidth + left + sceneScale * x + dx))
        }
      }
    })
    return { digit, left, top }
  })
  return { pixels, digits }
}

/** What a model that is so good (0…1) finds in a scene: its boxes, and a class for each pixel (0 is the background). */
export function findDigits({ digits }, skill, random) {
  const classLabels = Object.fromEntries([[0, 'background'], ...classNames.map((name, digit) => [digit + 1, name])])
  const mask = new Uint8Array(sceneWidth * sceneHeight)
  const boxData = digits.flatMap(({ digit, left, top }) => {
    const score = Math.min(0.99, Math.max(0.05, skill + 0.12 * around0(random)))
    if (score < 0.2) return []
    const found = random() < skill ? digit : Math.floor(random() * 10)
    const miss = () => Math.round((1 - skill) * 5 * around0(random))
    const [x, y] = [left + miss(), top + miss()]
    paintSegments(found, (dx, dy) => {
      for (let pixel = 0; pixel < sceneScale ** 2; pixel++) {
        const [atX, atY] = [x + sceneScale * dx + (pixel % 2), y + sceneScale * dy + (pixel >> 1)]
        const isInside = atX >= 0 && atY >= 0 && atX < sceneWidth && atY < sceneHeight
        if (isInside) mask[atY * sceneWidth + atX] = found + 1
      }
    })
    const minX = Math.max(0, x + 6) / sceneWidth
    const minY = Math.max(0, y + 2) / sceneHeight
    const maxX = Math.min(sceneWidth, x + 26) / sceneWidth
    const maxY = Math.min(sceneHeight, y + 30) / sceneHeight
    const position = { minX, minY, maxX, maxY }
    return [{ position, classId: found + 1, boxCaption: `${found} ${score.toFixed(2)}`, scores: { score } }]
  })
  return { boxes: { boxData, classLabels }, mask: { maskData: mask, classLabels } }
}

/** Where the digits really are. */
export function trueBoxes({ digits }) {
  const classLabels = Object.fromEntries(classNames.map((name, digit) => [digit + 1, name]))
  const boxData = digits.map(({ digit, left, top }) => ({
    position: {
      minX: (left + 6) / sceneWidth,
      minY: (top + 2) / sceneHeight,
      maxX: (left + 26) / sceneWidth,
      maxY: (top + 30) / sceneHeight,
    },
    classId: digit + 1,
    boxCaption: String(digit),
  }))
  return { boxData, classLabels }
}
