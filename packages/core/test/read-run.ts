import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { readJournal } from '@lossline/journal'
import {
  createRunState,
  type HistoryItem,
  type JsonObject,
  type JsonValue,
  parseJson,
  pathOf,
  type WandbRecord,
} from '@lossline/protocol'

/** What a test wants to know about a run on disk. */
export interface RunOnDisk {
  readonly directory: string
  readonly journalPath: string
  readonly records: readonly WandbRecord[]
  /** Rows in the order of the file; nested labels are joined with `|`. */
  readonly rows: readonly Readonly<Record<string, JsonValue>>[]
  readonly config: JsonObject
  readonly summary: JsonObject
  readonly exitCode: number | undefined
  /** Console text by stream, as it was written. */
  readonly output: Readonly<Record<'stdout' | 'stderr', string>>
  /** Texts of the files beside the journal, by their path in the run's folder. */
  readonly files: Readonly<Record<string, string>>
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
  const journalPath = join(directory, journal)
  const { records } = await readJournal(journalPath)
  const state = createRunState()
  for (const record of records) state.apply(record)
  return {
    directory,
    journalPath,
    records,
    rows: records.flatMap((record) => (record.kind === 'history' ? [toRow(record.history.item)] : [])),
    config: state.config(),
    summary: state.summary(),
    exitCode: state.exit === undefined ? undefined : (state.exit.exitCode ?? 0),
    output: { stdout: state.consoleText('stdout'), stderr: state.consoleText('stderr') },
    files: await readFiles(directory),
  }
}

async function readFiles(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  // A server may be writing its notes meanwhile, under a name that is gone a moment later.
  const isText = (name: string): boolean => !name.endsWith('.wandb') && !name.endsWith('.tmp')
  const paths = entries.filter((entry) => entry.isFile() && isText(entry.name))
  const texts = paths.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name)
    return [relative(directory, path), await readFile(path, 'utf8')] as const
  })
  return Object.fromEntries(await Promise.all(texts))
}

function toRow(items: readonly HistoryItem[] = []): Record<string, JsonValue> {
  const entries = items.map((item) => [pathOf(item).join('|'), parseJson(item.valueJson ?? '')])
  return Object.fromEntries(entries)
}
