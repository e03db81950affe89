import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type InitOptions, init, type Run } from '@lossline/core'
import { readJournal } from '@lossline/journal'
import { type ArtifactRecord, parseJson, pathOf } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'

/** What a run's folder holds after the run. */
export interface WrittenRun {
  /** Rows in the order of logging, without the members that every row has (`_step`, …). */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly summary: Readonly<Record<string, unknown>>
  /** Versions of artifacts in the order of logging, without those of tables. */
  readonly artifacts: readonly WrittenArtifact[]
  /** The table that a row refers to under a key, as rows by column. */
  readTable(key: string): Promise<Record<string, unknown>[]>
  /** The same table with its media, which only its artifact holds. */
  readArtifactTable(key: string): Promise<Record<string, unknown>[]>
}

export interface WrittenArtifact {
  readonly name: string
  readonly type: string
  /** Path of a file of the artifact on this disk. */
  pathOf(file: string): string
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
    project: 'evaluation',
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
      return {
        rows,
        summary: run.summary.toJSON(),
        artifacts: records.flatMap((record) =>
          record.kind === 'artifact' && record.artifact.type !== 'run_table' ? [toArtifact(record.artifact)] : [],
        ),
        async readTable(key) {
          const path = rows.findLast((row) => `${key}.path` in row)?.[`${key}.path`]
          return readRows(join(run.directory, 'files', String(path)))
        },
        async readArtifactTable(key) {
          const tables = records.flatMap((record) => (record.kind === 'artifact' ? [toArtifact(record.artifact)] : []))
          const paths = tables.map(({ pathOf }) => pathOf(`${key}.table.json`))
          return readRows(paths.findLast((path) => path !== '') ?? '')
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await run.finish()
      await directory[Symbol.asyncDispose]()
    },
  }
}

async function readRows(path: string): Promise<Record<string, unknown>[]> {
  const { columns, data } = parseJson(await readFile(path, 'utf8')) as unknown as {
    columns: string[]
    data: unknown[][]
  }
  return data.map((values) => Object.fromEntries(columns.map((name, index) => [name, values[index]])))
}

function toRow(items: readonly { key?: string; nestedKey?: readonly string[]; valueJson?: string }[]) {
  const entries = items.map((item) => [pathOf(item).join('.'), parseJson(item.valueJson ?? 'null')] as const)
  return Object.fromEntries(entries.filter(([key]) => !key.startsWith('_')))
}

function toArtifact({ name = '', type = '', manifest }: ArtifactRecord): WrittenArtifact {
  return {
    name,
    type,
    pathOf: (file) => manifest?.contents?.find(({ path }) => path === file)?.localPath ?? '',
  }
}
