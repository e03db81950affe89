import { encodeKeyPath, stringifyNumber } from '@lossline/protocol'
import type { RunRow, SampledRows, Store } from '@lossline/store'
import { createPause } from './pauses.ts'
import { type HistoryGroup, hasAllSteps, openCells, readGroups, type StepSpan, type WalkedKey } from './read-groups.ts'
import { createThinner } from './thin.ts'

/** Which values of which rows are asked for. */
export interface SampledKeys {
  /** Key path texts, or plain names. */
  readonly keys: readonly string[]
  /** At most so many rows. */
  readonly count: number
  /** Default: the first. */
  readonly fromStep?: number
  /** Inclusive. Default: the last. */
  readonly toStep?: number
}

/** Rows that are looked at in one piece. */
const walkedRowCount = 8_192

/** Rows that have all the keys, as lists of JSON texts in the order of `keys`; evenly thinned to `count`. */
export async function sampleKeys(
  store: Store,
  run: RunRow,
  query: SampledKeys,
): Promise<readonly (readonly string[])[]> {
  const known = await store.metricKeys({
    entity: run.entity,
    project: run.project,
    runs: [run.id],
    stream: 'history',
  })
  const rows = new Map(known.map((row) => [row.key, row]))
  // A literal key wins over a path of nested ones that reads the same.
  const paths = query.keys.map((key) => (rows.has(encodeKeyPath([key])) ? encodeKeyPath([key]) : key))
  const logged = [...new Set(paths.filter((path) => path !== '_step'))]
  const walked = logged.length === 0 ? known : logged.map((path) => rows.get(path))
  if (run.lastStep === undefined || walked.some((row) => row === undefined)) return []

  const keys = walked.map((row) => {
    const { key, kind, pointCount } = row!
    return { key, isPlain: kind === 'number', pointCount }
  })
  const span = { fromStep: query.fromStep ?? 0, toStep: Math.min(query.toStep ?? run.lastStep, run.lastStep) }
  const sampled = await sampleColumns(store, run, { ...query, ...span }, logged, keys)
  if (sampled !== undefined) return toTexts(paths, sampled)

  const thinner = createThinner<RowCells>(query.count)
  let last: RowCells | undefined
  const pause = createPause()
  for await (const group of readGroups(store, run.id, keys, { span, rowCountMax: walkedRowCount, pause })) {
    // With no key but the step every row counts.
    const steps = logged.length === 0 ? group.steps : stepsOfAll(group)
    const kept = group.cells.map(openCells)
    const toCells = (step: number): RowCells =>
      paths.map((path) => {
        const cursor = kept[logged.indexOf(path)]
        return cursor === undefined ? step : cursor.at(cursor.find(step))
      })
    let isKept = false
    for (const step of steps) {
      isKept = thinner.isNextKept()
      if (isKept) thinner.keep(toCells(step))
    }
    if (steps.length > 0) last = isKept ? undefined : toCells(steps.at(-1)!)
  }
  return thinner.finish(last).map((row) => row.map(toJsonText))
}

/** Undefined: the rows have to be looked at one by one. */
async function sampleColumns(
  store: Store,
  run: RunRow,
  { fromStep, toStep, count }: SampledKeys & StepSpan,
  logged: readonly string[],
  walked: readonly WalkedKey[],
): Promise<SampledRows | undefined> {
  if (count < 1 || !walked.every((key) => key.isPlain)) return undefined
  return store.sampleRows({ run: run.id, fromStep, toStep, count, ...(logged.length > 0 && { keys: logged }) })
}

function toTexts(paths: readonly string[], { keys, steps, columns }: SampledRows): readonly (readonly string[])[] {
  const wanted = paths.map((path) => columns[keys.indexOf(path)] ?? steps)
  return Array.from(steps, (_, row) => wanted.map((column) => stringifyNumber(column[row]!)))
}

/** Steps at which all cells have a value. */
function stepsOfAll({ steps, cells }: HistoryGroup): Float64Array {
  // Mostly every row has every key.
  if (cells.every((one) => hasAllSteps(one, steps))) return steps
  const cursors = cells.map(openCells)
  return steps.filter((step) => cursors.every((cursor) => cursor.find(step) >= 0))
}

/** Values of a row that is asked for by keys, in their order: numbers, or JSON texts. */
type RowCells = readonly (number | string)[]

function toJsonText(cell: number | string): string {
  return typeof cell === 'number' ? stringifyNumber(cell) : cell
}
