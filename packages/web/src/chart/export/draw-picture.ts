import { clockParts } from '../../view/text/time-zone.ts'
import type { ChartLine } from '../chart-line.ts'
import { drawContent } from '../draw-content.ts'
import type { PlotContent } from '../plot.ts'
import { createProjection, type Projection } from '../projection.ts'
import { symlogTicks } from '../symlog.ts'
import {
  formatDurationTicks,
  formatLogTicks,
  formatTicks,
  isTimeFormat,
  linearTicks,
  logTicks,
  ticksFor,
  zoneOf,
} from '../ticks.ts'
import { formatUnitTicks } from '../unit-ticks.ts'
import type { Sheet } from './sheet.ts'

/** A chart as a picture: its lines with title, axes and the names of the lines. */
export interface Picture {
  readonly title: string
  /** How its values came to be, under the title. */
  readonly notes: readonly string[]
  readonly xName: string
  readonly content: PlotContent
  readonly width: number
  readonly height: number
  readonly colors: {
    /** Undefined: nothing behind the lines. */
    readonly background: string | undefined
    readonly text: string
    readonly muted: string
    readonly grid: string
  }
}

const margin = 12
const titleSize = 14
const labelSize = 11
const legendRow = 16
const noteRow = 15
const swatchWidth = 18
/** More names than these are counted. */
const legendCountMax = 40

/** Draws it at its own size; the same code draws lines here and on the page. */
export function drawPicture(sheet: Sheet, picture: Picture): void {
  const { title, notes, xName, content, width, height, colors } = picture
  const { pen } = sheet
  if (colors.background !== undefined) {
    pen.fillStyle = colors.background
    pen.fillRect(0, 0, width, height)
  }
  sheet.text({
    text: title,
    x: margin,
    y: margin + titleSize,
    align: 'start',
    color: colors.text,
    size: titleSize,
    isStrong: true,
  })
  const noteLines = wrapNotes(sheet, notes, width - 2 * margin)
  for (const [line, text] of noteLines.entries()) {
    const y = margin + titleSize + (line + 1) * noteRow
    sheet.text({ text, x: margin, y, align: 'start', color: colors.muted, size: labelSize })
  }
  const legend = layLegend(sheet, content.lines, width)
  const yTicks = yTicksOf(content)
  const yLabels = formatUnitTicks(yTicks, content.yUnit, content.yScale)
  const left = margin + Math.max(24, ...yLabels.map((label) => sheet.widthOf(label, labelSize))) + 6
  const top = margin + titleSize + 14 + noteLines.length * noteRow
  const box = {
    left,
    top,
    width: Math.max(40, width - left - margin - 8),
    height: Math.max(40, height - top - 38 - legend.height - margin),
  }
  const at = createProjection(box, content.x, content.y, content)
  drawAxes(sheet, picture, at, { ticks: yTicks, labels: yLabels })
  sheet.clip(box, () => drawContent(pen, content, at, 1))
  sheet.text({
    text: content.xFormat === 'utc-time' ? `${xName} (UTC)` : xName,
    x: box.left + box.width / 2,
    y: box.top + box.height + 32,
    align: 'center',
    color: colors.muted,
    size: labelSize,
  })
  for (const { line, x, y } of legend.items) {
    const from = box.top + box.height + 46 + y
    if (line !== undefined) drawSwatch(sheet, line, margin + x, from - 4)
    const text = line?.label ?? `and ${content.lines.length - legendCountMax} more`
    const start = margin + x + (line === undefined ? 0 : swatchWidth + 5)
    sheet.text({ text, x: start, y: from, align: 'start', color: colors.text, size: labelSize })
  }
}

