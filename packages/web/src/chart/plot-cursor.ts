import { formatValue } from '../view/text/unit.ts'
import type { ChartLine } from './chart-line.ts'
import type { SharedCursor } from './cursor-hub.ts'
import { type CursorReading, drawnValue, readAt, readingsAt, shownValue } from './cursor-reading.ts'
import type { PlotContent, PlotCursor } from './plot.ts'
import { notesNear } from './plot-marks.ts'
import type { Position } from './pointer.ts'
import type { Projection } from './projection.ts'

/** Dots on every line are help for ten lines and noise for a hundred. */
const dotLinesMax = 20
/** What is marked within so many CSS pixels of the crosshair is told. */
const noteReach = 8

/** What a tooltip tells of one place. */
export interface Tip {
  /** Nearest first; at least one, or none where there is nothing. */
  readonly readings: readonly CursorReading[]
  /** Moments and best points there, in words. */
  readonly notes: readonly string[]
  readonly position: Position
}

/** What is at a place of a plot. */
export function tipAt({ lines, marks, pins }: PlotContent, at: Projection, position: Position): Tip {
  const readings = readingsAt(lines, at, position)
  const left = readings[0] ? at.toLeft(readings[0].x) : position.left
  const notesAt = (place: number): readonly string[] => notesNear([...marks, ...pins], at.toLeft, place, noteReach)
  // A mark is meant by whoever points at it, also where the next point of a line is farther away.
  const pointed = notesAt(position.left)
  return { readings, notes: pointed.length > 0 ? pointed : notesAt(left), position }
}

/** Where the keyboard's cursor is: on the line that it follows. */
export function positionOf({ runId }: SharedCursor, x: number, lines: readonly ChartLine[], at: Projection): Position {
  const line = lines.find((one) => one.runId === runId) ?? lines[0]
  const reading = line && readAt(line, x)
  return { left: at.toLeft(x), top: reading ? at.toTop(drawnValue(reading)) : 0 }
}

/** What a chart draws of a cursor that may be in another one. */
export function toPlotCursor(
  { at, runId }: SharedCursor,
  lines: readonly ChartLine[],
  xId: string,
  isMine: boolean,
): PlotCursor {
  if (at?.xId !== xId) return { x: undefined, emphasizedRunId: runId, isHere: isMine, dots: [], label: undefined }
  const meant = lines.filter((line) => runId === undefined || line.runId === runId)
  const marked = meant.length <= dotLinesMax ? meant : []
  const readings = marked.flatMap((line) => readAt(line, at.x, 0) ?? [])
  const first = readings[0]
  return {
    x: at.x,
    emphasizedRunId: runId,
    isHere: isMine,
    dots: readings.map((reading) => ({ x: reading.x, y: drawnValue(reading), color: reading.line.style.color })),
    // One name beside the crosshair: the run that is meant. Any other choice among many would mislead.
    label:
      isMine || !first || meant.length > 1
        ? undefined
        : `${first.line.label} ${formatValue(shownValue(first), first.line.unit ?? '')}`,
  }
}
