import type { CustomChartInfo, TableCellValue } from '@lossline/protocol'
import { cellText } from './cell-text.ts'
import { binValues } from './histogram-shape.ts'

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
export function toCustomChart(info: CustomChartInfo, table: ChartTable): CustomChart {
  const preset = info.preset.replace(/\/v\d+$/, '')
  const roles = Object.hasOwn(rolesByPreset, preset) ? rolesByPreset[preset] : undefined
  if (roles === undefined) return { kind: 'undrawn', reason: 'preset', missing: [] }
  const names = roles.map(({ role }) => info.fields[role])
  const missing = roles.flatMap(({ role, isOptional }, at) => {
    const name = names[at]
    const isThere = name !== undefined && table.columns.includes(name)
    return isThere || (isOptional === true && name === undefined) ? [] : [name ?? role]
  })
  if (missing.length > 0) return { kind: 'undrawn', reason: 'columns', missing }
  const columns = names.map((name) => (name === undefined ? -1 : table.columns.indexOf(name)))
  const cell = (row: ChartTable['rows'][number], role: number): TableCellValue => row[columns[role] as number] ?? null
  switch (preset) {
    case 'wandb/confusion_matrix':
      return toMatrix(table.rows.map((row) => [text(cell(row, 0)), text(cell(row, 1)), number(cell(row, 2))]))
    case 'wandb/bar':
      return {
        kind: 'bars',
        valueName: names[1] ?? '',
        bars: table.rows.flatMap((row) => {
          const value = number(cell(row, 1))
          return Number.isFinite(value) ? [{ label: text(cell(row, 0)), value }] : []
        }),
      }
    case 'wandb/histogram': {
      const values = table.rows.map((row) => number(cell(row, 0)))
      return { kind: 'histogram', valueName: names[0] ?? '', ...binValues(values, binCount) }
    }
    default: {
      const hasArea = preset === 'wandb/area-under-curve'
      const points = table.rows.map((row) => ({
        x: number(cell(row, 0)),
        y: number(cell(row, 1)),
        name: columns[2] === undefined || columns[2] < 0 ? '' : text(cell(row, 2)),
      }))
      return {
        kind: preset === 'wandb/scatter' ? 'points' : 'lines',
        xName: info.texts['x-axis-title'] ?? info.texts.xname ?? names[0] ?? '',
        yName: info.texts['y-axis-title'] ?? names[1] ?? '',
        series: toSeries(points, hasArea),
      }
    }
  }
}

/** What people call a chart. */
export function chartTitle(info: CustomChartInfo): string {
  return info.texts.title || info.key
}

interface Role {
  readonly role: string
  readonly isOptional?: boolean
}

/** Which fields each preset has, in the order in which they are read here. */
const rolesByPreset: Readonly<Record<string, readonly Role[]>> = {
  'wandb/confusion_matrix': [{ role: 'Actual' }, { role: 'Predicted' }, { role: 'nPredictions' }],
  'wandb/area-under-curve': [{ role: 'x' }, { role: 'y' }, { role: 'class', isOptional: true }],
  'wandb/line': [{ role: 'x' }, { role: 'y' }, { role: 'stroke', isOptional: true }],
  'wandb/lineseries': [{ role: 'step' }, { role: 'lineVal' }, { role: 'lineKey' }],
  'wandb/scatter': [{ role: 'x' }, { role: 'y' }],
  'wandb/bar': [{ role: 'label' }, { role: 'value' }],
  'wandb/histogram': [{ role: 'value' }],
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
