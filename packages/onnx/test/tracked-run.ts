import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type InitOptions, init, type Run, Table } from '@lossline/core'
import { readJournal } from '@lossline/journal'
import { parseJson, pathOf } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'

type Values = Readonly<Record<string, unknown>>

/** What a run's folder holds after the run. */
export interface WrittenRun {
  /** Rows in the order of logging, without the members that every row has (`_step`, …). */
  readonly rows: readonly Values[]
  /** Step metric of each defined metric. */
  readonly definitions: Readonly<Record<string, string | undefined>>
  readonly config: Values
  readonly summary: Values
  /** Rows of the newest table of a key, by column. */
  readTable(key: string): Promise<Values[]>
  readonly artifacts: readonly Values[]
}

/** A run in a temporary folder. Disposing removes the folder. */
export interface TrackedRun extends AsyncDisposable {
  readonly run: Run
  /** The folder that holds `.lossline/`. */
  readonly directory: string
  /** Finishes the run and reads back what it has written. */
  finishAndRead(): Promise<WrittenRun>
}

export async function openTrackedRun(options: InitOptions = {}): Promise<TrackedRun> {
  const directory = await openTemporaryDirectory()
  const quiet = { silent: true, console: 'off', disableMetadata: true, saveRequirements: false } as const
  const run = await init({
    project: 'onnx',
    mode: 'offline',
    dir: directory.path,
    reinit: 'createNew',
    ...quiet,
    ...options,
  })
  return {
    run,
    directory: directory.path,
    async finishAndRead() {
      await run.finish()
      return readRun(run)
    },
    async [Symbol.asyncDispose]() {
      await run.finish()
      await directory[Symbol.asyncDispose]()
    },
  }
}

async function readRun(run: Run): Promise<WrittenRun> {
  const { records } = await readJournal(join(run.directory, `run-${run.id}.wandb`))
  const rows = records.flatMap((record) => (record.kind === 'history' ? [toRow(record.history.item ?? [])] : []))
  const metrics = records.flatMap((record) => (record.kind === 'metric' ? [record.metric] : []))
  const defined = metrics.filter((metric) => metric.expandedFromGlob !== true)
  const definitions = defined.map(({ name, globName, stepMetric }) => [name ?? globName, stepMetric] as const)
  return {
    rows,
    definitions: Object.fromEntries(definitions),
    config: run.config.toJSON(),
    summary: run.summary.toJSON(),
    artifacts: records.flatMap((record) => (record.kind === 'artifact' ? [{ ...record.artifact }] : [])),
    async readTable(key) {
      const path = rows.map((row) => row[`${key}.path`]).findLast((value) => typeof value === 'string')
      const text = await readFile(join(run.directory, 'files', String(path)), 'utf8')
      const table = Table.fromJson(text)
      return [...table.iterateObjects()]
    },
  }
}

function toRow(items: readonly { key?: string; nestedKey?: readonly string[]; valueJson?: string }[]): Values {
  const entries = items.map((item) => [pathOf(item).join('.'), parseJson(item.valueJson ?? 'null')] as const)
  return Object.fromEntries(entries.filter(([key]) => !key.startsWith('_')))
}
