import {
  type AlertsResponse,
  type ErrorResponse,
  ExpressionSyntaxError,
  type LogsResponse,
  type MetricsResponse,
  type ProjectResponse,
  type ProjectSummary,
  type ProjectsResponse,
  parseExpression,
  type RunResponse,
  type RunSummary,
  type RunsMovedResponse,
  type RunsResponse,
  type SeriesRequest,
  type StatusResponse,
  type StrictJsonObject,
  type TrashResponse,
} from '@lossline/protocol'
import { z } from 'zod'

/** Requests are checked with these, answers are described with them; the OpenAPI document is made of both. */

const timeMs = z.number().describe('Milliseconds since 1970, UTC')
const strictJson = z.record(z.string(), z.unknown()) as unknown as z.ZodType<StrictJsonObject>
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
})

const projectFields = {
  entity: z.string(),
  project: z.string(),
  runCount: z.number(),
  runningCount: z.number(),
  createdAtMs: timeMs,
  updatedAtMs: timeMs,
}
export const projectSummary: z.ZodType<ProjectSummary> = z.object(projectFields)
export const projectsResponse: z.ZodType<ProjectsResponse> = z.object({ projects: z.array(projectSummary) })

const projectAccess = z
  .enum(['private', 'read', 'write'])
  .describe('What everybody with an account may do in it, beside those to whom its entity belongs')
export const projectResponse: z.ZodType<ProjectResponse> = z.object({
  project: z.object({ ...projectFields, description: z.string(), access: projectAccess }),
})

interface ChangeProjectRequest {
  readonly project?: string
  readonly description?: string
  readonly access?: 'private' | 'read' | 'write'
}
export const changeProjectRequest: z.ZodType<ChangeProjectRequest> = z.strictObject({
  project: z.string().exactOptional().describe('Its new name'),
  description: z.string().max(10_000).exactOptional(),
  access: projectAccess.exactOptional(),
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
  color: z.string().describe('#rrggbb, hue-1 to hue-8, or empty: as its number says'),
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
      goal: z.enum(['minimize', 'maximize']).nullable(),
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
    stateChanges: z
      .array(z.object({ atMs: timeMs, state: runState, cause: z.string() }))
      .describe('How the run came to its state, oldest first'),
    config: strictJson,
    summary: strictJson,
    metadata: strictJson,
    historyLineCount: z.number(),
    logLineCount: z.number(),
  }),
})

export const logsQuery: z.ZodType<{ readonly from: number; readonly limit: number }> = z.object({
  from: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
})
export const logsResponse: z.ZodType<LogsResponse> = z.object({
  lineCount: z.number(),
  lines: z.array(
    z.object({
      number: z.number(),
      timestamp: z.string().nullable(),
      level: z.enum(['error', 'info']),
      label: z.string().exactOptional(),
      text: z.string(),
    }),
  ),
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
})

const smoothing = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('time-weighted-ema'), weight: z.number().min(0).max(1) }),
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

const seriesGroup = z.object({ name: z.string(), runIds: z.array(z.string()).min(1).max(10_000) })

const grouping = z.object({
  statistic: z.enum(['mean', 'median', 'min', 'max', 'sum']),
  band: z.enum(['none', 'min-max', 'sd', 'standard-error', 'confidence-95']),
})

export const seriesRequest: z.ZodType<SeriesRequest> = z
  .object({
    entity: z.string().min(1),
    project: z.string().min(1),
    runIds: z.array(z.string()).max(1000),
    groups: z.array(seriesGroup).max(1000).exactOptional(),
    grouping: grouping.exactOptional(),
    key: z.string().min(1).exactOptional(),
    expression: expressionText.exactOptional(),
    join: z.enum(['equal-step', 'last-known']).exactOptional(),
    stream: stream.exactOptional(),
    x: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('step') }),
      z.object({ kind: z.literal('relative') }),
      z.object({ kind: z.literal('wall') }),
      z.object({ kind: z.literal('metric'), key: z.string().min(1) }),
      z.object({ kind: z.literal('expression'), expression: expressionText }),
    ]),
    range: z
      .tuple([z.number(), z.number()])
      .refine(([from, to]) => from <= to, 'must be [from, to] with from ≤ to')
      .exactOptional(),
    buckets: z.number().int().min(16).max(4096),
    scale: z.enum(['linear', 'log']).exactOptional(),
    smoothing: smoothing.exactOptional(),
  })
  .refine(({ runIds, groups = [] }) => runIds.length + groups.length > 0, 'must name runs or groups')
  .refine(
    ({ key, expression }) => (key === undefined) !== (expression === undefined),
    'must have either a key or an expression',
  )

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
