import { stringifyJson } from '@lossline/protocol'
import { checkPerPage } from '../options/check-count.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import type { ApiContext } from './api-context.ts'
import { NotFoundError } from './api-errors.ts'
import { toListPage } from './connection-page.ts'
import { createListing, type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import type { ProjectPath } from './paths.ts'
import { checkSelection, explainRefusal } from './refused-selection.ts'
import { runCountQuery, runsQuery } from './run-documents.ts'
import { toRunFacts } from './run-facts.ts'
import { type RunFilter, toWireFilter, toWireOrder } from './run-filter.ts'
import { StoredRun } from './stored-run.ts'
import { maybeNumberAt, maybeObjectAt } from './wire-values.ts'

/** Which runs are listed, and how. */
export interface RunsOptions extends RequestOptions {
  /** Default: all runs. */
  readonly filters?: RunFilter | undefined
  /**
   * `+` or `-` and a field of {@link RunFilter}; `+`, or nothing, is ascending. Runs without the field come last. Default:
   * `+createdAt`, the oldest first.
   */
  readonly order?: string | undefined
  /** Runs a request. Default: 50. */
  readonly perPage?: number | undefined
}

const runsOptionNames: OptionNames<RunsOptions> = { ...requestOptionNames, filters: true, order: true, perPage: true }

/** Lists runs of a project. */
export function listRuns(context: ApiContext, path: ProjectPath, given: RunsOptions): Listing<StoredRun> {
  checkOptions('runs', given, runsOptionNames)
  const { filters = {}, order = '+createdAt', perPage = 50, signal } = given
  checkPerPage('runs', perPage)
  checkSelection({ filters, order })
  const wireFilters = stringifyJson(toWireFilter(filters))
  const askProject = async (operationName: string, query: string, variables: object, options: RequestOptions) => {
    const at = await context.locate(path, options)
    const all = { ...at, ...variables, filters: wireFilters }
    const answer = await context.ask(operationName, query, all, options).catch((error: unknown) => {
      throw explainRefusal(error, { filters, order })
    })
    const project = maybeObjectAt(answer, 'project')
    if (project === undefined) throw new NotFoundError(`project "${at.entity}/${at.project}"`, context.placeName)
    return { at, project }
  }
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      const variables = { cursor: cursor ?? null, perPage, order: toWireOrder(order) }
      const { at, project } = await askProject('Runs', runsQuery, variables, options)
      return toListPage(maybeObjectAt(project, 'runs'), (node) => new StoredRun(context, at, toRunFacts(node)))
    },
    async countItems(options) {
      const { project } = await askProject('RunCount', runCountQuery, {}, options)
      return maybeNumberAt(project, 'runCount') ?? 0
    },
  })
}
