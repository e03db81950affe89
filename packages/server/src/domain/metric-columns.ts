import { type MetricColumn, stringifyJson } from '@lossline/protocol'
import type { RunRow, RunSelection, RunValuePath } from '@lossline/store'
import { ServerError } from '../errors.ts'
import type { LoadFigures } from './load-figures.ts'
import { valueAtPath } from './run-columns.ts'
import type { Runs } from './runs.ts'
import type { Breathe } from './series/breathe.ts'

/** A list in order by what a metric comes to goes through the histories of all of its runs. */
const sortedRunCountMax = 10_000

/** One key of an order: of the run itself, or of what a metric comes to. */
export interface MixedOrder {
  readonly by: { readonly path: RunValuePath } | { readonly column: MetricColumn }
  readonly isDescending: boolean
}

/** What values of metrics come to, run by run. */
export interface MetricColumns {
  /** Null: the run has no finite value. */
  figureOf(run: RunRow, column: MetricColumn): Promise<number | null>
  /**
   * All runs of a selection in an order with such columns in it; runs without a value come last.
   *
   * @throws {@link ServerError} `invalid-request` for more than 10,000 runs.
   */
  sort(
    selection: Omit<RunSelection, 'presumed'>,
    order: readonly MixedOrder[],
    breathe: Breathe,
  ): Promise<readonly RunRow[]>
}

export function createMetricColumns(loadFigures: LoadFigures, runs: Pick<Runs, 'list' | 'count'>): MetricColumns {
  const figureOf = async (run: RunRow, { reduction, metric }: MetricColumn): Promise<number | null> =>
    (await loadFigures(run, metric))?.[reduction] ?? null

  /** Lower is earlier; runs with equal values have equal places. */
  const placesBy = async (
    selection: Omit<RunSelection, 'presumed'>,
    chosen: readonly RunRow[],
    { by, isDescending }: MixedOrder,
    breathe: Breathe,
  ): Promise<ReadonlyMap<number, number>> => {
    if ('column' in by) {
      const places = new Map<number, number>()
      for (const run of chosen) {
        const value = await figureOf(run, by.column)
        places.set(run.id, value === null ? Number.POSITIVE_INFINITY : isDescending ? -value : value)
        await breathe()
      }
      return places
    }
    const sorted = await runs.list({ ...selection, order: { by: by.path, isDescending }, limit: sortedRunCountMax })
    let last: string | undefined
    let place = -1
    return new Map(
      sorted.runs.map((run) => {
        const value = stringifyJson(valueAtPath(run, by.path) ?? null)
        if (value !== last) place += 1
        last = value
        return [run.id, place]
      }),
    )
  }

  return {
    figureOf,
    async sort(selection, order, breathe) {
      const count = await runs.count(selection)
      if (count > sortedRunCountMax) {
        throw new ServerError({
          code: 'invalid-request',
          message: `${count} runs match; at most ${sortedRunCountMax} can be put in order by what a metric comes to.`,
          hint: 'Narrow the filter, or sort by a value of the summary.',
        })
      }
      const { runs: chosen } = await runs.list({ ...selection, limit: sortedRunCountMax })
      const places: ReadonlyMap<number, number>[] = []
      for (const one of order) places.push(await placesBy(selection, chosen, one, breathe))
      return chosen.toSorted((a, b) => {
        for (const of of places) {
          const [one, other] = [of.get(a.id) ?? Number.POSITIVE_INFINITY, of.get(b.id) ?? Number.POSITIVE_INFINITY]
          if (one !== other) return one < other ? -1 : 1
        }
        return 0
      })
    },
  }
}
