import type { Range } from '../view/address/url-state.ts'
import type { YScale } from '../view/chart/y-scale.ts'
import type { LineForm } from '../view/panels/line-form.ts'
import type { ChartLine } from './chart-line.ts'
import type { PlotMark, PlotPin } from './plot-marks.ts'
import type { Projection } from './projection.ts'

/** How x values are written on the axis; times by the local clock or UTC. `integer`: numbers without any between two of them. */
export type XFormat = 'number' | 'integer' | 'duration' | 'local-time' | 'utc-time'

/** Everything that a plot draws except the crosshair. */
export interface PlotContent {
  /** The first one is drawn last, in front. */
  readonly lines: readonly ChartLine[]
  /** Runs of groups, thin and behind all else: nobody points at them. Default: none. */
  readonly members?: readonly ChartLine[]
  readonly x: Range
  readonly y: Range
  readonly isLogX: boolean
  readonly yScale: YScale
  /** Of all values; '': none, or they have several. */
  readonly yUnit: string
  readonly xFormat: XFormat
  /** What stands below the x axis. Default: nothing, as for steps. */
  readonly xTitle?: string | undefined
  /** There is nothing between two whole values, as of what is counted. Default: there is. */
  readonly isWholeY?: boolean
  readonly form: LineForm
  /** What happened in the runs, at the foot of the plot. */
  readonly marks: readonly PlotMark[]
  /** Best points of the lines. */
  readonly pins: readonly PlotPin[]
  /** Lines break where a run was silent for long. */
  readonly breaksGaps: boolean
  /** Lines that only shake are drawn stroke by stroke, also where they cover others. Default: not. */
  readonly drawsEveryStroke?: boolean
  /** Marks at the upper and lower edge say where lines go beyond it. */
  readonly marksClipped: boolean
}

/** What lies over the lines and moves with the pointer. Values in the axes' units. */
export interface PlotCursor {
  /** Where the crosshair is, if there is one. */
  readonly x: number | undefined
  /** This run is drawn stronger and the others fade. */
  readonly emphasizedRunId: string | undefined
  /** This is the chart that somebody points at, which shows it before the others do. */
  readonly isHere: boolean
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
  /** What lies over the axes, to take hold of them. */
  readonly axes: { readonly x: HTMLElement; readonly y: HTMLElement }
  /** What nobody can see needs no canvas, and is not drawn. Default: not. */
  setDrawn(isDrawn: boolean): void
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
  /** Is told each time how many lines shake so much that they would cover the others. */
  readonly onDrawn: (noisyCount: number) => void
}
