import { hues, panelBackground, type Theme } from '../../view/chart/palette.ts'
import type { ChartLine } from '../chart-line.ts'
import type { PlotContent } from '../plot.ts'
import { createCanvasSheet } from './canvas-sheet.ts'
import { drawPicture, type Picture, preparePicture } from './draw-picture.ts'
import { createSvgSheet, svgWidthOf } from './svg-sheet.ts'

/** How a chart becomes a picture. */
export interface PictureChoice {
  readonly theme: Theme
  readonly isTransparent: boolean
}

const texts: Readonly<Record<Theme, Omit<Picture['colors'], 'background'>>> = {
  light: { text: '#1b1f26', muted: '#59616d', grid: '#eceef1' },
  dark: { text: '#e6e8ec', muted: '#a0a7b3', grid: '#22252c' },
}

/** A chart as it is on the page, in another theme if that is wanted. */
export function toPicture(
  chart: Pick<Picture, 'title' | 'notes' | 'xName' | 'content' | 'width' | 'height'>,
  { theme, isTransparent }: PictureChoice,
): Picture {
  const background = isTransparent ? undefined : panelBackground[theme]
  return { ...chart, content: inTheme(chart.content, theme), colors: { ...texts[theme], background } }
}

/** Vectors: no spike is lost, however large it is shown. */
export function toSvg(picture: Picture): string {
  const laid = preparePicture(picture, svgWidthOf)
  const sheet = createSvgSheet(laid.layout)
  drawPicture(sheet, laid)
  return sheet.toSvg()
}

/** Pixels, `scale` of them for each of the picture's. @throws where a canvas cannot be had. */
export async function toPng(picture: Picture, scale: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser gives no canvas to draw on.')
  const sheet = createCanvasSheet(context)
  const laid = preparePicture(picture, sheet.widthOf)
  canvas.width = Math.round(laid.layout.width * scale)
  canvas.height = Math.round(laid.layout.height * scale)
  context.scale(scale, scale)
  drawPicture(sheet, laid)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png'),
  )
}

/** Runs keep their hues; each has a colour for either theme. */
function inTheme(content: PlotContent, theme: Theme): PlotContent {
  const colorOf = new Map(hues.flatMap((hue) => [[hue.light, hue[theme]] as const, [hue.dark, hue[theme]] as const]))
  const recolored = <T extends { readonly color: string }>(one: T): T => ({
    ...one,
    color: colorOf.get(one.color) ?? one.color,
  })
  const ofTheme = (line: ChartLine): ChartLine => ({ ...line, style: recolored(line.style) })
  const { lines, members, marks, pins } = content
  return {
    ...content,
    lines: lines.map(ofTheme),
    ...(members && { members: members.map(ofTheme) }),
    marks: marks.map(recolored),
    pins: pins.map(recolored),
  }
}
