import type { Theme } from '../../view/chart/palette.ts'
import { sequentialMarkColor } from '../../view/chart/sequential-color.ts'
import { type ColorRange, shareOf } from '../../view/panels/color-range.ts'
import type { ParallelLayout } from '../../view/panels/parallel-layout.ts'
import type { ParallelLine } from '../../view/panels/parallel-lines.ts'

/** Draws runs as lines over parallel axes, in the colour of their value on the last one; the others are grey and behind. */
export function paintLines(
  element: HTMLCanvasElement,
  shown: {
    readonly lines: readonly ParallelLine[]
    /** Those that are not grey. */
    readonly chosen: readonly ParallelLine[]
    readonly theme: Theme
    readonly layout: ParallelLayout
    /** Of the last axis; undefined: there is none. */
    readonly colors: ColorRange | undefined
  },
): void {
  const context = element.getContext('2d')
  if (!context) return
  const { lines, chosen, theme, layout, colors } = shown
  const { width, height, leftOf, topOf } = layout
  const ratio = devicePixelRatio
  element.width = Math.round(width * ratio)
  element.height = Math.round(height * ratio)
  context.scale(ratio, ratio)
  const style = getComputedStyle(element)
  const grey = style.getPropertyValue('--border').trim()
  const isChosenNow = new Set(chosen)
  // What was not chosen lies behind.
  for (const line of [...lines.filter((one) => !isChosenNow.has(one)), ...chosen]) {
    const last = line.places.at(-1)
    const isGrey = !isChosenNow.has(line)
    context.strokeStyle =
      isGrey || last === undefined || colors === undefined ? grey : sequentialMarkColor(shareOf(colors, last), theme)
    context.globalAlpha = isGrey ? 0.5 : Math.max(0.35, Math.min(1, 60 / lines.length))
    context.lineWidth = 1.5
    context.beginPath()
    for (const [index, place] of line.places.entries()) {
      // Missing values go through a slot below the axis.
      const y = place === undefined ? height - 8 : topOf(place)
      if (index === 0) context.moveTo(leftOf(index), y)
      else context.lineTo(leftOf(index), y)
    }
    context.stroke()
  }
}
