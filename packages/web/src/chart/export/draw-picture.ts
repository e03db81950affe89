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
import { labelSize, layPicture, type PictureLayout, swatchWidth, titleSize } from './lay-picture.ts'
import type { Sheet } from './sheet.ts'

/** A chart as a picture: its lines with title, axes and the names of the lines. */
export interface Picture {
  readonly title: string
  /** How its values came to be, under the title. */
  readonly notes: readonly string[]
  readonly xName: string
  readonly content: PlotContent
  /** Of the plot with its axes, CSS pixels; a small one is drawn larger. The picture is larger by title, notes and names. */
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

/** A picture with all that its size depends on, ready to be drawn. */
export interface LaidPicture {
  readonly picture: Picture
  readonly layout: PictureLayout
  readonly y: { readonly ticks: readonly number[]; readonly labels: readonly string[] }
}

/** @param widthOf - Of the sheet that it will be drawn on. */
export function preparePicture(picture: Picture, widthOf: Sheet['widthOf']): LaidPicture {
  const { content } = picture
  const ticks = yTicksOf(content)
  const labels = formatUnitTicks(ticks, content.yUnit, content.yScale)
  return { picture, layout: layPicture(picture, labels, widthOf), y: { ticks, labels } }
}

/** Draws it at its own size; the same code draws lines here and on the page. */
export function drawPicture(sheet: Sheet, { picture, layout, y }: LaidPicture): void {
  const { xName, content, colors } = picture
  const { box } = layout
  const { pen } = sheet
  if (colors.background !== undefined) {
    pen.fillStyle = colors.background
    pen.fillRect(0, 0, layout.width, layout.height)
  }
  sheet.text({ ...layout.title, align: 'start', color: colors.text, size: titleSize, isStrong: true })
  for (const note of layout.notes) sheet.text({ ...note, align: 'start', color: colors.muted, size: labelSize })
  const at = createProjection(box, content.x, content.y, content)
  drawAxes(sheet, picture, at, y)
  sheet.clip(box, () => drawContent(pen, content, at, 1))
  sheet.text({
    text: content.xFormat === 'utc-time' ? `${xName} (UTC)` : xName,
    x: box.left + box.width / 2,
    y: box.top + box.height + 32,
    align: 'center',
    color: colors.muted,
    size: labelSize,
  })
  for (const { line, text, x, y } of layout.names) {
    if (line !== undefined) drawSwatch(sheet, line, x, y - 4)
    const start = line === undefined ? x : x + swatchWidth + 5
    sheet.text({ text, x: start, y, align: 'start', color: colors.text, size: labelSize })
  }
}

function drawAxes({ pen, text }: Sheet, { content, colors }: Picture, at: Projection, y: LaidPicture['y']): void {
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

function ticksOf([low, high]: PlotContent['x'], isLog: boolean, isWhole = false): readonly number[] {
  const ticks = isLog ? logTicks(low, high) : linearTicks(low, high, 6, isWhole)
  return ticks.filter((tick) => tick >= low && tick <= high)
}

function yTicksOf({ y: [low, high], yScale, isWholeY }: PlotContent): readonly number[] {
  return yScale === 'symlog' ? symlogTicks(low, high) : ticksOf([low, high], yScale === 'log', isWholeY)
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
