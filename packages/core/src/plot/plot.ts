import { bar, histogram, line, scatter } from './column-charts.ts'
import { confusionMatrix } from './confusion-matrix.ts'
import { lineSeries } from './line-series.ts'
import { prCurve } from './pr-curve.ts'
import { rocCurve } from './roc-curve.ts'

/** The charts of W&B's `wandb.plot`, with its presets and values. */
export const plot: {
  readonly bar: typeof bar
  readonly confusionMatrix: typeof confusionMatrix
  readonly histogram: typeof histogram
  readonly line: typeof line
  readonly lineSeries: typeof lineSeries
  readonly prCurve: typeof prCurve
  readonly rocCurve: typeof rocCurve
  readonly scatter: typeof scatter
} = Object.freeze({ bar, confusionMatrix, histogram, line, lineSeries, prCurve, rocCurve, scatter })
