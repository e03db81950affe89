import type { CustomChartInfo, RunSummary, TableCellValue } from '@lossline/protocol'
import { binValues } from '../chart/histogram-shape.ts'
import type { StyledRun } from '../chart/palette.ts'
import { cellText } from '../tables/cell-text.ts'
import { type ChartPreset, findPreset, type PresetField } from './custom-chart-presets.ts'

/** A chart that the page draws itself, or why it does not. */
export type CustomChart = ConfusionMatrix | XyChart | BarChart | ValueHistogram | UndrawnChart

/** How often each class was taken for which; `counts[actual][predicted]`. */
export interface ConfusionMatrix {
  readonly kind: 'matrix'
  readonly actual: readonly string[]
  readonly predicted: readonly string[]
  readonly counts: readonly (readonly number[])[]
}
/** Lines, or points alone. */
export interface XyChart {
  readonly kind: 'lines' | 'points'
  readonly xName: string
  readonly yName: string
  readonly series: readonly XySeries[]
}
/** Points of one line, x ascending. */
export interface XySeries {
  /** That it is of, which gives it its look; default: by its place. */
  readonly run?: StyledRun
  /** Empty where there is one line only. */
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  /** Of curves whose area means something. */
  readonly area?: number
}
/** Bars in the order of the table. */
export interface BarChart {
  readonly kind: 'bars'
  readonly valueName: string
  readonly bars: readonly { readonly label: string; readonly value: number }[]
}
/** How often values occur. */
export interface ValueHistogram {
  readonly kind: 'histogram'
  readonly valueName: string
  readonly counts: readonly number[]
  readonly edges: readonly number[]
}
/** `preset`: one that we do not draw. `columns`: the table lacks what it shows. */
export interface UndrawnChart {
  readonly kind: 'undrawn'
  readonly reason: 'preset' | 'columns'
  readonly missing: readonly string[]
}

/** Rows of a table with the names of its columns. */
export interface ChartTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly TableCellValue[])[]
}

const binCount = 30

/** What a chart of W&B's presets shows of its table. */
export function toCustomChart(
  info: Pick<CustomChartInfo, 'preset' | 'fields' | 'texts'>,
  table: ChartTable,
): CustomChart {
  const preset = findPreset(info.preset)
  if (preset === undefined) return { kind: 'undrawn', reason: 'preset', missing: [] }
  const missing: string[] = []
  const find = (field: PresetField | undefined): Column => {
    const said = field && info.fields[field.role]
    const name = said !== undefined && table.columns.includes(said) ? said : (field?.column ?? said)
    const index = name === undefined ? -1 : table.columns.indexOf(name)
    const isLeftOut = field === undefined || (field.isOptional === true && name === undefined)
    if (index < 0 && !isLeftOut) missing.push(name ?? field.role)
    return { name: name ?? '', of: (row) => (index < 0 ? null : (row[index] ?? null)) }
  }
  const chart = draw(preset, find, info, table)
  return missing.length > 0 ? { kind: 'undrawn', reason: 'columns', missing } : chart
}

interface Column {
  readonly name: string
  /** Null of one that is not there. */
  of(row: ChartTable['rows'][number]): TableCellValue
}

function draw(
  preset: ChartPreset,
  find: (field: PresetField | undefined) => Column,
  info: Pick<CustomChartInfo, 'texts'>,
  { rows }: ChartTable,
): CustomChart {
  switch (preset.draws) {
    case 'matrix': {
      const [actual, predicted, count] = [find(preset.actual), find(preset.predicted), find(preset.count)]
      return toMatrix(rows.map((row) => [text(actual.of(row)), text(predicted.of(row)), number(count.of(row))]))
    }
    case 'bars': {
      const [label, value, name] = [find(preset.label), find(preset.value), find(preset.name)]
      const bars = rows.flatMap((row) => {
        const length = number(value.of(row))
        const labels = [text(label.of(row)), ...(preset.name ? [text(name.of(row))] : [])]
        return Number.isFinite(length) ? [{ label: labels.join(' · '), value: length }] : []
      })
      return { kind: 'bars', valueName: value.name, bars }
    }
    case 'histogram': {
      const value = find(preset.value)
      const values = rows.map((row) => number(value.of(row)))
      return { kind: 'histogram', valueName: value.name, ...binValues(values, binCount) }
    }
    default: {
      const [x, y, name] = [find(preset.x), find(preset.y), find(preset.name)]
      const points = rows.map((row) => {
        const named = preset.name && name.of(row)
        return {
          x: number(x.of(row)),
          y: number(y.of(row)),
          name: named === undefined || named === null ? '' : text(named),
        }
      })
      return {
        kind: preset.draws,
        xName: info.texts['x-axis-title'] ?? info.texts.xname ?? x.name,
        yName: info.texts['y-axis-title'] ?? y.name,
        series: toSeries(points, preset.hasArea === true),
      }
    }
  }
}

