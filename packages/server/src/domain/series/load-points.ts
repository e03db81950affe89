import type { Store } from '@lossline/store'
import { createRecentReads } from '../recent-reads.ts'
import { evaluatePoints } from './evaluate-points.ts'
import { orderPoints, type Points } from './points.ts'
import { type PointsQuery, toXValues, xKey } from './points-query.ts'

export type LoadPoints = (query: PointsQuery) => Promise<Points>

// 8 M points are 128 MB. Zooming or dragging a smoothing slider asks for the same points over and over.
const cachedPointCountMax = 8_000_000

/**
 * Reads whole series, x in place; keeps the most recently used ones. A run that logs on is read anew.
 *
 * @param pointCountMax - How many are kept: the least recently used series go first. Default: 8 million.
 */
export function createLoadPoints(store: Store, pointCountMax: number = cachedPointCountMax): LoadPoints {
  const recent = createRecentReads<Points>({ weightMax: pointCountMax, weigh: ({ x }) => x.length })
  return (query) =>
    recent(cacheName(query), async () => {
      const { x, y } = await readPoints(store, query)
      return orderPoints(x, y, query.scale)
    })
}

function cacheName({ run, ...what }: PointsQuery): string {
  // Formulas may name values of the config and of the summary, which change without the history.
  const revision = isFormula(what) ? run.revision : run.historyRevision
  return JSON.stringify([run.id, revision, what])
}

function isFormula({ expression, x }: Pick<PointsQuery, 'expression' | 'x'>): boolean {
  return expression !== undefined || x.kind === 'expression'
}

async function readPoints(store: Store, query: PointsQuery): Promise<{ x: Float64Array; y: Float64Array }> {
  const { run, stream, key, x } = query
  if (isFormula(query) || key === undefined) return evaluatePoints(store, query)
  const keyOfX = xKey(x)
  if (keyOfX === undefined) {
    const column = await store.column({ run: run.id, stream, key })
    return { x: column.steps, y: column.values }
  }
  if (keyOfX === key) {
    const { values } = await store.column({ run: run.id, stream, key })
    return { x: toXValues(x, run, values), y: values }
  }
  const { columns } = await store.joinedColumns({ run: run.id, stream, keys: [keyOfX, key] })
  const [xs, ys] = columns
  return { x: toXValues(x, run, xs ?? new Float64Array()), y: ys ?? new Float64Array() }
}
