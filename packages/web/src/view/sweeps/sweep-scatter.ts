import type { RunWithValues, StrictJson, SweepParameterInfo } from '@lossline/protocol'
import type { PanelTable } from '../panels/panel-table.ts'
import type { ScatterAxis } from '../panels/scatter-panel.ts'
import type { ScatterPoint } from '../panels/scatter-points.ts'
import { markOf, markWords } from './best-so-far.ts'

/** The metric of a sweep's runs against one of its parameters. */
export interface SweepScatter {
  /** With the place of each run in the order in which they began, from 1 on, as `z`. */
  readonly points: readonly ScatterPoint[]
  /** Runs without both values. */
  readonly missingCount: number
  readonly x: ScatterAxis
  /** What 0, 1, 2 and so on along x stand for; undefined: x has numbers. */
  readonly xNames: readonly string[] | undefined
}

/** From one to the other end so many times as much: the numbers of a list are then apart on a logarithmic axis alone. */
const logRatioMin = 50

/** Whether numbers of a parameter stand on a logarithmic axis: where they are drawn so, or listed so. */
export function isLogParameter({ kind, values }: Pick<SweepParameterInfo, 'kind' | 'values'>): boolean {
  if (kind.includes('log_')) return true
  const numbers = values?.filter((value) => typeof value === 'number') ?? []
  if (numbers.length < 2 || numbers.length < (values?.length ?? 0)) return false
  const low = Math.min(...numbers)
  return low > 0 && Math.max(...numbers) / low >= logRatioMin
}

/**
 * The runs as points.
 *
 * @param runs - Oldest first; `values`: the metric, then those of `parameters`.
 * @param index - Of the parameter.
 */
export function toSweepScatter(
  runs: readonly RunWithValues[],
  parameters: readonly SweepParameterInfo[],
  index: number,
): SweepScatter {
  const parameter = parameters[index]
  const own = runs.map(({ values }) => values[index + 1])
  const xNames = namesOf(own, parameter?.values)
  const isLog = xNames === undefined && parameter !== undefined && isLogParameter(parameter)
  const placeOf = (value: StrictJson | undefined): number | undefined => {
    if (xNames) return isNothing(value) ? undefined : xNames.indexOf(toName(value))
    return typeof value === 'number' && (!isLog || value > 0) ? value : undefined
  }
  const points = runs.flatMap((run, order): readonly ScatterPoint[] => {
    const [y] = run.values
    const x = placeOf(own[order])
    return x === undefined || typeof y !== 'number' ? [] : [{ run, x, y, z: order + 1 }]
  })
  const ends = xNames ? { min: -0.5, max: xNames.length - 0.5 } : { min: undefined, max: undefined }
  return {
    points,
    missingCount: runs.length - points.length,
    x: { key: parameter && `config.${parameter.name}`, isLog, ...ends },
    xNames,
  }
}

/** The same as rows. */
export function sweepScatterTable(
  { points, xNames }: SweepScatter,
  names: { readonly x: string; readonly y: string },
): PanelTable {
  return {
    columns: ['Run', names.x, names.y, 'State', 'Number'],
    rows: points.map(({ run, x, y, z }) => [
      run.displayName,
      xNames?.[x] ?? x,
      y,
      markWords[markOf(run.state)],
      z ?? '',
    ]),
  }
}

/** Names of the places along x, those of the sweep's configuration first; undefined: all values are numbers. */
function namesOf(
  values: readonly (StrictJson | undefined)[],
  listed: readonly StrictJson[] = [],
): readonly string[] | undefined {
  const there = [...listed, ...values].filter((value) => !isNothing(value))
  if (there.every((value) => typeof value === 'number')) return undefined
  return [...new Set(there.map(toName))]
}

function isNothing(value: StrictJson | undefined): value is null | undefined {
  return value === undefined || value === null
}

function toName(value: StrictJson): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
