import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from '@lossline/journal'
import {
  createRunState,
  type HistoryItem,
  type JsonObject,
  type JsonValue,
  parseJson,
  type WandbRecord,
} from '@lossline/protocol'

/** What a test wants to know about a run on disk. */
export interface RunOnDisk {
  readonly directory: string
  readonly records: readonly WandbRecord[]
  /** Rows in the order of the file; nested labels are joined with `|`. */
  readonly rows: readonly Readonly<Record<string, JsonValue>>[]
  readonly config: JsonObject
  readonly summary: JsonObject
  readonly exitCode: number | undefined
  /** Console text by stream, as it was written. */
  readonly output: Readonly<Record<'stdout' | 'stderr', string>>
  readFile(name: string): Promise<string>
}

/** Reads the only run below `<parent>/.lossline/`, through the public readers. */
export async function readRun(parent: string): Promise<RunOnDisk> {
  const runs = await readRuns(parent)
  if (runs.length !== 1) throw new Error(`${runs.length} runs in ${parent}`)
  return runs[0]!
}

/** Reads all runs below `<parent>/.lossline/`, in the order of their folders' names. */
export async function readRuns(parent: string): Promise<RunOnDisk[]> {
  const folder = join(parent, '.lossline', 'runs')
  const names = (await readdir(folder)).sort()
  return Promise.all(names.map((name) => readFolder(join(folder, name))))
}

async function readFolder(directory: string): Promise<RunOnDisk> {
  const journal = (await readdir(directory)).find((name) => name.endsWith('.wandb'))
  if (journal === undefined) throw new Error(`no journal in ${directory}`)
  const { records } = await readJournal(join(directory, journal))
  const state = createRunState()
  for (const record of records) state.apply(record)
  return {
    directory,
    records,
    rows: records.flatMap((record) => (record.kind === 'history' ? [toRow(record.history.item)] : [])),
    config: state.config,
    summary: state.summary,
    exitCode: state.exit?.exitCode,
    output: { stdout: outputOf(records, 'stdout'), stderr: outputOf(records, 'stderr') },
    readFile: (name) => readFile(join(directory, name), 'utf8'),
  }
}

function toRow(items: readonly HistoryItem[] = []): Record<string, JsonValue> {
  const entries = items.map(({ nestedKey, valueJson }) => [nestedKey?.join('|') ?? '', parseJson(valueJson ?? '')])
  return Object.fromEntries(entries)
}

function outputOf(records: readonly WandbRecord[], stream: 'stdout' | 'stderr'): string {
  return records
    .map((record) =>
      record.kind === 'outputRaw' && record.outputRaw.outputType === stream ? record.outputRaw.line : '',
    )
    .join('')
}
