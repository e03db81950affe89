import type { ExpressionJoin, GroupStatistic, SeriesX, Smoothing } from '@lossline/protocol'
import { smoothingName } from '../../view/chart/smoothing.ts'
import { formatXLength } from '../../view/chart/x-axis.ts'
import type { LineBand, LineGrouping } from '../../view/panels/grouping.ts'
import { type LineValue, valueTitle } from '../../view/panels/line-queries.ts'
import type { ChartLine } from '../chart-line.ts'

/** What a chart that leaves the page has to say of itself, where nobody can ask it any more. */
export interface ChartOrigin {
  readonly title: string
  readonly x: SeriesX
  readonly values: readonly LineValue[]
  readonly join: ExpressionJoin
  readonly smoothing: Smoothing
  readonly grouping: LineGrouping
  readonly model: { readonly lines: readonly ChartLine[] }
}

/** How the values of a chart came to be, in a few words each: formulas that its title does not say, smoothing, groups. */
export function pictureNotes({
  title,
  x,
  values,
  join,
  smoothing,
  grouping,
  model: { lines },
}: ChartOrigin): readonly string[] {
  const formulas = values.flatMap((value) => (value.kind === 'expression' ? [valueTitle(value)] : []))
  // Of several the names of the lines tell.
  const untold = values.length === 1 && formulas[0] !== undefined && formulas[0] !== title ? formulas : []
  const isGrouped = lines.some(({ series }) => series.kind === 'group')
  const { statistic, band } = grouping
  return [
    ...untold,
    ...(join === 'last-known' && formulas.length > 0 ? ['metrics joined by their last known values'] : []),
    ...(smoothing.kind === 'none'
      ? []
      : [`smoothed by ${smoothingName(smoothing, (length) => formatXLength(x, length))}`]),
    ...(isGrouped
      ? [`${statisticNames[statistic]} of each group${band === 'none' ? '' : `, ${bandNames[band]}`}`]
      : []),
  ]
}

/** Heads of the columns of values in CSV. What a group's line is of was smoothed before, in the one column that it has. */
export function csvNames(origin: ChartOrigin): { readonly value: string; readonly smoothed: string } {
  const { title, x, values, smoothing, model } = origin
  const [value] = values
  const isOneFormula = values.length === 1 && value?.kind === 'expression' && valueTitle(value) !== title
  const name = isOneFormula ? `${title} = ${valueTitle(value)}` : title
  if (smoothing.kind === 'none') return { value: name, smoothed: 'smoothed' }
  const by = smoothingName(smoothing, (length) => formatXLength(x, length))
  const isGrouped = model.lines.some(({ series }) => series.kind === 'group')
  return { value: isGrouped ? `${name} (runs of groups smoothed by ${by})` : name, smoothed: `smoothed by ${by}` }
}

/** What the line of a group is of its runs. */
const statisticNames: Readonly<Record<GroupStatistic, string>> = {
  mean: 'mean',
  median: 'median',
  min: 'minimum',
  max: 'maximum',
  sum: 'sum',
}

/** What is around it. */
const bandNames: Readonly<Record<Exclude<LineBand, 'none'>, string>> = {
  'min-max': 'band from minimum to maximum',
  quartiles: 'band of quartiles',
  sd: 'band of ± standard deviation',
  'standard-error': 'band of ± standard error',
  'confidence-95': 'band of 95 % confidence',
  members: 'thin lines of its runs',
}
