import type { Range } from '../view/url-state.ts'
import type { ChartLine } from './chart-line.ts'
import type { Projection } from './projection.ts'

/** How x values are written on the axis. */
export type XFormat = 'number' | 'duration' | 'time'

/** Everything that a plot draws except the crosshair. */
export interface PlotContent {
  /** The first one is drawn last, in front. */
  readonly lines: readonly ChartLine[]
  readonly x: Range
  readonly y: Range
  readonly isLogX: boolean
  readonly isLogY: boolean
  readonly xFormat: XFormat
  /** Marks at the upper and lower edge say where lines go beyond it. */
  readonly marksClipped: boolean
}

/** What lies over the lines and moves with the pointer. Values in the axes' units. */
export interface PlotCursor {
  /** Where the crosshair is, if there is one. */
  readonly x: number | undefined
  /** This run is drawn stronger and the others fade. */
  readonly emphasizedRunId: string | undefined
  readonly dots: readonly { readonly x: number; readonly y: number; readonly color: string }[]
  /** Short text beside the crosshair, for panels that the pointer is not over. */
  readonly label: string | undefined
}

/** Colours of a plot, read from the page's tokens. */
export interface PlotColors {
  readonly panel: string
  readonly axis: string
  readonly grid: string
  readonly crosshair: string
}

/** The only thing that the page knows of its plotting library. */
export interface Plot {
  /** The plotting area without axes: where pointers and the tooltip live. */
  readonly area: HTMLElement
  setSize(width: number, height: number): void
  setContent(content: PlotContent): void
  /** Painted on a layer of its own, so that moving the pointer redraws no line. */
  setCursor(cursor: PlotCursor | undefined): void
  setColors(colors: PlotColors): void
  /** Onto CSS pixels of {@link Plot.area}. */
  projection(): Projection
  destroy(): void
}

/** What a plot starts with. Sizes in CSS pixels. */
export interface CreatePlotOptions {
  readonly target: HTMLElement
  readonly width: number
  readonly height: number
  readonly colors: PlotColors
  readonly content: PlotContent
}
