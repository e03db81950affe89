import { Api, type ExportFormat, exportHistory, exportRuns } from '@lossline/core'
import { toStrictJson } from '@lossline/protocol'
import { existingDataDirectory } from '../data-directory.ts'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'
import { describeRun, describeRuns, toFacts } from '../runs/describe-run.ts'
import { isLocal } from '../runs/is-local.ts'
import { findRun, type RunsSelection, selectRuns } from '../runs/select-runs.ts'
import { countOf } from '../sync/receipt.ts'

/** Whom the commands below ask, and how they answer. */
export interface RunsTarget {
  readonly baseUrl?: string
  readonly apiKey?: string
  readonly dataDir?: string
  readonly json?: boolean
}

/** Prints one line a run, the newest first. */
export async function listRuns(args: RunsTarget & RunsSelection, effects: Effects): Promise<number> {
  return withApi(args, async (api) => {
    const { runs, projectCount } = await selectRuns(api, args, { orderDefault: '-createdAt', signal: effects.stop })
    if (args.json === true) {
      for (const run of runs) effects.print(JSON.stringify(toFacts(run)))
      return
    }
    for (const line of describeRuns(runs, projectCount !== undefined)) effects.print(line)
    if (runs.length === 0) {
      effects.note(args.filters === undefined ? 'lossline: there are no runs.' : 'lossline: no run is like that.')
    } else if (projectCount !== undefined && projectCount > 1) {
      effects.note(`lossline: runs of ${projectCount} projects. Those of one: lossline runs list <project>`)
    }
  })
}

/** Prints a run: what it is, its config and its summary. */
export async function showRun(args: RunsTarget & { readonly run: string }, effects: Effects): Promise<number> {
  return withApi(args, async (api) => {
    const run = await findRun(api, args.run, effects.stop)
    if (args.json !== true) {
      for (const line of describeRun(run)) effects.print(line)
      return
    }
    const values = { config: toStrictJson(run.config), summary: toStrictJson(run.summary) }
    effects.print(JSON.stringify({ ...toFacts(run), ...values }))
  })
}

/** Puts runs into another project, one after the other. */
export async function moveRuns(
  args: RunsTarget & { readonly runs: readonly string[]; readonly to: string },
  effects: Effects,
): Promise<number> {
  return withApi(args, async (api) => {
    const found = await Promise.all(args.runs.map((path) => findRun(api, path, effects.stop)))
    for (const run of found) {
      const { path } = await run.moveTo(args.to, { signal: effects.stop })
      effects.print(args.json === true ? JSON.stringify({ from: run.path, to: path }) : `${run.path} is ${path} now.`)
    }
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
        ? (await selectRuns(api, args, { orderDefault: '+createdAt', signal: effects.stop })).runs
        : await Promise.all(args.run.map((path) => findRun(api, path, effects.stop)))
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
      effects.print(`${args.output}: ${countOf(report.rowCount, 'row')}, ${countOf(report.columns.length, 'column')}.`)
  })
}

/** @throws CliError `data-folder-missing`: reading makes no data folder. */
export async function withApi(
  { baseUrl, apiKey, dataDir }: RunsTarget,
  use: (api: Api) => Promise<void>,
): Promise<number> {
  if (isLocal({ baseUrl, apiKey, dataDir })) existingDataDirectory(dataDir)
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
