import { lowerBound, stringifyNumber } from '@lossline/protocol'
import { joinSteps } from '../history/merge-series.ts'
import type { Column, HistoryRow, RowQuery } from '../store.ts'
import { type Cell, readRowCells, readStoredCells, readTailCells, resolveCells } from './cells.ts'
import { listChunkHeads, type StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'
import { isMixed, type LoggedKey, listLoggedKeys, readKeyColumn, stepRange } from './history-reader.ts'
import { narrowToNumbers, narrowToOthers } from './narrow-range.ts'
import { streamIds } from './run-reader.ts'
import { readTails, type Tail } from './tails.ts'

export function readRows(connection: Connection, query: RowQuery): HistoryRow[] {
  const streamId = streamIds[query.stream ?? 'history']
  const keys = listLoggedKeys(connection, query.run, streamId, query.keys)
  const tails = readTails(connection, query.run, streamId)
  const range = narrowRange(connection, query, streamId, keys)

  const series = keys.map((key): KeySeries => {
    const at = [connection, query.run, streamId, key, tails, range] as const
    return key.otherCount === 0
      ? toNumberSeries(key.name, readKeyColumn(...at))
      : toCellSeries(key.name, readCells(...at))
  })
  const steps = joinSteps(series.map((one) => one.steps))
  const limit = query.limit ?? steps.length
  const chosen = query.fromEnd ? steps.subarray(Math.max(0, steps.length - limit)) : steps.subarray(0, limit)
  return toRows(series, chosen)
}

/** Values of a key, `json(i)` at `steps[i]`. Only what is in the answer becomes text. */
export interface KeySeries {
  readonly name: string
  readonly steps: Float64Array
  json(index: number): string
}

export function toNumberSeries(name: string, { steps, values }: Column): KeySeries {
  return { name, steps, json: (index) => stringifyNumber(values[index]!) }
}

export function toCellSeries(name: string, cells: readonly Cell[]): KeySeries {
  const toJson = ({ value }: Cell): string => (typeof value === 'number' ? stringifyNumber(value) : value)
  return { name, steps: Float64Array.from(cells, ({ step }) => step), json: (index) => toJson(cells[index]!) }
}

/** @param steps - Ascending; each is one of a series. */
function toRows(series: readonly KeySeries[], steps: Float64Array): HistoryRow[] {
  const cursors = series.map((one) => (steps.length === 0 ? 0 : lowerBound(one.steps, steps[0]!)))
  return Array.from(steps, (step) => {
    const values = new Map<string, string>()
    for (let index = 0; index < series.length; index++) {
      const one = series[index]!
      // Between two steps of the answer there is none of a series.
      if (one.steps[cursors[index]!] !== step) continue
      values.set(one.name, one.json(cursors[index]!))
      cursors[index]! += 1
    }
    return { step, values }
  })
}

/** The cells of a key in range, one a step. */
export function readCells(
  connection: Connection,
  run: number,
  streamId: number,
  key: LoggedKey,
  tails: readonly Tail[],
  { fromStep, toStep }: StepRange,
): Cell[] {
  const at = { run, streamId, keyId: key.keyId }
  const stored = isMixed(key)
    ? readStoredCells(connection, at, listChunkHeads(connection, at, fromStep, toStep), { fromStep, toStep })
    : readRowCells(connection, at, { fromStep, toStep })
  const isInRange = ({ step }: Cell): boolean => step >= fromStep && step <= toStep
  return resolveCells([...stored, ...readTailCells(tails, key.keyId)].filter(isInRange))
}

/**
 * With a limit, the end of the range comes nearer: each key with `limit` steps of its own up to some step shows that the
 * answer ends there or before.
 */
function narrowRange(connection: Connection, query: RowQuery, streamId: number, keys: readonly LoggedKey[]): StepRange {
  const { limit } = query
  let range = stepRange(query)
  if (limit === undefined) return range
  const wanted = { end: query.fromEnd ? 'last' : 'first', limit } as const
  for (const key of keys) {
    const at = { run: query.run, streamId, keyId: key.keyId }
    if (key.numberCount > 0) range = narrowToNumbers(connection, at, range, wanted)
    if (key.otherCount > 0) range = narrowToOthers(connection, at, range, wanted)
  }
  return range
}