/** The charts of several runs as one, where lines and points can lie over each other; undefined where they cannot. */
export function mergeCharts(
  charts: readonly {
    readonly run: Pick<RunSummary, 'displayName' | 'number' | 'color'>
    readonly chart: CustomChart
  }[],
): XyChart | undefined {
  const [first] = charts
  if (charts.length < 2 || (first?.chart.kind !== 'lines' && first?.chart.kind !== 'points')) return undefined
  const series = charts.flatMap(({ run, chart }) =>
    chart.kind !== 'lines' && chart.kind !== 'points'
      ? []
      : chart.series.map((one) => ({
          ...one,
          name: one.name === '' ? run.displayName : `${run.displayName} · ${one.name}`,
          // Lines of one run would all look the same.
          ...(chart.series.length === 1 && { run }),
        })),
  )
  return { ...first.chart, series }
}

/** What people call a chart. */
export function chartTitle(info: Pick<CustomChartInfo, 'key' | 'texts'>): string {
  return info.texts.title || info.key
}

function text(cell: TableCellValue): string {
  return typeof cell === 'number' ? String(cell) : cellText(cell)
}

function number(cell: TableCellValue): number {
  if (typeof cell === 'object' && cell !== null && cell.kind === 'time') return cell.timeMs
  return typeof cell === 'number' ? cell : Number.NaN
}

function toMatrix(cells: readonly (readonly [actual: string, predicted: string, count: number])[]): ConfusionMatrix {
  const actual = [...new Set(cells.map(([name]) => name))]
  // In the order of the rows, so that what is right lies on the diagonal.
  const predicted = [...new Set([...actual, ...cells.map(([, name]) => name)])].filter((name) =>
    cells.some(([, other]) => other === name),
  )
  const counts = actual.map(() => predicted.map(() => 0))
  for (const [from, to, count] of cells) {
    const row = counts[actual.indexOf(from)]
    const at = predicted.indexOf(to)
    if (row && Number.isFinite(count)) row[at] = (row[at] ?? 0) + count
  }
  return { kind: 'matrix', actual, predicted, counts }
}

function toSeries(
  points: readonly { readonly x: number; readonly y: number; readonly name: string }[],
  hasArea: boolean,
): readonly XySeries[] {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))
  return [...Map.groupBy(finite, ({ name }) => name)].map(([name, members]) => {
    // Stable, so that steps straight up stay in their order.
    const sorted = members.toSorted((a, b) => a.x - b.x).map(({ x, y }) => [x, y] as const)
    return { name, points: sorted, ...(hasArea ? { area: areaUnder(sorted) } : {}) }
  })
}

/** By trapezoids. */
function areaUnder(points: readonly (readonly [x: number, y: number])[]): number {
  let area = 0
  for (let i = 1; i < points.length; i += 1) {
    const [x0, y0] = points[i - 1] as readonly [number, number]
    const [x1, y1] = points[i] as readonly [number, number]
    area += ((x1 - x0) * (y0 + y1)) / 2
  }
  return area
}

/** A share of a cell among those of its row, its column, or all cells of the largest row. */
export type MatrixShare = 'counts' | 'rows' | 'columns'

/** How full each cell is, 0…1: by its count beside the largest one, or as a share of its row or column. */
export function matrixShares({ counts }: ConfusionMatrix, share: MatrixShare): readonly (readonly number[])[] {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
  const largest = Math.max(0, ...counts.flat())
  const columnSums = counts[0]?.map((_, column) => sum(counts.map((row) => row[column] ?? 0))) ?? []
  return counts.map((row) => {
    const rowSum = sum(row)
    return row.map((count, column) => {
      const whole = share === 'counts' ? largest : share === 'rows' ? rowSum : (columnSums[column] ?? 0)
      return whole > 0 ? count / whole : 0
    })
  })
}

/** Share of what lies on the diagonal: accuracy. */
export function matrixAccuracy({ actual, predicted, counts }: ConfusionMatrix): number {
  let right = 0
  let all = 0
  for (const [row, cells] of counts.entries()) {
    for (const [column, count] of cells.entries()) {
      all += count
      if (actual[row] === predicted[column]) right += count
    }
  }
  return right / all
}
