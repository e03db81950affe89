import { groupPointCount } from '../history/rollup.ts'
import { joinBlocks, shareBlocks } from '../history/step-blocks.ts'
import type { HistoryRow, SampleRowsQuery } from '../store.ts'
import type { StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'
import { listLoggedKeys, stepRange } from './history-reader.ts'
import { listSteps, type OpenKey, openKey } from './key-places.ts'
import { streamIds } from './run-reader.ts'
import { cutAll, type SpreadSteps, spreadSteps } from './spread-steps.ts'
import { readTails } from './tails.ts'
import type { Turns } from './turns.ts'
import { openValueFinder } from './value-finder.ts'

/**
 * First it is told which rows there are, mostly from the heads of chunks alone; then values are looked up at the steps that are
 * chosen. After each turn, in which chunks may have been rewritten, what is left is opened anew.
 */
export async function sampleRows(connection: Connection, query: SampleRowsQuery, turns: Turns): Promise<HistoryRow[]> {
  const { run, count } = query
  const streamId = streamIds[query.stream ?? 'history']
  const required = new Set(query.keys)
  const logged = listLoggedKeys(connection, run, streamId, required.size > 0 ? [...required] : undefined)
  if (count < 1 || logged.length < required.size) return []

  const tails = readTails(connection, run, streamId)
  const keys: OpenKey[] = []
  for (const key of logged) {
    keys.push(await openKey(connection, { run, streamId, keyId: key.keyId }, key, tails, turns))
  }
  const rows = await spreadSteps(turns, stepRange(query), count, (range) => {
    const lists = keys.map((key) => cutAll(listSteps(connection, key, range), range))
    return required.size > 0 ? shareBlocks(lists) : joinBlocks(lists.flat())
  })
  const steps = await moveToGroups(connection, turns, rows, keys, required.size > 0)
  const found = await readValues(connection, turns, steps, query.keys?.length === 0 ? [] : keys)
  return found.filter(({ values }) => values.size >= required.size)
}

async function readValues(
  connection: Connection,
  turns: Turns,
  steps: Float64Array,
  keys: readonly OpenKey[],
): Promise<HistoryRow[]> {
  const rows = Array.from(steps, (step) => ({ step, values: new Map<string, string>() }))
  for (const key of keys) {
    const open = (range: StepRange) => openValueFinder(connection, key, range)
    await inPieces(turns, steps, open, (finder, step, index) => {
      const json = finder.find(step)
      if (json !== undefined) rows[index]!.values.set(key.key.name, json)
    })
  }
  return rows
}

/** Rows so far apart are moved to ends of groups, where the rollup tells the values and no chunk has to be decompressed. */
const movedDistanceMin = 4 * groupPointCount

/** How far a row is moved at most, as a part of the distance to its nearer neighbour. */
const movedPart = 1 / 8

async function moveToGroups(
  connection: Connection,
  turns: Turns,
  { steps, rowCount }: SpreadSteps,
  keys: readonly OpenKey[],
  needsAll: boolean,
): Promise<Float64Array> {
  const lead = findCommonest(keys)
  if (lead === undefined || rowCount < steps.length * movedDistanceMin) return steps
  const moved = steps.slice()
  const inner = steps.subarray(1, -1)
  const others = needsAll ? keys.filter((key) => key !== lead) : []
  const open = (range: StepRange) => ({
    finder: openValueFinder(connection, lead, range),
    others: others.map((key) => openValueFinder(connection, key, range)),
  })
  await inPieces(turns, inner, open, (opened, step, index) => {
    const near = opened.finder.cheapStepNear(step)
    if (near === undefined) return
    const room = Math.min(step - steps[index]!, steps[index + 2]! - step) * movedPart
    if (Math.abs(near - step) <= room && opened.others.every((other) => other.has(near))) moved[index + 1] = near
  })
  return moved
}

/** One of the keys that together have most values in the same number of rows: their chunks mostly are of the same rows. */
function findCommonest(keys: readonly OpenKey[]): OpenKey | undefined {
  const valueCounts = new Map<number, number>()
  const countOf = ({ key }: OpenKey): number => (key.otherCount > 0 ? 0 : key.numberCount)
  for (const key of keys) valueCounts.set(countOf(key), (valueCounts.get(countOf(key)) ?? 0) + countOf(key))
  const [commonest] = [...valueCounts].sort(([, a], [, b]) => b - a)
  return keys.find((key) => countOf(key) > 0 && countOf(key) === commonest?.[0])
}

/**
 * Works through steps; what it works with is opened for the steps that are left, at first and after each turn.
 *
 * @param steps - Ascending.
 */
async function inPieces<Opened>(
  turns: Turns,
  steps: Float64Array,
  open: (range: StepRange) => Opened,
  work: (opened: Opened, step: number, index: number) => void,
): Promise<void> {
  let index = 0
  while (index < steps.length) {
    const opened = open({ fromStep: steps[index]!, toStep: steps.at(-1)! })
    do work(opened, steps[index]!, index++)
    while (index < steps.length && !turns.isOver())
    if (turns.isOver()) await turns.next()
  }
}
