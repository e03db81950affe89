import type { ChartLine } from '../chart-line.ts'
import type { Box } from '../projection.ts'
import type { Picture } from './draw-picture.ts'
import type { Sheet } from './sheet.ts'

/** Around everything. */
export const margin = 12
export const titleSize = 14
export const labelSize = 11
export const swatchWidth = 18
const legendRow = 16
const noteRow = 15
/** Below the plot: the labels of its ticks and the name of its axis. */
const xAxisHeight = 38
/** A picture is read on its own: plots with their axes are no smaller than this, however small the panel is. */
const plotSizeMin = { width: 640, height: 360 }
/** More names than these are counted. */
const legendCountMax = 40

/** A row of text; `y` is its baseline. */
interface PlacedText {
  readonly text: string
  readonly x: number
  readonly y: number
}

/** Where everything of a picture lies. */
export interface PictureLayout {
  /** Of the whole picture: the plot has its own size, and title, notes and names add to it. */
  readonly width: number
  readonly height: number
  readonly title: PlacedText
  readonly notes: readonly PlacedText[]
  /** The plot without its axes. */
  readonly box: Box
  /** Names of lines, each with its line; without one: how many more there are. */
  readonly names: readonly (PlacedText & { readonly line: ChartLine | undefined })[]
}

/** @param yLabels - What stands beside the y axis, which takes its room from the plot. */
export function layPicture(
  picture: Pick<Picture, 'title' | 'notes' | 'content' | 'width' | 'height'>,
  yLabels: readonly string[],
  widthOf: Sheet['widthOf'],
): PictureLayout {
  const width = Math.max(plotSizeMin.width, picture.width)
  const inner = width - 2 * margin
  const rows = wrap(picture.notes.join(' · '), inner, widthOf)
  const notes = rows.map((text, row) => ({ text, x: margin, y: margin + titleSize + (row + 1) * noteRow }))
  const left = margin + Math.max(24, ...yLabels.map((label) => widthOf(label, labelSize))) + 6
  const top = margin + titleSize + 14 + notes.length * noteRow
  const plotHeight = Math.max(plotSizeMin.height, picture.height)
  const box = { left, top, width: width - left - margin - 8, height: plotHeight - xAxisHeight }
  const below = top + plotHeight + 8
  const legend = layNames(picture.content.lines, inner, widthOf)
  return {
    width,
    height: below + legend.height + (legend.height > 0 ? margin : 0),
    title: { text: cut(picture.title, inner, titleSize, widthOf), x: margin, y: margin + titleSize },
    notes,
    box,
    names: legend.names.map((name) => ({ ...name, x: margin + name.x, y: below + labelSize + name.y })),
  }
}

/** Words in rows that are no wider than this. */
function wrap(text: string, width: number, widthOf: Sheet['widthOf']): readonly string[] {
  const rows: string[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const row = rows.at(-1)
    const longer = `${row} ${word}`
    if (row !== undefined && widthOf(longer, labelSize) <= width) rows[rows.length - 1] = longer
    else rows.push(word)
  }
  return rows
}

function cut(text: string, width: number, size: number, widthOf: Sheet['widthOf']): string {
  if (widthOf(text, size) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size) > width) letters.pop()
  return `${letters.join('')}…`
}

/** Names in rows; one line needs no name beside the title. */
function layNames(
  lines: readonly ChartLine[],
  width: number,
  widthOf: Sheet['widthOf'],
): { readonly height: number; readonly names: PictureLayout['names'] } {
  if (lines.length < 2) return { height: 0, names: [] }
  const names: (PlacedText & { readonly line: ChartLine | undefined })[] = []
  let [x, y] = [0, 0]
  const more = lines.length - legendCountMax
  const named: (ChartLine | undefined)[] = lines.slice(0, legendCountMax)
  if (more > 0) named.push(undefined)
  for (const line of named) {
    const swatch = line === undefined ? 0 : swatchWidth + 5
    const text = cut(line?.label ?? `and ${more} more`, width - swatch, labelSize, widthOf)
    const wide = swatch + widthOf(text, labelSize)
    if (x > 0 && x + wide > width) [x, y] = [0, y + legendRow]
    names.push({ line, text, x, y })
    x += wide + 16
  }
  return { height: y + legendRow, names }
}
