import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type InitOptions, init, type Run } from '@lossline/core'
import { readJournal } from '@lossline/journal'
import { type ArtifactRecord, parseJson, pathOf } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'

/** What a run's folder holds after the run. */
export interface WrittenRun {
  /** Folder of the run. */
  readonly directory: string
  /** Rows in the order of logging, without the members that every row has (`_step`, …), and those of the machine. */
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  /** What the rows say of the machine: `performance/…`. */
  readonly performance: readonly Readonly<Record<string, unknown>>[]
  /** Step metric of each defined metric. */
  readonly definitions: Readonly<Record<string, string | undefined>>
  readonly config: Readonly<Record<string, unknown>>
  readonly summary: Readonly<Record<string, unknown>>
  /** Versions of artifacts in the order of logging, without those of tables. */
  readonly artifacts: readonly WrittenArtifact[]
  /** The artifacts that tables were written into. */
  readonly tables: readonly WrittenArtifact[]
}

export interface WrittenArtifact {
  readonly name: string
  readonly type: string
  readonly aliases: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
  /** Of its files. */
  readonly paths: readonly string[]
  /** Copies the files into a folder, as a download does. */
  copyTo(directory: string): Promise<string>
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
    // Written by this thread: starting another one for each run took half of the time of these tests.
    durability: 'sync',
    ...quiet,
    ...options,
  })
  return {
    run,
    async finishAndRead() {
      await run.finish()
      const { records } = await readJournal(join(run.directory, `run-${run.id}.wandb`))
      const all = records.flatMap((record) => (record.kind === 'history' ? [toRow(record.history.item ?? [])] : []))
      const isOfMachine = (key: string) => key.includes('performance/')
      const rows = all.map((row) => pick(row, (key) => !isOfMachine(key)))
      const performance = all.map((row) => pick(row, isOfMachine)).filter((row) => Object.keys(row).length > 0)
      const metrics = records.flatMap((record) => (record.kind === 'metric' ? [record.metric] : []))
      const defined = metrics.filter((metric) => metric.expandedFromGlob !== true)
      const definitions = defined.map(({ name, globName, stepMetric }) => [name ?? globName, stepMetric] as const)
      const versions = records.flatMap((record) => (record.kind === 'artifact' ? [toArtifact(record.artifact)] : []))
      return {
        directory: run.directory,
        rows,
        performance,
        definitions: Object.fromEntries(definitions),
        config: run.config.toJSON(),
        summary: run.summary.toJSON(),
        artifacts: versions.filter(({ type }) => type !== 'run_table'),
        tables: versions.filter(({ type }) => type === 'run_table'),
      }
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

function toArtifact({ name = '', type = '', aliases = [], metadata, manifest }: ArtifactRecord): WrittenArtifact {
  return {
    name,
    type,
    aliases,
    metadata: JSON.parse(metadata ?? '{}'),
    paths: (manifest?.contents ?? []).map(({ path = '' }) => path),
    async copyTo(directory) {
      await mkdir(directory, { recursive: true })
      for (const { path = '', localPath = '' } of manifest?.contents ?? []) {
        await copyFile(localPath, join(directory, path))
      }
      return directory
    },
  }
}

function pick(row: Readonly<Record<string, unknown>>, isWanted: (key: string) => boolean) {
  return Object.fromEntries(Object.entries(row).filter(([key]) => isWanted(key)))
}

/** The tables under a key, in the order of logging. */
export async function readTable(
  { directory, rows }: WrittenRun,
  key: string,
): Promise<{ columns: string[]; rows: unknown[][] }[]> {
  const paths = rows.flatMap((row) => (typeof row[`${key}.path`] === 'string' ? [String(row[`${key}.path`])] : []))
  const texts = await Promise.all(paths.map((path) => readFile(join(directory, 'files', path), 'utf8')))
  return texts.map((text) => {
    const { columns, data } = JSON.parse(text)
    return { columns, rows: data }
  })
}
