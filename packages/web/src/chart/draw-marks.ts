import type { Pen } from './draw-lines.ts'
import { clusterMarks, foremostMarks, type MarkShape, type PlotMark, type PlotPin } from './plot-marks.ts'
import type { Projection } from './projection.ts'

/** CSS pixels: how far up a mark's tick reaches, and half the width of its flag. */
const tickHeight = 7
const flagSize = 4
/** Half the width of the star at a best point. */
const starSize = 6

/** Flags on one tick; more would reach into the lines. */
const stackMax = 3

/**
 * A tick with a flag of its own shape for each thing that happened, from the foot of the plot up. What happened at one place stands on
 * one tick, a flag above the other; a plus on top says that there is more.
 */
export function drawMarks(pen: Pen, marks: readonly PlotMark[], at: Projection, devicePixelRatio: number): void {
  const { left: from, width, top, height } = at.box
  const floor = top + height
  const size = flagSize * devicePixelRatio
  pen.globalAlpha = 1
  pen.lineWidth = 1.5 * devicePixelRatio
  const clusters = clusterMarks(marks, { x: at.x, isLogX: at.isLogX, width }, 2 * size)
  for (const cluster of clusters) {
    const shown = foremostMarks(cluster.marks, stackMax)
    const left = from + cluster.share * width
    // At an end of the axis the tick lies whole inside, and the flags beside it.
    const tick = Math.max(from + pen.lineWidth / 2, Math.min(from + width - pen.lineWidth / 2, left))
    const flagLeft = Math.max(from + size, Math.min(from + width - size, left))
    const middleOf = (place: number): number =>
      floor - tickHeight * devicePixelRatio - size - place * (2 * size + 2 * devicePixelRatio)
    pen.strokeStyle = shown[0]!.color
    strokes(pen, [
      [
        [tick, floor],
        [tick, middleOf(0) + size],
      ],
    ])
    for (const [place, { color, shape }] of shown.entries()) {
      pen.strokeStyle = color
      pen.fillStyle = color
      flags[shape](pen, flagLeft, middleOf(place), size)
    }
    if (shown.length < cluster.marks.length) plus(pen, flagLeft, middleOf(shown.length), size * 0.75)
  }
}

/** A star at the best point of each run. */
export function drawPins(pen: Pen, pins: readonly PlotPin[], at: Projection, devicePixelRatio: number): void {
  pen.globalAlpha = 1
  for (const { x, y, color } of pins) {
    const [left, top] = [at.toLeft(x), at.toTop(y)]
    if (!isInside(at, left, top)) continue
    pen.fillStyle = color
    star(pen, left, top, starSize * devicePixelRatio)
  }
}

function isInside({ box }: Projection, left: number, top: number): boolean {
  return left >= box.left && left <= box.left + box.width && top >= box.top && top <= box.top + box.height
}

type DrawFlag = (pen: Pen, left: number, middle: number, size: number) => void

const flags: Readonly<Record<MarkShape, DrawFlag>> = {
  // Forward.
  resumed: (pen, left, middle, size) =>
    polygon(pen, [
      [left - size, middle - size],
      [left + size, middle],
      [left - size, middle + size],
    ]),
  // Two ways out of one.
  forked: (pen, left, middle, size) =>
    strokes(pen, [
      [
        [left - size, middle - size],
        [left, middle + size],
        [left + size, middle - size],
      ],
    ]),
  finished: (pen, left, middle, size) => pen.fillRect(left - size, middle - size, 2 * size, 2 * size),
  failed: (pen, left, middle, size) =>
    strokes(pen, [
      [
        [left - size, middle - size],
        [left + size, middle + size],
      ],
      [
        [left - size, middle + size],
        [left + size, middle - size],
      ],
    ]),
  artifact: (pen, left, middle, size) =>
    polygon(pen, [
      [left, middle - size],
      [left + size, middle],
      [left, middle + size],
      [left - size, middle],
    ]),
  alert: (pen, left, middle, size) =>
    polygon(pen, [
      [left, middle - size],
      [left + size, middle + size],
      [left - size, middle + size],
    ]),
}

function plus(pen: Pen, left: number, middle: number, size: number): void {
  strokes(pen, [
    [
      [left - size, middle],
      [left + size, middle],
    ],
    [
      [left, middle - size],
      [left, middle + size],
    ],
  ])
}

type Corner = readonly [left: number, top: number]

function polygon(pen: Pen, corners: readonly Corner[]): void {
  pen.beginPath()
  trace(pen, corners)
  pen.closePath()
  pen.fill()
}

function strokes(pen: Pen, lines: readonly (readonly Corner[])[]): void {
  pen.beginPath()
  for (const line of lines) trace(pen, line)
  pen.stroke()
}

function trace(pen: Pen, corners: readonly Corner[]): void {
  for (const [i, [left, top]] of corners.entries()) {
    if (i === 0) pen.moveTo(left, top)
    else pen.lineTo(left, top)
  }
}

function star(pen: Pen, left: number, top: number, size: number): void {
  const corners = Array.from({ length: 10 }, (_, i): Corner => {
    const angle = (i * Math.PI) / 5 - Math.PI / 2
    const radius = i % 2 === 0 ? size : size * 0.45
    return [left + radius * Math.cos(angle), top + radius * Math.sin(angle)]
  })
  polygon(pen, corners)
}
