/**
 * `POST /api/series` with this body answers a binary series frame (`decodeSeriesFrame`): one series a run in the given
 * order, then those of other projects, then one a group. A run with at most 2 × `buckets` points in range comes raw, every point; a longer one as buckets on
 * the frame's grid. A group always comes reduced, see {@link GroupSeries}.
 */
export interface SeriesRequest {
  readonly entity: string
  readonly project: string
  /** Up to 1,000 run ids, those of `others` included; none only where there are groups. */
  readonly runIds: readonly string[]
  /**
   * Other projects that are looked at together with this one, up to 100: their series come behind those of `runIds`, and smoothing
   * refers to the extent of all of their runs too, also where none is named. What the asker may not see has no points.
   */
  readonly others?: readonly RunsOfProject[]
  /** Runs that are drawn as one line, up to 1,000. */
  readonly groups?: readonly SeriesGroup[]
  /** How the runs of a group become one line. Default: their mean, without a band. */
  readonly grouping?: Grouping
  /** A metric. Exactly one of `key` and `expression` is given. */
  readonly key?: string
  /** A formula over metrics, see `parseExpression`. */
  readonly expression?: string
  /**
   * At which steps a formula over several metrics has a value: where all were logged (`equal-step`, the default), or from where
   * all were logged on, with the last value of each (`last-known`).
   */
  readonly join?: ExpressionJoin
  readonly stream?: 'history' | 'events'
  readonly x: SeriesX
  /** Range of x, inclusive, in the unit of x. Default: all points. */
  readonly range?: readonly [from: number, to: number]
  /** Number of buckets, 16…4,096. */
  readonly buckets: number
  /** Spacing of buckets. Points with x ≤ 0 are left out on `log` and counted. Default `linear`. */
  readonly scale?: 'linear' | 'log'
  readonly smoothing?: Smoothing
  /**
   * How points are joined whose x goes back and forth. `logged`: a run with at most {@link loggedSeriesLimits} points comes raw and
   * whole, whatever `range` says, with its {@link RawSeries.order}; a longer one, and one whose x never goes back, as with `x`.
   * Default `x`.
   */
  readonly order?: PointOrder
}
/** By x, or as they were logged. */
export type PointOrder = 'x' | 'logged'
/** Points of what is drawn in logging order: of one run, and of all runs of a request, of which the first come first. */
export const loggedSeriesLimits = { pointCount: 20_000, pointCountOfAll: 200_000 } as const
/**
 * Body of `POST /api/series/batch`: what several charts of a page want to know at the same moment. The answer holds a series frame
 * for each, in the same order (`decodeSeriesFrames`).
 */
export interface SeriesBatchRequest {
  /** 1…100, in all within `seriesBatchLimits`. */
  readonly requests: readonly SeriesRequest[]
}
/**
 * Body of `POST /api/series/points`: every point of a metric or a formula, run by run, x ascending, as text that is sent while it is
 * read. `csv`: run, run id, x, value; `json`: a list of `{ run, runId, x, value }`, NaN and infinities as texts. With `others` the
 * project of each run stands before its name, as `entity/project`: in the column `project`, or as `project`.
 */
export interface SeriesPointsRequest
  extends Pick<
    SeriesRequest,
    'entity' | 'project' | 'runIds' | 'others' | 'key' | 'expression' | 'join' | 'stream' | 'x' | 'range'
  > {
  readonly format: 'csv' | 'json'
}
/** Runs that belong together. A run that does not exist has no points, but counts for the size of its group. */
export interface SeriesGroup {
  /** Comes back with the series. */
  readonly name: string
  /** 1…10,000 run ids. */
  readonly runIds: readonly string[]
  /** Where they are. Default: in the project of the request. */
  readonly of?: { readonly entity: string; readonly project: string }
}
/** Runs of a project by their ids; there may be none. */
export interface RunsOfProject {
  readonly entity: string
  readonly project: string
  readonly runIds: readonly string[]
}
/** Centre and band of a group's line. */
export interface Grouping {
  readonly statistic: GroupStatistic
  readonly band: GroupBand
}
/** `min` and `max` are of all points, the others of one value a run: the mean of its points in the bucket. */
export type GroupStatistic = 'mean' | 'median' | 'min' | 'max' | 'sum'
/**
 * `min-max` spans all points. `sd` (by n − 1), `standard-error` and `confidence-95` (Student's t) lie around the mean of the
 * runs, whatever the centre is; `quartiles` has half of the runs in it. A sum has none of them, and neither has a single run.
 */
export type GroupBand = 'none' | 'min-max' | 'quartiles' | 'sd' | 'standard-error' | 'confidence-95'

