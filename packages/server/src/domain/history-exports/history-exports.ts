import { type Blobs, type HistoryExportRow, parseBlobDigest, type RunRow, type Store } from '@lossline/store'
import type { Clock } from '../../clock.ts'
import { type Log, toLogFields } from '../../log.ts'
import { orWhenLate } from '../../or-when-late.ts'
import { createKeyedQueue } from '../keyed-queue.ts'
import { createPause, type Pause } from '../pauses.ts'
import { type HistoryGroup, hasAllSteps, readGroups, type StepSpan } from '../read-groups.ts'
import { isLive } from '../run-state.ts'
import { type ExportColumn, listExportColumns } from './export-columns.ts'

/** How a run's whole history can be read: from files, or by asking for rows. */
export type HistoryOffer =
  | { readonly kind: 'nothing' }
  /** No rows are anywhere else. */
  | { readonly kind: 'files'; readonly parts: readonly HistoryExportRow[] }
  | { readonly kind: 'rows'; readonly firstStep: number }

/** Parquet files of the history of runs that have ended. They are made when somebody asks, and kept among the blobs. */
export interface HistoryExports {
  /**
   * What W&B's client reads a history from. It takes either files or rows of a step without looking whether it has the other
   * already, and takes the n-th file from its own cache if it ever had an n-th file of the run. So files are offered for
   * all rows or not at all, and only if they give the same rows; a file that was offered once stays what it is, and what a
   * resumed run adds is another one. A run whose exported rows have changed is read by rows ever after.
   */
  offer(run: RunRow): Promise<HistoryOffer>
}

/** Turns rows that have all columns into a file, a part at a time. @returns the number of rows, at the end. */
export type EncodeExport = (
  columns: readonly ExportColumn[],
  groups: AsyncIterable<HistoryGroup>,
  pause: Pause,
) => AsyncGenerator<Uint8Array, number>

export interface CreateHistoryExportsOptions {
  readonly store: Store
  readonly blobs: Blobs
  readonly encode: EncodeExport
  readonly clock: Clock
  readonly log: Log
  /** Stops what is being made. */
  readonly closing: AbortSignal
}

/** A client waits 19 s for an answer; what takes longer goes on without it. */
const waitMs = 5_000

/** Some 16 MB of numbers. */
const groupCellCountMax = 1_000_000
const groupRowCountMin = 1_000
const groupRowCountMax = 50_000

/** Far above what people look at between two starts of a server; the one that was found first is tried again. */
const unfitRunCountMax = 10_000

export function createHistoryExports(options: CreateHistoryExportsOptions): HistoryExports {
  const { store, blobs, encode, clock, log, closing } = options
  // One after the other: each takes what the event loop has to spare.
  const turns = createKeyedQueue()
  const making = new Map<string, Promise<readonly HistoryExportRow[] | undefined>>()
  /** Revisions of histories that columns cannot give back, by run: finding that out may take reading all of one. */
  const unfit = new Map<number, number>()

  /**
   * Exports what is missing; undefined when rows have changed.
   *
   * @throws UnfitRowsError
   */
  const complete = async (run: RunRow): Promise<readonly HistoryExportRow[] | undefined> => {
    const known = await store.historyExports(run.id)
    if (run.lastStep === undefined || known.some(({ isStale }) => isStale)) return undefined
    const throughSteps = known.map(({ throughStep }) => throughStep)
    if ((throughSteps.at(-1) ?? -1) < run.lastStep) throughSteps.push(run.lastStep)
    for (const [part, throughStep] of throughSteps.entries()) {
      const kept = known[part]
      if (kept !== undefined && (await blobs.has(parseBlobDigest(kept.sha256)))) continue
      const span = { fromStep: (throughSteps[part - 1] ?? -1) + 1, toStep: throughStep }
      const written = await writePart(run, span)
      const { historyRevision } = run
      const [{ isKept }] = await store.write([
        { kind: 'put-history-export', run: run.id, part, throughStep, historyRevision, ...written },
      ])
      if (!isKept) return undefined
    }
    return store.historyExports(run.id)
  }

  const writePart = async (
    run: RunRow,
    span: StepSpan,
  ): Promise<{ readonly rowCount: number; readonly sha256: string; readonly sizeBytes: number }> => {
    const pause = createPause(closing)
    const columns = await listExportColumns(store, run, span, pause)
    if (columns === undefined) throw new UnfitRowsError()
    const rowCountMax = Math.min(
      groupRowCountMax,
      Math.max(groupRowCountMin, Math.floor(groupCellCountMax / (columns.length + 1))),
    )
    const groups = readGroups(store, run.id, columns, { span, rowCountMax, pause })
    const file = encode(columns, requireAllValues(groups), pause)
    let rowCount = 0
    async function* parts(): AsyncGenerator<Uint8Array> {
      rowCount = yield* file
    }
    const { digest, sizeBytes } = await blobs.put(parts())
    return { rowCount, sha256: digest, sizeBytes }
  }

  const noteUnfit = (run: RunRow): void => {
    unfit.delete(run.id)
    if (unfit.size >= unfitRunCountMax) unfit.delete(unfit.keys().next().value!)
    unfit.set(run.id, run.historyRevision)
  }

  const make = async (run: RunRow): Promise<readonly HistoryExportRow[] | undefined> => {
    if (unfit.get(run.id) === run.historyRevision) return undefined
    const key = `${run.id}/${run.historyRevision}`
    const begun = making.get(key)
    if (begun !== undefined) return begun
    const made = turns
      .run('all', () => complete(run))
      .catch((error: unknown) => {
        // The rows are there, and can be read without a file.
        if (error instanceof UnfitRowsError) noteUnfit(run)
        else if (!closing.aborted) log('error', 'exporting a history failed', { run: run.id, ...toLogFields(error) })
        return undefined
      })
      .finally(() => making.delete(key))
    making.set(key, made)
    return made
  }

  return {
    async offer(run) {
      if (run.lastStep === undefined) return { kind: 'nothing' }
      const parts = isLive(run.state) ? undefined : await orWhenLate(clock, make(run), waitMs)
      if (parts !== undefined) return { kind: 'files', parts }
      const [first] = await store.rows({ run: run.id, limit: 1 })
      return first === undefined ? { kind: 'nothing' } : { kind: 'rows', firstStep: first.step }
    },
  }
}

/** Columns cannot give the rows back as they are. */
class UnfitRowsError extends Error {}

/** @throws UnfitRowsError when a row does not have all columns. */
async function* requireAllValues(groups: AsyncIterable<HistoryGroup>): AsyncGenerator<HistoryGroup> {
  for await (const group of groups) {
    if (!group.cells.every((cells) => hasAllSteps(cells, group.steps))) throw new UnfitRowsError()
    yield group
  }
}
