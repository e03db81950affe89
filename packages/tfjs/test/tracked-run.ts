import { join } from 'node:path'
import { type InitOptions, init, type Run } from '@lossline/core'
import { readJournal } from '@lossline/journal'
import { parseJson, pathOf } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'

/** What a run's folder holds after the run. */
export interface WrittenRun {
  /** Rows in the order of logging, without the members that every row has (`_step`, …). */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** Step metric of each defined metric. */
  readonly definitions: Readonly<Record<string, string | undefined>>
  readonly config: Readonly<Record<string, unknown>>
}

/** A run in a temporary folder. Disposing removes the folder. */
export interface TrackedRun extends AsyncDisposable {
  readonly run: Run
  /** Finishes the run and reads back what it has written. */
  finishAndRead(): Promise<WrittenRun>
}

export async function openTrackedRun(options: InitOptions = {}): Promise<TrackedRun> {
  const directory = await openTemporaryDirectory()
  const quiet = { silent: true, console: 'off', disableMetadata: true, saveRequirements: false } as const
  const run = await init({
    project: 'tfjs',
    mode: 'offline',
    dir: directory.path,
    reinit: 'createNew',
    ...quiet,
    ...options,
  })
  return {
    run,
    async finishAndRead() {
      await run.finish()
      const { records } = await readJournal(join(run.directory, `run-${run.id}.wandb`))
      const rows = records.flatMap((record) => (record.kind === 'history' ? [toRow(record.history.item ?? [])] : []))
      const metrics = records.flatMap((record) => (record.kind === 'metric' ? [record.metric] : []))
      const defined = metrics.filter((metric) => metric.expandedFromGlob !== true)
      const definitions = defined.map(({ name, globName, stepMetric }) => [name ?? globName, stepMetric] as const)
      return { rows, definitions: Object.fromEntries(definitions), config: run.config.toJSON() }
    },
    async [Symbol.asyncDispose]() {
      await run.finish()
      await directory[Symbol.asyncDispose]()
    },
  }
}

/** Kinds of rows in order: `epoch`, or the step of a batch. */
export function outlineOf({ rows }: WrittenRun): unknown[] {
  return rows.map((row) => row['batch/batch_step'] ?? 'epoch')
}

function toRow(items: readonly { key?: string; nestedKey?: readonly string[]; valueJson?: string }[]) {
  const entries = items.map((item) => [pathOf(item).join('.'), parseJson(item.valueJson ?? 'null')] as const)
  return Object.fromEntries(entries.filter(([key]) => !key.startsWith('_')))
}