function drawAxes(
  { pen, text }: Sheet,
  { content, colors }: Picture,
  at: Projection,
  y: { readonly ticks: readonly number[]; readonly labels: readonly string[] },
): void {
  const { box } = at
  const xTicks = ticksFor(content.xFormat, ticksOf(content.x, content.isLogX))
  const xLabels = xLabelsOf(xTicks, content)
  pen.strokeStyle = colors.grid
  pen.lineWidth = 1
  pen.globalAlpha = 1
  pen.setLineDash([])
  pen.beginPath()
  for (const tick of y.ticks) {
    pen.moveTo(box.left, at.toTop(tick))
    pen.lineTo(box.left + box.width, at.toTop(tick))
  }
  for (const tick of xTicks) {
    pen.moveTo(at.toLeft(tick), box.top)
    pen.lineTo(at.toLeft(tick), box.top + box.height)
  }
  pen.stroke()
  const shared = { color: colors.muted, size: labelSize }
  for (const [index, tick] of y.ticks.entries()) {
    text({ ...shared, text: y.labels[index] ?? '', x: box.left - 6, y: at.toTop(tick) + 4, align: 'end' })
  }
  for (const [index, tick] of xTicks.entries()) {
    text({ ...shared, text: xLabels[index] ?? '', x: at.toLeft(tick), y: box.top + box.height + 16, align: 'center' })
  }
}

function ticksOf([low, high]: PlotContent['x'], isLog: boolean): readonly number[] {
  return (isLog ? logTicks(low, high) : linearTicks(low, high, 6)).filter((tick) => tick >= low && tick <= high)
}

function yTicksOf({ y: [low, high], yScale }: PlotContent): readonly number[] {
  return yScale === 'symlog' ? symlogTicks(low, high) : ticksOf([low, high], yScale === 'log')
}

function xLabelsOf(ticks: readonly number[], { xFormat, isLogX }: PlotContent): readonly string[] {
  if (xFormat === 'duration') return formatDurationTicks(ticks)
  if (isTimeFormat(xFormat)) {
    const zone = zoneOf(xFormat)
    return ticks.map((tick) =>
      clockParts(tick * 1000, zone)
        .join(' ')
        .slice(5, 16),
    )
  }
  return isLogX ? formatLogTicks(ticks) : formatTicks(ticks)
}

function drawSwatch({ pen }: Sheet, { style }: ChartLine, x: number, y: number): void {
  pen.strokeStyle = style.color
  pen.lineWidth = 2
  pen.globalAlpha = 1
  pen.setLineDash([...style.dash])
  pen.beginPath()
  pen.moveTo(x, y)
  pen.lineTo(x + swatchWidth, y)
  pen.stroke()
  pen.setLineDash([])
}

/** Notes in rows as wide as the picture, a note that is longer over several. */
function wrapNotes(sheet: Sheet, notes: readonly string[], width: number): readonly string[] {
  const rows: string[] = []
  for (const word of notes.join(' · ').split(' ').filter(Boolean)) {
    const row = rows.at(-1)
    const longer = `${row} ${word}`
    if (row !== undefined && sheet.widthOf(longer, labelSize) <= width) rows[rows.length - 1] = longer
    else rows.push(word)
  }
  return rows
}

/** Names in rows as wide as the picture; one line needs no name beside the title. */
function layLegend(
  sheet: Sheet,
  lines: readonly ChartLine[],
  width: number,
): {
  readonly height: number
  readonly items: readonly { readonly line: ChartLine | undefined; readonly x: number; readonly y: number }[]
} {
  if (lines.length < 2) return { height: 0, items: [] }
  const items: { line: ChartLine | undefined; x: number; y: number }[] = []
  let [x, y] = [0, 0]
  const shown: (ChartLine | undefined)[] = lines.slice(0, legendCountMax)
  if (lines.length > legendCountMax) shown.push(undefined)
  for (const line of shown) {
    const wide = swatchWidth + 5 + sheet.widthOf(line?.label ?? 'and 1,000 more', labelSize) + 16
    if (x > 0 && x + wide > width - 2 * margin) [x, y] = [0, y + legendRow]
    items.push({ line, x, y })
    x += wide
  }
  return { height: y + legendRow, items }
}
