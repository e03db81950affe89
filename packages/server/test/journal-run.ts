import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from '@lossline/journal'
import {
  createRunState,
  type HistoryRecord,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  md5,
  parseJson,
  toBase64,
} from '@lossline/protocol'

/** What W&B's client wrote into the folder of a run, which a server must give back. */
export interface JournalRun {
  readonly id: string
  readonly config: JsonObject
  readonly summary: JsonObject
  /** The leaves of each row by path, without nulls: files of histories know no difference between null and absent. */
  readonly rows: readonly Readonly<Record<string, JsonValue>>[]
  /** Base64 MD5 by name. */
  readonly files: Readonly<Record<string, string>>
  readonly exitCode: number | undefined
}

/** Reads the journal of an online run of W&B's client, and the files beside it. */
export async function readJournalRun(wandbDirectory: string, runId: string): Promise<JournalRun> {
  const folder = (await readdir(wandbDirectory)).find((name) => name.startsWith('run-') && name.endsWith(`-${runId}`))
  if (folder === undefined) throw new Error(`${wandbDirectory} has no folder of the run ${runId}.`)
  const directory = join(wandbDirectory, folder)
  const { records } = await readJournal(join(directory, `run-${runId}.wandb`))
  const state = createRunState()
  for (const record of records) state.apply(record)
  const { _wandb, ...config } = state.config()
  return {
    id: runId,
    config,
    summary: state.summary(),
    rows: records.flatMap((record) => (record.kind === 'history' ? [leavesOf(toRow(record.history))] : [])),
    files: await digestsOf(join(directory, 'files')),
    exitCode: state.exit === undefined ? undefined : Number(state.exit.exitCode ?? 0),
  }
}

/** Values of a row by the path that leads to them, its parts joined by dots. Nulls are left out. */
export function leavesOf(value: JsonObject, prefix = ''): Record<string, JsonValue> {
  const leaves: Record<string, JsonValue> = {}
  for (const [key, member] of Object.entries(value)) {
    if (isJsonObject(member) && Object.keys(member).length > 0) {
      Object.assign(leaves, leavesOf(member, `${prefix}${key}.`))
    } else if (member !== null && member !== undefined) leaves[`${prefix}${key}`] = member
  }
  return leaves
}

function toRow({ item = [] }: HistoryRecord): JsonObject {
  const members = item.map(({ key, nestedKey, valueJson }) => [
    nestedKey?.length ? nestedKey.join('.') : (key ?? ''),
    parseJson(valueJson ?? 'null'),
  ])
  return Object.fromEntries(members) as JsonObject
}

async function digestsOf(directory: string): Promise<Record<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  // Links too: a saved file is one to the original.
  const paths = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))
  const digests: Record<string, string> = {}
  for (const path of paths) digests[path.slice(directory.length + 1)] = toBase64(md5(await readFile(path)))
  return digests
}
