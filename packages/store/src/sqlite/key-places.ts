import { mergeSeries } from '../history/merge-series.ts'
import { evenSteps, listedSteps, type StepList } from '../history/step-list.ts'
import { readTailCells, resolveCells } from './cells.ts'
import { type ChunkPlace, listChunkPlaces, readChunkSteps, type SeriesAddress, type StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'
import type { LoggedKey } from './history-reader.ts'
import { type KeySeries, toCellSeries, toNumberSeries } from './row-reader.ts'
import { type Tail, tailColumns } from './tails.ts'
import type { Turns } from './turns.ts'

/** A key of a run with what of it is in memory while its values are looked up: all but the chunks. */
export interface OpenKey {
  readonly key: LoggedKey
  readonly at: SeriesAddress
  readonly tail: KeySeries
  /** Steps of compacted values that are no numbers. */
  readonly rowSteps: Float64Array
}

/**
 * @param tails - Of the run, read just now: what is compacted from now on is in them and in the chunks, which does no harm.
 */
export async function openKey(
  connection: Connection,
  at: SeriesAddress,
  key: LoggedKey,
  tails: readonly Tail[],
  turns: Turns,
): Promise<OpenKey> {
  const tail =
    key.otherCount === 0
      ? toNumberSeries(key.name, mergeSeries(tailColumns(tails, key.keyId)))
      : toCellSeries(key.name, resolveCells(readTailCells(tails, key.keyId)))
  const rowSteps = key.otherCount === 0 ? new Float64Array(0) : await readRowSteps(connection, at, turns)
  return { key, at, tail, rowSteps }
}

/** Where a key has values, in any order. */
export function listSteps(connection: Connection, { at, key, tail, rowSteps }: OpenKey, range: StepRange): StepList[] {
  const places = key.numberCount === 0 ? [] : listChunkPlaces(connection, at, range)
  const chunks = places.map((place) => toStepList(connection, place))
  return [...joinEven(chunks), ...[tail.steps, rowSteps].filter((steps) => steps.length > 0).map(listedSteps)]
}

function toStepList(connection: Connection, place: ChunkPlace): StepList {
  const { first_step: first, last_step: last, point_count: count, stride } = place
  if (stride !== null) return evenSteps(first, stride, count)
  return {
    kind: 'listed',
    first,
    last,
    count,
    isWhole: place.is_whole === 1,
    load: () => readChunkSteps(connection, place),
  }
}

/** Chunks of a series that goes on evenly are one list. */
function joinEven(lists: readonly StepList[]): StepList[] {
  const joined: StepList[] = []
  for (const list of lists) {
    const before = joined.at(-1)
    if (
      before?.kind === 'even' &&
      list.kind === 'even' &&
      before.isWhole &&
      list.first === before.last + before.stride
    ) {
      if (list.count === 1 || list.stride === before.stride) {
        joined[joined.length - 1] = evenSteps(before.first, before.stride, before.count + list.count)
        continue
      }
    }
    joined.push(list)
  }
  return joined
}

/** Rows of table `row` that are read at a time. */
const rowCountMax = 8192

async function readRowSteps(connection: Connection, at: SeriesAddress, turns: Turns): Promise<Float64Array> {
  const steps: number[] = []
  for (let found = rowCountMax; found === rowCountMax; ) {
    const rows = connection.all<{ step: number }>(
      'SELECT step FROM row WHERE run = ? AND stream = ? AND key = ? AND step > ? ORDER BY step LIMIT ?',
      at.run,
      at.streamId,
      at.keyId,
      steps.at(-1) ?? Number.NEGATIVE_INFINITY,
      rowCountMax,
    )
    for (const { step } of rows) steps.push(step)
    found = rows.length
    if (turns.isOver()) await turns.next()
  }
  return Float64Array.from(steps)
}
