import { lowerBound, mergeSeries, upperBound } from '../history/merge-series.ts'
import { groupPointCount, type Rollup } from '../history/rollup.ts'
import type { Column, SampledRows, SampleRowsQuery } from '../store.ts'
import { type ChunkHead, type ChunkReader, listChunkHeads, openChunk, readRollup, type StepRange } from './chunks.ts'
import type { Connection } from './connection.ts'
import { listLoggedKeys, stepRange } from './history-reader.ts'
import { streamIds } from './run-reader.ts'
import { readTails, tailColumns } from './tails.ts'

/**
 * From this distance on rows are moved to the nearest end of a rollup's group, by at most half a group: two neighbours are then
 * at most a twentieth nearer or farther, and no chunk has to be decompressed.
 */
const movedDistanceMin = 20 * groupPointCount

/** Consecutive rows, all with all the keys. */
interface Block {
  readonly rowCount: number
  /** The place of `row` or of a neighbour that costs less to read. */
  cheapPlace(row: number): number
  step(row: number): number
  /** @param column - Number of the key. */
  value(column: number, row: number): number
}

/** Undefined where it takes all points to know which rows there are: steps that differ between keys, or were logged again. */
export function sampleRows(connection: Connection, query: SampleRowsQuery): SampledRows | undefined {
  const streamId = streamIds[query.stream ?? 'history']
  const logged = listLoggedKeys(connection, query.run, streamId, query.keys)
  if (logged.some((key) => key.otherCount > 0)) return undefined
  const isComplete = query.keys === undefined || logged.length === new Set(query.keys).size
  if (!isComplete || logged.length === 0) return { keys: [], steps: new Float64Array(0), columns: [] }

  const series = logged.map(({ keyId }) => ({ run: query.run, streamId, keyId }))
  const range = stepRange(query)
  const heads = series.map((at) => listChunkHeads(connection, at, range.fromStep, range.toStep))
  const tails = readTails(connection, query.run, streamId)
  const ends = series.map(({ keyId }) => mergeSeries(tailColumns(tails, keyId)))
  if (!haveSameChunks(heads) || !haveSameSteps(ends) || !isAscending(heads[0]!, ends[0]!)) return undefined

  const chunks = heads[0]!.map((_, place) =>
    openChunkBlock(
      connection,
      heads.map((ofKey) => ofKey[place]!),
      range,
    ),
  )
  return pickRows(
    [...chunks, openTailBlock(ends, range)],
    logged.map(({ name }) => name),
    query.count,
  )
}

function pickRows(blocks: readonly Block[], keys: readonly string[], count: number): SampledRows {
  const rowCount = blocks.reduce((sum, block) => sum + block.rowCount, 0)
  const pickedCount = Math.min(count, rowCount)
  const distance = pickedCount > 1 ? (rowCount - 1) / (pickedCount - 1) : 0
  const steps = new Float64Array(pickedCount)
  const columns = keys.map(() => new Float64Array(pickedCount))
  let [index, start] = [0, 0]
  for (let place = 0; place < pickedCount; place++) {
    const wanted = pickedCount > 1 ? Math.round(place * distance) : rowCount - 1
    while (wanted - start >= blocks[index]!.rowCount) start += blocks[index++]!.rowCount
    const block = blocks[index]!
    const isMovable = distance >= movedDistanceMin && wanted < rowCount - 1
    const row = isMovable ? block.cheapPlace(wanted - start) : wanted - start
    steps[place] = block.step(row)
    for (const [column, values] of columns.entries()) values[place] = block.value(column, row)
  }
  return { keys, steps, columns }
}

/** @param heads - One a key, all with the same steps. */
function openChunkBlock(connection: Connection, heads: readonly ChunkHead[], range: StepRange): Block {
  const head = heads[0]!
  const chunks: ChunkReader[] = []
  const rollups: (Rollup | undefined)[] = []
  const chunk = (column: number): ChunkReader => (chunks[column] ??= openChunk(connection, heads[column]!))
  const rollup = (column: number): Rollup | undefined => (rollups[column] ??= readRollup(connection, heads[column]!))
  const isWhole = head.first_step >= range.fromStep && head.last_step <= range.toStep
  const from = isWhole ? 0 : lowerBound(chunk(0).steps, range.fromStep)
  const to = isWhole ? head.point_count : upperBound(chunk(0).steps, range.toStep)
  return {
    rowCount: to - from,
    cheapPlace(row) {
      if (!isWhole) return row
      const groupStart = Math.round(row / groupPointCount) * groupPointCount
      return Math.min(groupStart, head.point_count - 1)
    },
    step: (row) => (head.stride === null ? chunk(0).steps[from + row]! : head.first_step + (from + row) * head.stride),
    value(column, row) {
      const point = from + row
      const isOpen = chunks[column] !== undefined
      const known = isOpen ? undefined : valueAtGroupEnd(rollup(column), point, head.point_count)
      return known ?? chunk(column).values.slice(point, point + 1)[0]!
    },
  }
}

/** Undefined when the rollup does not tell: of a point inside a group, of NaN, ±Infinity, and of zero, whose sign it has lost. */
function valueAtGroupEnd(rollup: Rollup | undefined, point: number, pointCount: number): number | undefined {
  const isFirst = point % groupPointCount === 0
  const isLast = point === pointCount - 1
  if (rollup === undefined || !(isFirst || isLast)) return undefined
  const group = rollup.group(Math.floor(point / groupPointCount))
  const value = isFirst ? group.first : group.last
  return group.count < group.pointCount || value === 0 ? undefined : value
}

function openTailBlock(columns: readonly Column[], range: StepRange): Block {
  const { steps } = columns[0]!
  const from = lowerBound(steps, range.fromStep)
  return {
    rowCount: upperBound(steps, range.toStep) - from,
    cheapPlace: (row) => row,
    step: (row) => steps[from + row]!,
    value: (column, row) => columns[column]!.values[from + row]!,
  }
}

/** Of several keys only even steps show that they are the same. */
function haveSameChunks([first, ...others]: readonly (readonly ChunkHead[])[]): boolean {
  return others.every(
    (heads) =>
      heads.length === first!.length &&
      heads.every((head, place) => {
        const { first_step, point_count, stride } = first![place]!
        return (
          head.stride !== null &&
          head.stride === stride &&
          head.first_step === first_step &&
          head.point_count === point_count
        )
      }),
  )
}

function haveSameSteps([first, ...others]: readonly Column[]): boolean {
  return others.every(
    ({ steps }) => steps.length === first!.steps.length && steps.every((step, row) => step === first!.steps[row]),
  )
}

/** Whether no step is in two chunks, or in a chunk and among the rows that are in none yet. */
function isAscending(heads: readonly ChunkHead[], tail: Column): boolean {
  const starts = [...heads.slice(1).map((head) => head.first_step), tail.steps[0] ?? Number.POSITIVE_INFINITY]
  return heads.every((head, place) => head.last_step < starts[place]!)
}
