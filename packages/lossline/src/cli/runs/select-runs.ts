import { type Api, NotFoundError, type RunFilter, readSettings, type StoredRun } from '@lossline/core'
import { parseJson } from '@lossline/protocol'
import { CliError } from '../errors.ts'

/** Which runs. */
export interface RunsSelection {
  /** `entity/project` or `project`. Default: the one that is set, else all projects. */
  readonly project?: string
  /** A filter as JSON text. */
  readonly filters?: string
  readonly order?: string
  readonly limit?: number
}

/** Runs that were asked for. */
export interface SelectedRuns {
  readonly runs: readonly StoredRun[]
  /** Projects that were looked into; `undefined` when one was named or set. */
  readonly projectCount: number | undefined
}

const perPageMax = 200

/**
 * Finds the runs of a project, or of all projects when none is named or set.
 *
 * @throws {@link CliError} `invalid-filters`, `runs-order`.
 */
export async function selectRuns(
  api: Api,
  { filters, order, limit, ...selection }: RunsSelection,
  { orderDefault, signal }: { readonly orderDefault: '+createdAt' | '-createdAt'; readonly signal: AbortSignal },
): Promise<SelectedRuns> {
  const options = {
    ...(filters === undefined ? {} : { filters: parseFilters(filters) }),
    order: order ?? orderDefault,
    perPage: Math.min(limit ?? perPageMax, perPageMax),
  }
  const reading = { signal, ...(limit === undefined ? {} : { limit }) }
  const project = selection.project ?? readSettings().project
  if (project !== undefined) {
    return { runs: await api.runs(project, options).toArray(reading), projectCount: undefined }
  }
  const found: (readonly StoredRun[])[] = []
  for await (const each of api.projects()) found.push(await each.runs(options).toArray(reading))
  const filled = found.filter((runs) => runs.length > 0)
  const runs = filled.length < 2 ? filled.flat() : merge(filled.flat(), options.order)
  return { runs: runs.slice(0, limit), projectCount: filled.length }
}

/**
 * The run that a path names. An id alone is looked for in all projects, unless a project is set.
 *
 * @throws NotFoundError; {@link CliError} `run-not-found`, or `run-ambiguous` when several projects have it.
 */
export async function findRun(api: Api, path: string, signal: AbortSignal): Promise<StoredRun> {
  try {
    return await api.run(path, { signal })
  } catch (error) {
    if (!(error instanceof NotFoundError) || path.includes('/') || readSettings().project !== undefined) throw error
    const found: StoredRun[] = []
    for await (const project of api.projects()) {
      found.push(...(await project.runs({ filters: { name: path }, perPage: 1 }).toArray({ signal, limit: 1 })))
    }
    const [run, ...others] = found
    if (run === undefined) {
      throw new CliError({
        code: 'run-not-found',
        message: `No project has a run "${path}".`,
        hint: 'Check its id: lossline runs list shows those that there are.',
        cause: error,
      })
    }
    if (others.length === 0) return run
    throw new CliError({
      code: 'run-ambiguous',
      message: `Run "${path}" is in several projects: ${found.map((each) => each.project).join(', ')}.`,
      hint: `Name the project too: ${run.project}/${path}`,
    })
  }
}

/** Runs of several projects as one list. */
function merge(runs: readonly StoredRun[], order: string): StoredRun[] {
  const [, sign, field] = /^([+-]?)(.*)$/s.exec(order) ?? []
  if (field !== 'createdAt') {
    throw new CliError({
      code: 'runs-order',
      message: `Runs of several projects are listed by their time only, not by "${field}".`,
      hint: `Name one project, such as: lossline runs list ${runs[0]?.project} --order ${order}`,
    })
  }
  const direction = sign === '-' ? -1 : 1
  return runs.toSorted((a, b) => direction * (a.createdAt.getTime() - b.createdAt.getTime()))
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
