import {
  type Expression,
  type ExpressionTerm,
  encodeKeyPath,
  evaluateExpression,
  expressionTerms,
  parseExpression,
  type TermValues,
} from '@lossline/protocol'
import type { Store } from '@lossline/store'
import { valueAtPath } from '../run-columns.ts'
import { type JoinedRows, joinLastKnown } from './join-last-known.ts'
import { type PointsQuery, toXValues, xKey } from './points-query.ts'

/**
 * Points whose y or x is a formula. The metrics that it names meet by step; functions that look back go through the rows in the
 * order of steps. In a formula for x the word `x` is the step, else it is what the x axis shows.
 */
export async function evaluatePoints(
  store: Store,
  query: PointsQuery,
): Promise<{ readonly x: Float64Array; readonly y: Float64Array }> {
  const y = query.expression === undefined ? undefined : parseExpression(query.expression)
  const x = query.x.kind === 'expression' ? parseExpression(query.x.expression) : undefined
  const keyOfX = xKey(query.x)
  const keys = new Map<string, string>()
  for (const name of [...metricNames(y), ...metricNames(x)]) keys.set(name, await keyOf(store, query, name))
  const wanted = [...keys.values(), ...[query.key, keyOfX].filter((key) => key !== undefined)]
  const rows = await readRows(store, query, [...new Set(wanted)])

  const evaluate = (expression: Expression, xs: Float64Array): Float64Array =>
    evaluateExpression(expression, rows.steps.length, (term) => {
      if (term.source === 'x') return xs
      if (term.source === 'metric') return rows.columns.get(keys.get(term.name) ?? '') ?? Number.NaN
      return valueOfRun(query, term)
    })
  const columnOf = (key: string | undefined): Float64Array => rows.columns.get(key ?? '') ?? new Float64Array()
  const xs =
    x === undefined
      ? keyOfX === undefined
        ? rows.steps
        : toXValues(query.x, query.run, columnOf(keyOfX))
      : evaluate(x, rows.steps)
  return { x: xs, y: y === undefined ? columnOf(query.key) : evaluate(y, xs) }
}

function metricNames(expression: Expression | undefined): readonly string[] {
  const terms = expression === undefined ? [] : expressionTerms(expression)
  return terms.flatMap((term) => (term.source === 'metric' ? [term.name] : []))
}

/** People write names as they logged them; a dot in one may be part of a label or stand between two. */
async function keyOf(store: Store, { run, stream }: PointsQuery, name: string): Promise<string> {
  if (!name.includes('.')) return name
  const lastStep = Math.max(0, (stream === 'history' ? run.lastStep : run.eventsLineCount) ?? 0)
  const grid = { from: 0, to: lastStep, count: 1 }
  const { pointCount } = await store.buckets({ run: run.id, stream, key: name, grid })
  return pointCount > 0 ? name : encodeKeyPath([name])
}

async function readRows(store: Store, query: PointsQuery, keys: readonly string[]): Promise<JoinedRows> {
  const { run, stream, join } = query
  if (keys.length === 0) return { steps: new Float64Array(), columns: new Map() }
  if (join === 'last-known') {
    const columns = []
    for (const key of keys) columns.push(await store.column({ run: run.id, stream, key }))
    return joinLastKnown(keys, columns)
  }
  if (keys.length === 1) {
    const { steps, values } = await store.column({ run: run.id, stream, key: keys[0]! })
    return { steps, columns: new Map([[keys[0]!, values]]) }
  }
  const { steps, columns } = await store.joinedColumns({ run: run.id, stream, keys })
  return { steps, columns: new Map(keys.map((key, i) => [key, columns[i]!])) }
}

/** A number of the config or of the summary; NaN where there is none. */
function valueOfRun({ run }: PointsQuery, term: Exclude<ExpressionTerm, { source: 'metric' | 'x' }>): TermValues {
  const value = valueAtPath(run, { kind: term.source, path: term.name })
  return typeof value === 'number' ? value : Number.NaN
}
