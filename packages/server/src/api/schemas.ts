import {
  type AlertsResponse,
  type ErrorResponse,
  ExpressionSyntaxError,
  type MetricsResponse,
  type ProjectResponse,
  type ProjectSummary,
  type ProjectsResponse,
  parseExpression,
  type Refusal,
  type RefusalsResponse,
  type RunResponse,
  type RunSummary,
  type RunsMovedResponse,
  type RunsResponse,
  type SampleResponse,
  type SeriesBatchRequest,
  type SeriesPointsRequest,
  type SeriesRequest,
  type SeriesX,
  type StatusResponse,
  seriesBatchLimits,
  seriesRequestCost,
  type TrashResponse,
} from '@lossline/protocol'
import { z } from 'zod'
import { strictJsonObject } from './json-schemas.ts'

/** Requests are checked with these, answers are described with them; the OpenAPI document is made of both. */

const timeMs = z.number().describe('Milliseconds since 1970, UTC')
export const runState: z.ZodType<RunSummary['state']> = z.enum([
  'pending',
  'running',
  'finished',
  'failed',
  'crashed',
  'killed',
  'preempting',
  'preempted',
])
const stream = z.enum(['history', 'events']).describe('history: what was logged. events: system metrics')

export const statusResponse: z.ZodType<StatusResponse> = z.object({
  version: z.string(),
  mode: z.enum(['open', 'keys']),
  timeMs,
  runCount: z.number(),
  dataDirectory: z.string().exactOptional(),
  isExposed: z.boolean().describe('Other machines reach it, and it asks nobody who they are'),
})

const projectFields = {
  entity: z.string(),
  project: z.string(),
  runCount: z.number(),
  runningCount: z.number(),
  createdAtMs: timeMs,
  updatedAtMs: timeMs,
  isSample: z.boolean().describe('It holds the sample, or a part of it'),
  tags: z.array(z.string()),
}
export const projectSummary: z.ZodType<ProjectSummary> = z.object(projectFields)
export const projectsResponse: z.ZodType<ProjectsResponse> = z.object({ projects: z.array(projectSummary) })

export const refusal: z.ZodType<Refusal> = z.object({
  kind: z.enum(['wrong-key', 'no-key', 'not-allowed', 'unknown-request', 'blocked-host']),
  client: z.string().nullable().describe('The program, where it is one that is known'),
  host: z.string().nullable().describe('Of a blocked host: the name under which it was asked for'),
  count: z.number(),
  lastAtMs: timeMs,
})
export const refusalsResponse: z.ZodType<RefusalsResponse> = z.object({ refusals: z.array(refusal) })

export const sampleResponse: z.ZodType<SampleResponse> = z.object({
  isAvailable: z.boolean().describe('Whether there is a sample, and you may load and remove it here'),
  state: z.enum(['absent', 'loading', 'incomplete', 'loaded']).describe('incomplete: POST goes on with it'),
  project: z.string().nullable(),
  loadedRunCount: z.number(),
  runCount: z.number(),
  otherRunCount: z.number().describe('Runs that somebody else has logged into it'),
  problem: z.string().nullable().describe('Why loading has ended too early'),
})

const projectAccess = z
  .enum(['private', 'read', 'write'])
  .describe('What everybody with an account may do in it, beside those to whom its entity belongs')
export const projectResponse: z.ZodType<ProjectResponse> = z.object({
  project: z.object({
    ...projectFields,
    description: z.string(),
    access: projectAccess,
    mayWrite: z.boolean().describe('Whether the asker may change it'),
    protectedAliases: z.array(z.string()).describe('Names of versions that only admins give, move and take away'),
    mayAdminister: z.boolean().describe('Whether the asker is an admin of its entity; without accounts everybody is'),
  }),
})

interface ChangeProjectRequest {
  readonly project?: string
  readonly description?: string
  readonly access?: 'private' | 'read' | 'write'
  readonly tags?: string[]
  readonly protectedAliases?: string[]
}
export const changeProjectRequest: z.ZodType<ChangeProjectRequest> = z.strictObject({
  project: z.string().exactOptional().describe('Its new name'),
  description: z.string().max(10_000).exactOptional(),
  access: projectAccess.exactOptional(),
  tags: z
    .array(z.string().max(100))
    .max(50)
    .exactOptional()
    .describe('All of them; blank ones and those that come twice are left out'),
  protectedAliases: z
    .array(z.string())
    .max(50)
    .exactOptional()
    .describe('All names of versions that only admins of its entity may give, move and take away'),
})

export const deleteProjectRequest: z.ZodType<{ readonly confirm: string }> = z.strictObject({
  confirm: z.string().describe('The name of the project'),
})