/**
 * `relative` (how long the run's processes had been at work, which they log as `_runtime`: pauses are no part of it), `relative-wall`
 * (since the run was created, by the clock) and `wall` in seconds. `metric`: the value of another key logged in the same row; `expression`: a formula over such. */
export type SeriesX =
  | { readonly kind: 'step' }
  | { readonly kind: 'relative' }
  | { readonly kind: 'relative-wall' }
  | { readonly kind: 'wall' }
  | { readonly kind: 'metric'; readonly key: string }
  | { readonly kind: 'expression'; readonly expression: string }
/** How metrics of one formula that were not logged together meet. */
export type ExpressionJoin = 'equal-step' | 'last-known'
/**
 * `weight`: 0…1. `range`: the extent of x that a time-weighted weight refers to; default: that of all runs of the project that have the
 * x, rounded up to a power of two. `sigma`, `window` and `range` in units of x.
 */
export type Smoothing =
  | { readonly kind: 'none' }
  | { readonly kind: 'time-weighted-ema'; readonly weight: number; readonly range?: number }
  | { readonly kind: 'ema'; readonly weight: number }
  | { readonly kind: 'gaussian'; readonly sigma: number }
  | { readonly kind: 'running-average'; readonly window: number }

/** A decoded series frame. */
export interface SeriesFrame {
  /** Grid shared by all bucketed series; bucket i covers x in [edge(i), edge(i+1)), the last one includes `to`. */
  readonly grid: {
    readonly from: number
    readonly to: number
    readonly count: number
    readonly scale: 'linear' | 'log'
  }
  readonly series: readonly Series[]
  /** What the weights of a time-weighted smoothing referred to, in units of x. */
  readonly smoothingRange?: number
}
/** One metric of one run, whole or reduced, or of a group of runs. */
export type Series = RunSeries | GroupSeries
/** One metric of one run. */
export type RunSeries = RawSeries | BucketSeries
interface SeriesCommon {
  /** Points in range, before any reduction, non-finite ones included. */
  readonly pointCount: number
  /** Points left out because x ≤ 0 on a log axis. */
  readonly hiddenPointCount: number
  /** x range of the whole series, not only of `range`; NaN when it has no point. */
  readonly extent: readonly [from: number, to: number]
  /** NaN and ±Infinity in range: their x and which of them it is. */
  readonly nonFinite: { readonly x: Float64Array; readonly value: Float64Array }
}
interface RunSeriesCommon extends SeriesCommon {
  readonly runId: string
  /** The run's history revision that this answers. */
  readonly revision: number
  /** x goes back somewhere: the points were logged in another order. Default: it does not. */
  readonly isReordered?: boolean
}
/** Every point, x ascending (equal x in logging order). `smoothed` has the length of `x`, or 0 without smoothing. */
export interface RawSeries extends RunSeriesCommon {
  readonly kind: 'raw'
  readonly x: Float64Array
  readonly y: Float64Array
  readonly smoothed: Float64Array
  /** Indexes of the points in the order in which they were logged, where that was asked for and is another one. */
  readonly order?: Uint32Array
}
/**
 * Non-empty buckets, `index` ascending. `smoothed`: smoothed value at the bucket's last point; `mean`: of the bucket's points, to
 * smooth them otherwise for the time being. Both have length 0 without smoothing.
 */
export interface BucketSeries extends RunSeriesCommon {
  readonly kind: 'buckets'
  readonly index: Uint32Array
  readonly count: Uint32Array
  readonly first: Float32Array
  readonly min: Float32Array
  readonly max: Float32Array
  readonly last: Float64Array
  readonly lastX: Float64Array
  readonly smoothed: Float64Array
  readonly mean: Float32Array
}
/**
 * The line of a group, after smoothing of each run, over all points. x is cut into the buckets of `grid`, no narrower than the
 * usual distance between points of that run which logs most seldom. In a bucket each run counts once, by the mean of its points;
 * a run without points in it counts by its last value before, if there are points of it after. Buckets without any point are left
 * out.
 */
export interface GroupSeries extends SeriesCommon {
  readonly kind: 'group'
  readonly name: string
  /** Number of runs asked for. */
  readonly size: number
  readonly grid: SeriesFrame['grid']
  readonly index: Uint32Array
  /** Runs that count in the bucket. */
  readonly runCount: Uint32Array
  /** The last x in the bucket. */
  readonly x: Float64Array
  readonly centre: Float64Array
  /** Lower and upper end of the band; NaN where there is none. */
  readonly low: Float64Array
  readonly high: Float64Array
}
