import type { OtherKeyRow, OtherKeysQuery } from '../store.ts'
import { readRowCells, readRowSteps, readTailCells, resolveCells } from './cells.ts'
import type { Connection } from './connection.ts'
import { isMixed, type LoggedKey, listLoggedKeys, stepRange } from './history-reader.ts'
import { readCells } from './row-reader.ts'
import { streamIds } from './run-reader.ts'
import { readTails, type Tail } from './tails.ts'

/** All keys together: the tails, which hold every key, are decoded once. */
export function readOtherKeys(connection: Connection, query: OtherKeysQuery): OtherKeyRow[] {
  const streamId = streamIds[query.stream ?? 'history']
  const keys = listLoggedKeys(connection, query.run, streamId, query.keys).filter(({ otherCount }) => otherCount > 0)
  const tails = keys.length > 0 ? readTails(connection, query.run, streamId) : []
  return keys
    .map((key) => readOtherKey(connection, query.run, streamId, key, tails))
    .filter((row) => row !== undefined)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
}

function readOtherKey(
  connection: Connection,
  run: number,
  streamId: number,
  key: LoggedKey,
  tails: readonly Tail[],
): OtherKeyRow | undefined {
  if (isMixed(key)) {
    const cells = readCells(connection, run, streamId, key, tails, stepRange({}))
    const others = cells.flatMap(({ step, value }) => (typeof value === 'string' ? [{ step, value }] : []))
    return toRow(
      key.name,
      others.map(({ step }) => step),
      others.at(-1)?.value,
    )
  }
  const at = { run, streamId, keyId: key.keyId }
  const tailCells = readTailCells(tails, key.keyId)
  const steps = new Set(readRowSteps(connection, at))
  for (const { step } of tailCells) steps.add(step)
  const ascending = [...steps].sort((a, b) => a - b)
  const last = ascending.at(-1)
  if (last === undefined) return undefined
  const stored = readRowCells(connection, at, { fromStep: last, toStep: last })
  const [newest] = resolveCells([...stored, ...tailCells.filter(({ step }) => step === last)])
  return toRow(key.name, ascending, typeof newest?.value === 'string' ? newest.value : undefined)
}

function toRow(key: string, steps: readonly number[], newest: string | undefined): OtherKeyRow | undefined {
  return newest === undefined ? undefined : { key, steps: Float64Array.from(steps), newest }
}
