import { stringifyNumber } from '@lossline/protocol'
import type { Column, HistoryRow, OtherKeyRow, RowGroup, RowQuery } from '../store.ts'

/** A row as a test writes it: numbers, or the JSON text of anything else. */
export interface PlainRow {
  readonly step: number
  readonly values: { readonly [key: string]: number | string }
}

/** The rows in the form that `append-rows` takes. */
export function toRowGroup(rows: readonly PlainRow[]): RowGroup {
  const numbers = new Map<string, { rowIndexes: number[]; values: number[] }>()
  const others: { key: string; rowIndex: number; json: string }[] = []
  for (const [rowIndex, row] of rows.entries()) {
    for (const [key, value] of Object.entries(row.values)) {
      if (typeof value === 'string') {
        others.push({ key, rowIndex, json: value })
        continue
      }
      const column = numbers.get(key) ?? { rowIndexes: [], values: [] }
      column.rowIndexes.push(rowIndex)
      column.values.push(value)
      numbers.set(key, column)
    }
  }
  return {
    rowCount: rows.length,
    steps: Float64Array.from(rows, (row) => row.step),
    numbers: [...numbers].map(([key, { rowIndexes, values }]) => ({
      key,
      rowIndexes: Uint32Array.from(rowIndexes),
      values: Float64Array.from(values),
    })),
    others,
  }
}

/** One stream of one run kept as plain rows in order of arrival: the oracle that a store is compared with. */
export interface PlainStream {
  readonly lineCount: number
  /** @returns the number of rows that were new. */
  append(lineOffset: number, rows: readonly PlainRow[]): number
  column(key: string, fromStep?: number, toStep?: number): Column
  otherKeys(keys?: readonly string[]): OtherKeyRow[]
  joinedColumns(keys: readonly string[]): { steps: Float64Array; columns: Float64Array[] }
  rows(query?: Pick<RowQuery, 'fromStep' | 'toStep' | 'keys' | 'limit' | 'fromEnd'>): HistoryRow[]
  /** Points that arrived under a key, those that were replaced later included. */
  pointCount(key: string): number
}

export function createPlainStream(): PlainStream {
  const arrived: PlainRow[] = []
  let lineCount = 0

  /** Step → key → value, steps ascending. */
  const merged = (): [number, Map<string, number | string>][] => {
    const bySteps = new Map<number, Map<string, number | string>>()
    for (const { step, values } of arrived) {
      const row = bySteps.get(step) ?? new Map<string, number | string>()
      for (const [key, value] of Object.entries(values)) row.set(key, value)
      bySteps.set(step, row)
    }
    return [...bySteps].sort(([a], [b]) => a - b)
  }

  const column = (key: string, fromStep = -Infinity, toStep = Infinity): Column => {
    const points = merged().flatMap(([step, row]) => {
      const value = row.get(key)
      return typeof value === 'number' && step >= fromStep && step <= toStep ? [{ step, value }] : []
    })
    return {
      steps: Float64Array.from(points, (point) => point.step),
      values: Float64Array.from(points, (point) => point.value),
    }
  }

  return {
    get lineCount() {
      return lineCount
    },
    append(lineOffset, rows) {
      const fresh = rows.slice(Math.max(0, lineCount - lineOffset))
      arrived.push(...fresh)
      if (fresh.length > 0) lineCount = lineOffset + rows.length
      return fresh.length
    },
    column,
    otherKeys(keys) {
      const rows = merged()
      const names = keys ?? [...new Set(rows.flatMap(([, row]) => [...row.keys()]))]
      return names.toSorted().flatMap((key) => {
        const cells = rows.flatMap(([step, row]) => {
          const value = row.get(key)
          return typeof value === 'string' ? [{ step, value }] : []
        })
        const newest = cells.at(-1)?.value
        return newest === undefined ? [] : [{ key, steps: Float64Array.from(cells, ({ step }) => step), newest }]
      })
    },
    joinedColumns(keys) {
      const columns = keys.map((key) => column(key))
      const maps = columns.map(({ steps, values }) => new Map([...steps].map((step, point) => [step, values[point]!])))
      const steps = [...(columns[0]?.steps ?? [])].filter((step) => maps.every((map) => map.has(step)))
      return {
        steps: Float64Array.from(steps),
        columns: maps.map((map) => Float64Array.from(steps, (step) => map.get(step)!)),
      }
    },
    rows({ fromStep = -Infinity, toStep = Infinity, keys, limit, fromEnd } = {}) {
      const rows = merged().flatMap(([step, row]) => {
        const chosen = [...row].filter(([key]) => keys === undefined || keys.includes(key))
        if (chosen.length === 0 || step < fromStep || step > toStep) return []
        return [{ step, values: new Map(chosen.map(([key, value]) => [key, toJson(value)])) }]
      })
      if (limit === undefined) return rows
      return fromEnd ? rows.slice(Math.max(0, rows.length - limit)) : rows.slice(0, limit)
    },
    pointCount: (key) => arrived.filter((row) => key in row.values).length,
  }
}

function toJson(value: number | string): string {
  if (typeof value === 'string') return value
  return stringifyNumber(value)
}
