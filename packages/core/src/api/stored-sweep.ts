import type { JsonObject } from '@lossline/protocol'
import { SweepStateError } from '../errors.ts'
import { checkPerPage } from '../options/check-count.ts'
import { checkOptions } from '../options/check-options.ts'
import type { ApiContext } from './api-context.ts'
import { NotFoundError } from './api-errors.ts'
import { toListPage } from './connection-page.ts'
import { listRuns, type RunsOptions } from './list-runs.ts'
import { createListing, type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import type { ProjectPath } from './paths.ts'
import type { StoredRun } from './stored-run.ts'
import { registerSweepAgent, type SweepAgent } from './sweep-agent.ts'
import { maybeDateAt, maybeNumberAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** A sweep on a server. */
export interface StoredSweep {
  /** Id, unique in the project. */
  readonly id: string
  /** Name for people. */
  readonly name: string
  readonly entity: string
  readonly project: string
  /** `entity/project/id`. */
  readonly path: string
  /** Address of its page. */
  readonly url: string | undefined
  /** `PENDING`, `RUNNING`, `PAUSED`, `FINISHED` or `CANCELED`. */
  readonly state: string
  /** `grid`, `random`, `bayes` or `custom`. */
  readonly method: string | undefined
  readonly description: string | undefined
  /** Its configuration as YAML text, as it was given. */
  readonly configYaml: string
  readonly createdAt: Date | undefined
  readonly runCount: number | undefined
  /** Runs that it will have when it is over; `undefined` when that is open. */
  readonly expectedRunCount: number | undefined
  /** Best value of its metric so far. */
  readonly bestLoss: number | undefined
  /** Its runs. */
  runs(options?: RunsOptions): Listing<StoredRun>
  /**
   * The run that is first in an order.
   *
   * @param order - Such as `+summary.loss` for the least loss. Runs without it come last.
   */
  bestRun(order: string, options?: RequestOptions): Promise<StoredRun | undefined>
  /** Assigns no more runs until {@link StoredSweep.resume}; those that go on go on. @throws {@link SweepStateError} */
  pause(options?: RequestOptions): Promise<void>
  /** Assigns runs again. */
  resume(options?: RequestOptions): Promise<void>
  /** Assigns no more runs; those that go on come to their end. @throws {@link SweepStateError} */
  stop(options?: RequestOptions): Promise<void>
  /** Assigns no more runs, and ends those that go on. @throws {@link SweepStateError} */
  cancel(options?: RequestOptions): Promise<void>
  /**
   * Makes an agent known, which can ask for runs then.
   *
   * @param host - Name of the machine, for people.
   */
  registerAgent(host: string, options?: RequestOptions): Promise<SweepAgent>
}

/** What {@link toStoredSweep} reads. */
export const sweepFields = `fragment SweepFields on Sweep {
  id name displayName method state description bestLoss config createdAt runCount runCountExpected
}`

const sweepQuery = `query GetSweep($name: String!, $project: String!, $entity: String!) {
  project(name: $project, entityName: $entity) { sweep(sweepName: $name) { ...SweepFields } }
}
${sweepFields}`

const sweepsQuery = `query GetSweeps($project: String!, $entity: String!, $cursor: String, $perPage: Int) {
  project(name: $project, entityName: $entity) {
    totalSweeps
    sweeps(after: $cursor, first: $perPage) {
      edges { node { ...SweepFields } cursor } pageInfo { endCursor hasNextPage }
    }
  }
}
${sweepFields}`

const stateMutation = `mutation UpsertSweep($id: ID!, $state: String!, $entityName: String, $projectName: String) {
  upsertSweep(input: { id: $id, state: $state, entityName: $entityName, projectName: $projectName }) { sweep { name } }
}`

/** States in which W&B's client makes these calls; the others it makes in all. */
const mayCall: Readonly<Record<string, readonly string[]>> = {
  pause: ['RUNNING', 'PAUSED'],
  stop: ['RUNNING', 'PAUSED', 'PENDING'],
  cancel: ['RUNNING', 'PAUSED', 'PENDING'],
}

/** Finds a sweep. @throws {@link NotFoundError} */
export async function findSweep(
  context: ApiContext,
  path: ProjectPath & { readonly sweepId: string },
  options: RequestOptions,
): Promise<StoredSweep> {
  const at = await context.locate(path, options)
  const answer = await context.ask('GetSweep', sweepQuery, { ...at, name: path.sweepId }, options)
  const node = maybeObjectAt(answer, 'project', 'sweep')
  if (node !== undefined) return toStoredSweep(context, at, node)
  throw new NotFoundError(`sweep "${at.entity}/${at.project}/${path.sweepId}"`, context.placeName)
}

/** Lists the sweeps of a project. */
export function listSweeps(
  context: ApiContext,
  path: ProjectPath,
  given: RequestOptions & { readonly perPage?: number | undefined },
): Listing<StoredSweep> {
  checkOptions('sweeps', given, { ...requestOptionNames, perPage: true })
  const { perPage = 50, signal } = given
  checkPerPage('sweeps', perPage)
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      const at = await context.locate(path, options)
      const variables = { ...at, cursor: cursor ?? null, perPage }
      const project = maybeObjectAt(await context.ask('GetSweeps', sweepsQuery, variables, options), 'project')
      if (project === undefined) throw new NotFoundError(`project "${at.entity}/${at.project}"`, context.placeName)
      return toListPage(maybeObjectAt(project, 'sweeps'), (node) => toStoredSweep(context, at, node))
    },
  })
}