interface MoveRunsRequest {
  readonly runIds: readonly string[]
  readonly to: { readonly entity?: string; readonly project: string }
}
export const moveRunsRequest: z.ZodType<MoveRunsRequest> = z.strictObject({
  runIds: z.array(z.string()).min(1).max(1000),
  to: z.strictObject({ entity: z.string().exactOptional().describe('Default: the same'), project: z.string() }),
})
export const runsMovedResponse: z.ZodType<RunsMovedResponse> = z.object({
  runIds: z.array(z.string()),
  entity: z.string(),
  project: z.string(),
})

/** How people have chosen to draw a run. */
export const runColor: z.ZodString = z.string().describe('#rrggbb, hue-1 to hue-8, or empty: as its number says')

const runFields = z.object({
  runId: z.string(),
  displayName: z.string(),
  state: runState,
  stateCause: z.string().describe('Why the run is in this state; may be empty'),
  number: z.number().describe('Creation number in the project, from 1'),
  createdAtMs: timeMs,
  heartbeatAtMs: timeMs,
  runtimeSeconds: z.number(),
  tags: z.array(z.string()),
  group: z.string(),
  jobType: z.string(),
  sweepId: z.string(),
  host: z.string(),
  color: runColor,
  notes: z.string(),
  username: z.string(),
  lastStep: z.number().nullable(),
  revision: z.number(),
  historyRevision: z.number(),
})

/** A run in lists. */
export const runSummary: z.ZodType<RunSummary> = runFields

export interface RunsQuery {
  readonly search?: string
  readonly offset: number
  readonly limit: number
}
export const runsQuery: z.ZodType<RunsQuery> = z.object({
  search: z.string().exactOptional().describe('Part of display name, run id, notes or a tag'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
})
export const runsResponse: z.ZodType<RunsResponse> = z.object({
  runs: z.array(runFields),
  total: z.number(),
})

export const metricsQuery: z.ZodType<{ readonly run: readonly string[] }> = z.object({
  run: z.array(z.string()).describe('Only these runs; may be repeated. Default: all'),
})
export const metricsResponse: z.ZodType<MetricsResponse> = z.object({
  metrics: z.array(
    z.object({
      key: z.string().describe('Labels joined with ".", a literal dot written "\\."'),
      kind: z.enum(['number', 'other', 'mixed']),
      stream,
      runCount: z.number(),
      pointCount: z.number(),
      stepMetric: z.string().nullable(),
      isHidden: z.boolean(),
      goal: z.enum(['minimize', 'maximize']).nullable().describe('As people of the project say, else its runs'),
      description: z.string().describe('The same'),
      unit: z.string().describe('The same'),
    }),
  ),
})

export const runResponse: z.ZodType<RunResponse> = z.object({
  run: runFields.extend({
    entity: z.string(),
    project: z.string(),
    program: z.string(),
    commit: z.string(),
    repo: z.string(),
    exitCode: z.number().nullable(),
    finishedAtMs: timeMs.nullable(),
    isStopRequested: z
      .boolean()
      .describe('Whether somebody has asked its program to end, since it began or was resumed'),
    stateChanges: z
      .array(z.object({ atMs: timeMs, state: runState, cause: z.string() }))
      .describe('How the run came to its state, oldest first'),
    config: strictJsonObject,
    summary: strictJsonObject,
    metadata: strictJsonObject,
    historyLineCount: z.number(),
    logLineCount: z.number(),
  }),
})

export const alertsQuery: z.ZodType<{ readonly limit: number }> = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})
export const alertsResponse: z.ZodType<AlertsResponse> = z.object({
  alerts: z.array(
    z.object({
      id: z.number(),
      createdAtMs: timeMs,
      level: z.enum(['info', 'warn', 'error']),
      title: z.string(),
      text: z.string(),
    }),
  ),
})

export const stopResponse: z.ZodType<{ readonly isStopRequested: boolean }> = z.object({ isStopRequested: z.boolean() })

export const deleteRunResponse: z.ZodType<{ readonly isInTrash: boolean }> = z.object({ isInTrash: z.boolean() })

export const trashResponse: z.ZodType<TrashResponse> = z.object({
  runs: z.array(z.object({ runId: z.string(), displayName: z.string(), createdAtMs: timeMs, deletedAtMs: timeMs })),
  sweeps: z.array(z.object({ name: z.string(), title: z.string(), deletedAtMs: timeMs })),
})

const smoothing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('time-weighted-ema'),
    weight: z.number().min(0).max(1),
    range: z.number().positive().exactOptional(),
  }),
  z.object({ kind: z.literal('ema'), weight: z.number().min(0).max(1) }),
  z.object({ kind: z.literal('gaussian'), sigma: z.number().min(0) }),
  z.object({ kind: z.literal('running-average'), window: z.number().min(0) }),
])

