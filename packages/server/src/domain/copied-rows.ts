import type { RowGroup, RunRow, Store, Stream } from '@lossline/store'
import type { Writer } from './writer.ts'

/** Lines of one stream, as their writer numbers them. */
interface BroughtLines {
  readonly lineOffset: number
  readonly rows: RowGroup
}

/**
 * How many of the rows at the beginning, behind those that the writer has brought, the run has already from a client that does
 * not say who it is: W&B's sends a run while it is logged, and then our `sync` sends the same journal. Such rows have the same
 * time, to the microsecond, and in the history the same step.
 */
export async function countCopiedRows(
  store: Store,
  run: RunRow,
  { stream, lines, writer }: { readonly stream: Stream; readonly lines: BroughtLines; readonly writer: Writer },
): Promise<number> {
  if (writer.isShared) return 0
  const lineCount = stream === 'history' ? run.historyLineCount : run.eventsLineCount
  if (lineCount <= (await store.writerLineCount({ run: run.id, stream }))) return 0
  const { rows, lineOffset } = lines
  const broughtCount = await store.writerLineCount({ run: run.id, stream, writer: writer.name })
  const first = Math.max(0, broughtCount - lineOffset)
  const marks = marksOf(rows, stream === 'history')
  const given = marks.slice(first)
  if (given[0] === undefined) return 0
  const there = await readMarks(store, run, stream, rows.steps.subarray(first))
  const firstNew = given.findIndex((mark) => mark === undefined || !there.has(mark))
  return firstNew < 0 ? given.length : firstNew
}

/** What tells each row from others; undefined for one without a time. */
function marksOf({ rowCount, steps, numbers }: RowGroup, hasSteps: boolean): (string | undefined)[] {
  const marks = new Array<string | undefined>(rowCount).fill(undefined)
  const times = numbers.find(({ key }) => key === timeKey)
  for (const [index, row] of (times?.rowIndexes ?? []).entries()) {
    marks[row] = markOf(hasSteps ? steps[row]! : undefined, times!.values[index]!)
  }
  return marks
}

async function readMarks(store: Store, run: RunRow, stream: Stream, steps: Float64Array): Promise<Set<string>> {
  // Events have their line numbers as steps, which are others where there were events before.
  const isHistory = stream === 'history'
  const range = isHistory
    ? {
        fromStep: steps.reduce((least, step) => Math.min(least, step)),
        toStep: steps.reduce((most, step) => Math.max(most, step)),
      }
    : {}
  const there = await store.column({ run: run.id, stream, key: timeKey, ...range })
  const marks = new Set<string>()
  for (const [index, time] of there.values.entries()) {
    marks.add(markOf(isHistory ? there.steps[index]! : undefined, time))
  }
  return marks
}

const timeKey = '_timestamp'

/** Times in seconds; clients round the last digits differently. */
function markOf(step: number | undefined, time: number): string {
  return `${step ?? ''} ${Math.round(time * 1e5)}`
}
