import { Api, type ExportFormat, exportHistory, exportRuns, type RunFilter, type StoredRun } from '@lossline/core'
import { type JsonObject, parseJson, stringifyJson, toStrictJson } from '@lossline/protocol'
import type { Effects } from '../effects.ts'
import { CliError } from '../errors.ts'
import { exitCodes } from '../exit-codes.ts'

/** Whom the commands below ask, and how they answer. */
export interface RunsTarget {
  readonly baseUrl?: string
  readonly apiKey?: string
  readonly dataDir?: string
  readonly json?: boolean
}

/** Which runs of a project. */
export interface RunsSelection {
  /** `entity/project` or `project`. Default: the default project. */
  readonly project?: string
  /** A filter as JSON text. */
  readonly filters?: string
  readonly order?: string
  readonly limit?: number
}

/** Prints one line a run. */
export async function listRuns(args: RunsTarget & RunsSelection, effects: Effects): Promise<number> {
  return withApi(args, async (api) => {
    for (const run of await selectRuns(api, args, effects)) {
      effects.print(args.json === true ? JSON.stringify(toFacts(run)) : describe(run))
    }
  })
}

/** Prints a run: what it is, its config and its summary. */
export async function showRun(args: RunsTarget & { readonly run: string }, effects: Effects): Promise<number> {
  return withApi(args, async (api) => {
    const run = await api.run(args.run, { signal: effects.stop })
    if (args.json === true) {
      effects.print(
        JSON.stringify({ ...toFacts(run), config: toStrictJson(run.config), summary: toStrictJson(run.summary) }),
      )
      return
    }
    const facts = Object.entries(toFacts(run)).filter(([, value]) => value !== null && String(value) !== '')
    for (const [name, value] of facts)
      effects.print(`${name.padEnd(16)} ${Array.isArray(value) ? value.join(', ') : value}`)
    printObject('config', run.config, effects)
    const { _wandb, ...summary } = run.summary
    printObject('summary', summary, effects)
  })
}

/** Arguments of `lossline runs export`. */
export interface ExportRunsArgs extends RunsTarget, RunsSelection {
  /** Only these runs, by their paths. */
  readonly run?: readonly string[]
  /** Rows of the runs instead of one row a run. */
  readonly history?: boolean
  /** Columns of the rows, with commas between them. */
  readonly keys?: string
  readonly format?: ExportFormat
  /** File to write. Default: standard output. */
  readonly output?: string
}

/** Writes runs, or their rows, to a file or to standard output. */
export async function exportRunsCommand(args: ExportRunsArgs, effects: Effects): Promise<number> {
  return withApi(args, async (api) => {
    const chosen =
      args.run === undefined
        ? await selectRuns(api, args, effects)
        : await Promise.all(args.run.map((path) => api.run(path, { signal: effects.stop })))
    const target =
      args.output === undefined
        ? { write: effects.writeBytes, format: args.format ?? 'csv' }
        : { path: args.output, ...(args.format === undefined ? {} : { format: args.format }) }
    const keys = args.keys?.split(',').map((key) => key.trim())
    const options = { ...target, signal: effects.stop, ...(keys === undefined ? {} : { keys }) }
    const one = chosen.length === 1 && args.run !== undefined ? chosen[0] : undefined
    const report =
      args.history === true ? await exportHistory(one ?? chosen, options) : await exportRuns(chosen, options)
    if (args.output === undefined) return
    if (args.json === true) effects.print(JSON.stringify({ path: args.output, ...report }))
    else
      effects.print(`${args.output}: ${report.rowCount.toLocaleString('en')} rows, ${report.columns.length} columns.`)
  })
}

async function withApi({ baseUrl, apiKey, dataDir }: RunsTarget, use: (api: Api) => Promise<void>): Promise<number> {
  const api = new Api({
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(dataDir === undefined ? {} : { dataDir }),
  })
  try {
    await use(api)
    return exitCodes.success
  } finally {
    await api.close()
  }
}

function selectRuns(
  api: Api,
  { project, filters, order, limit }: RunsSelection,
  effects: Effects,
): Promise<StoredRun[]> {
  const runs = api.runs(project, {
    ...(filters === undefined ? {} : { filters: parseFilters(filters) }),
    ...(order === undefined ? {} : { order }),
    perPage: Math.min(limit ?? 200, 200),
  })
  return runs.toArray({ signal: effects.stop, ...(limit === undefined ? {} : { limit }) })
}

function parseFilters(text: string): RunFilter {
  try {
    const filters = parseJson(text)
    if (typeof filters === 'object' && filters !== null && !Array.isArray(filters)) return filters as RunFilter
  } catch {
    // Said below.
  }
  throw new CliError({
    code: 'invalid-filters',
    message: `--filters is a JSON object, not ${JSON.stringify(text.slice(0, 60))}.`,
    hint: `For example: --filters '{"state": "finished", "summary.loss": {"$lt": 0.1}}'`,
  })
}

function toFacts(run: StoredRun): Record<string, string | number | readonly string[] | null> {
  return {
    path: run.path,
    name: run.name,
    state: run.state,
    tags: run.tags,
    group: run.group ?? null,
    jobType: run.jobType ?? null,
    notes: run.notes ?? null,
    username: run.username ?? null,
    createdAt: run.createdAt.toISOString(),
    historyLineCount: run.historyLineCount,
    url: run.url ?? null,
  }
}

function describe(run: StoredRun): string {
  const rows = `${run.historyLineCount.toLocaleString('en')} rows`
  return `${run.id}  ${run.state.padEnd(9)} ${run.createdAt.toISOString().slice(0, 16).replace('T', ' ')}  ${rows.padStart(12)}  ${run.name}`
}

function printObject(title: string, object: JsonObject, effects: Effects): void {
  const entries = Object.entries(object)
  if (entries.length === 0) return
  effects.print(`\n${title}`)
  for (const [key, value] of entries) effects.print(`  ${key} = ${stringifyJson(value)}`)
}