const expressionText = z
  .string()
  .max(2000)
  .superRefine((text, context) => {
    try {
      parseExpression(text)
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error
      context.addIssue(error.message)
    }
  })

const projectPlace = { entity: z.string().min(1), project: z.string().min(1) }
const seriesGroup = z.object({
  name: z.string(),
  runIds: z.array(z.string()).min(1).max(10_000),
  of: z.object(projectPlace).exactOptional(),
})
const seriesRuns = {
  ...projectPlace,
  runIds: z.array(z.string()).max(1000),
  others: z
    .array(z.object({ ...projectPlace, runIds: z.array(z.string()).max(1000) }))
    .max(100)
    .exactOptional(),
}

const grouping = z.object({
  statistic: z.enum(['mean', 'median', 'min', 'max', 'sum']),
  band: z.enum(['none', 'min-max', 'quartiles', 'sd', 'standard-error', 'confidence-95']),
})

export const seriesX: z.ZodType<SeriesX> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step') }),
  z.object({ kind: z.literal('relative') }),
  z.object({ kind: z.literal('relative-wall') }),
  z.object({ kind: z.literal('wall') }),
  z.object({ kind: z.literal('metric'), key: z.string().min(1) }),
  z.object({ kind: z.literal('expression'), expression: expressionText }),
])

const seriesRange = z
  .tuple([z.number(), z.number()])
  .refine(([from, to]) => from <= to, 'must be [from, to] with from ≤ to')

const seriesSource = {
  key: z.string().min(1).exactOptional(),
  expression: expressionText.exactOptional(),
  join: z.enum(['equal-step', 'last-known']).exactOptional(),
  stream: stream.exactOptional(),
  x: seriesX,
  range: seriesRange.exactOptional(),
}

/** Whether runs of all projects together are as many as one request may be about. */
function isRunCount({ runIds, others = [] }: Pick<SeriesRequest, 'runIds' | 'others'>, least: number): boolean {
  const count = others.reduce((sum, other) => sum + other.runIds.length, runIds.length)
  return count >= least && count <= 1000
}

export const seriesPointsRequest: z.ZodType<SeriesPointsRequest> = z
  .object({
    ...seriesRuns,
    ...seriesSource,
    format: z.enum(['csv', 'json']),
  })
  .refine((request) => isRunCount(request, 1), 'must name 1 to 1,000 runs')
  .refine(
    ({ key, expression }) => (key === undefined) !== (expression === undefined),
    'must have either a key or an expression',
  )

export const seriesRequest: z.ZodType<SeriesRequest> = z
  .object({
    ...seriesRuns,
    groups: z.array(seriesGroup).max(1000).exactOptional(),
    grouping: grouping.exactOptional(),
    ...seriesSource,
    buckets: z.number().int().min(16).max(4096),
    scale: z.enum(['linear', 'log']).exactOptional(),
    smoothing: smoothing.exactOptional(),
    order: z.enum(['x', 'logged']).exactOptional(),
  })
  .refine((request) => isRunCount(request, request.groups?.length ? 0 : 1), 'must name groups, or 1 to 1,000 runs')
  .refine(
    ({ key, expression }) => (key === undefined) !== (expression === undefined),
    'must have either a key or an expression',
  )

export const seriesBatchRequest: z.ZodType<SeriesBatchRequest> = z
  .object({
    requests: z
      .array(seriesRequest)
      .min(1)
      .max(seriesBatchLimits.requestCount)
      .describe(
        `In all at most ${seriesBatchLimits.subjectCount} runs, those of groups included, and ${seriesBatchLimits.bucketCount} buckets of lines`,
      ),
  })
  .refine(
    ({ requests }) => totalOf(requests, 'subjectCount') <= seriesBatchLimits.subjectCount,
    `must ask for at most ${seriesBatchLimits.subjectCount} runs in all`,
  )
  .refine(
    ({ requests }) => totalOf(requests, 'bucketCount') <= seriesBatchLimits.bucketCount,
    `must ask for at most ${seriesBatchLimits.bucketCount} buckets in all`,
  )

function totalOf(requests: readonly SeriesRequest[], cost: keyof ReturnType<typeof seriesRequestCost>): number {
  return requests.reduce((sum, request) => sum + seriesRequestCost(request)[cost], 0)
}

export const eventsQuery: z.ZodType<{ readonly entity?: string; readonly project?: string }> = z.object({
  entity: z.string().exactOptional(),
  project: z.string().exactOptional(),
})

export const errorResponse: z.ZodType<ErrorResponse> = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    hint: z.string().exactOptional(),
    requestId: z.string(),
  }),
})