/** A sweep as an answer has it. */
export function toStoredSweep(
  context: ApiContext,
  { entity, project }: { readonly entity: string; readonly project: string },
  node: JsonObject,
): StoredSweep {
  const id = maybeTextAt(node, 'name') ?? ''
  const runs = ({ filters = {}, ...options }: RunsOptions = {}): Listing<StoredRun> =>
    listRuns(context, { entity, project }, { ...options, filters: { $and: [{ sweep: id }, filters] } })
  const setState = async (call: string, state: string, options: RequestOptions): Promise<void> => {
    checkOptions(call, options, requestOptionNames)
    // As it is now: W&B's server does whatever it is told.
    const now = await findSweep(context, { entity, project, sweepId: id }, options)
    if (!(mayCall[call] ?? [now.state]).includes(now.state)) throw new SweepStateError(now.path, now.state, call)
    const variables = { id: maybeTextAt(node, 'id') ?? '', state, entityName: entity, projectName: project }
    await context.ask('UpsertSweep', stateMutation, variables, options)
  }
  return {
    id,
    name: maybeTextAt(node, 'displayName') ?? id,
    entity,
    project,
    path: `${entity}/${project}/${id}`,
    get url() {
      return context.pageUrl([entity, project, 'sweeps', id])
    },
    state: maybeTextAt(node, 'state') ?? 'PENDING',
    method: maybeTextAt(node, 'method'),
    description: maybeTextAt(node, 'description'),
    configYaml: maybeTextAt(node, 'config') ?? '',
    createdAt: maybeDateAt(node, 'createdAt'),
    runCount: maybeNumberAt(node, 'runCount'),
    expectedRunCount: maybeNumberAt(node, 'runCountExpected'),
    bestLoss: maybeNumberAt(node, 'bestLoss'),
    runs,
    bestRun: (order, options) => runs({ order, perPage: 1 }).first(options),
    pause: (options = {}) => setState('pause', 'PAUSED', options),
    resume: (options = {}) => setState('resume', 'RUNNING', options),
    stop: (options = {}) => setState('stop', 'FINISHED', options),
    cancel: (options = {}) => setState('cancel', 'CANCELED', options),
    registerAgent: async (host, options = {}) => {
      checkOptions('registerAgent', options, requestOptionNames)
      return registerSweepAgent(context, { entity, project, sweepId: id }, host, options)
    },
  }
}
