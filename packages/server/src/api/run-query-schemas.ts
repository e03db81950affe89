import {
  metricsOfColumnsMax,
  parseMetricColumn,
  type RunEdit,
  type RunEditsRequest,
  type RunFiguresRequest,
  type RunFiguresResponse,
  type RunGroupsRequest,
  type RunGroupsResponse,
  type RunImportanceRequest,
  type RunImportanceResponse,
  type RunKeysResponse,
  type RunNeighboursRequest,
  type RunNeighboursResponse,
  type RunsChangedResponse,
  type RunsChangeRequest,
  type RunsDeletionRequest,
  type RunsDeletionResponse,
  type RunsFilter,
  type RunsQueryRequest,
  type RunsQueryResponse,
} from '@lossline/protocol'
import { z } from 'zod'
import { strictJson, strictJsonObject } from './json-schemas.ts'
import { runSummary } from './schemas.ts'

const key = z.string().min(1).describe('Such as config.lr, summary.val/loss or run.created')
const listKey = z
  .string()
  .min(1)
  .describe('As other keys, or metric.max:val/acc for what a metric comes to: min, max, mean, first or last')
/** Each is read through the histories of all runs of the groups. */
const metricsOfGroupsMax = 20
const metricCountOf = (keys: readonly string[]): number =>
  new Set(keys.flatMap((key) => parseMetricColumn(key)?.metric ?? [])).size
const runsFilter = {
  filter: strictJsonObject.exactOptional().describe("In the words of W&B's Api.runs"),
  search: z.string().exactOptional().describe('Part of display name, run id, notes or a tag'),
}
const page = {
  offset: z.number().int().min(0).exactOptional(),
  limit: z.number().int().min(1).max(1000).exactOptional().describe('Default 200'),
}
const sort = z
  .array(z.strictObject({ key: listKey, isDescending: z.boolean() }))
  .max(8)
  .describe('Missing values come last either way. Default: newest first')

export const runsQueryRequest: z.ZodType<RunsQueryRequest> = z.strictObject({
  ...runsFilter,
  sort: sort.exactOptional(),
  columns: z
    .array(listKey)
    .max(1000)
    .refine(
      (keys) => metricCountOf(keys) <= metricsOfColumnsMax,
      `must be of at most ${metricsOfColumnsMax} different metrics: hide some columns, or ask for the others by themselves`,
    )
    .exactOptional()
    .describe(`Keys whose values come with each run; of at most ${metricsOfColumnsMax} different metrics`),
  ...page,
})

export const runsQueryResponse: z.ZodType<RunsQueryResponse> = z.object({
  total: z.number(),
  runs: z.array(
    runSummary.and(
      z.object({
        values: z.array(strictJson).describe('Of the columns, in their order; null: missing'),
      }),
    ),
  ),
})

export const runNeighboursRequest: z.ZodType<RunNeighboursRequest> = z.strictObject({
  ...runsFilter,
  runId: z.string(),
  sort: sort.exactOptional(),
})

export const runNeighboursResponse: z.ZodType<RunNeighboursResponse> = z.object({
  place: z
    .object({
      index: z.number().describe('From 0'),
      total: z.number(),
      previous: runSummary.nullable().describe('Null at the beginning'),
      next: runSummary.nullable().describe('Null at the end'),
    })
    .nullable()
    .describe('Null: the run is not in the list'),
})

export const runGroupsRequest: z.ZodType<RunGroupsRequest> = z.strictObject({
  ...runsFilter,
  by: z.array(key).min(1).max(8),
  columns: z
    .array(listKey)
    .max(100)
    .refine(
      (keys) => metricCountOf(keys) <= metricsOfGroupsMax,
      `must be of at most ${metricsOfGroupsMax} different metrics: ask for the others by themselves`,
    )
    .exactOptional()
    .describe('Keys whose numbers are summed up; also what metrics come to, as in lists'),
  spreads: z.array(key).max(20).exactOptional().describe('Keys of which is told how their values are spread'),
  ...page,
})

const figure = z.number().nullable()
export const runGroupsResponse: z.ZodType<RunGroupsResponse> = z.object({
  total: z.number(),
  groups: z.array(
    z.object({
      values: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])),
      runCount: z.number(),
      columns: z.array(
        z
          .object({ count: z.number(), mean: figure, standardDeviation: figure, min: figure, max: figure })
          .nullable()
          .describe('Null: of a metric, where more than 2,000 runs match'),
      ),
      spreads: z
        .array(
          z
            .object({
              bins: z
                .array(z.number())
                .describe('Runs in ten equal parts between the least and greatest number of all groups'),
              topValues: z.array(z.object({ value: z.union([z.string(), z.boolean()]), runCount: z.number() })),
              distinctCount: z.number().describe('Different texts and booleans'),
            })
            .nullable()
            .describe('Null: the groups have more than 50,000 different values, of which nothing is told'),
        )
        .exactOptional(),
    }),
  ),
})

export const runKeysResponse: z.ZodType<RunKeysResponse> = z.object({
  keys: z.array(
    z.object({
      key: z.string(),
      runCount: z.number(),
      isVarying: z.boolean(),
      kind: z.enum(['number', 'text', 'boolean', 'other']),
      min: figure,
      max: figure,
      commonValues: z.array(z.union([z.string(), z.number(), z.boolean()])),
    }),
  ),
  fields: z.array(
    z.object({
      field: z.enum(['state', 'user', 'host', 'group', 'jobType', 'sweep', 'tags']),
      values: z
        .array(z.object({ value: z.string(), runCount: z.number() }))
        .describe('The most frequent first, at most fifty'),
    }),
  ),
  runCount: z.number().describe('So many runs were looked at, the newest'),
})

const edit = {
  displayName: z.string().min(1).max(1000).exactOptional(),
  notes: z.string().max(100_000).exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  group: z.string().max(1000).exactOptional(),
  jobType: z.string().max(1000).exactOptional(),
  color: z
    .string()
    .regex(/^(#[0-9a-f]{6}|hue-[1-8])?$/)
    .exactOptional()
    .describe('#rrggbb, hue-1 to hue-8, or empty: as its number says'),
}
export const runEdit: z.ZodType<RunEdit> = z.strictObject(edit)

export const runEditsRequest: z.ZodType<RunEditsRequest> = z.strictObject({
  edits: z.array(z.strictObject({ runId: z.string(), ...edit })).max(10_000),
})

const chosenRuns = z.union([
  z.strictObject({ runIds: z.array(z.string()).min(1).max(10_000) }),
  z.strictObject(runsFilter) satisfies z.ZodType<RunsFilter>,
])

export const runsDeletionRequest: z.ZodType<RunsDeletionRequest> = z.strictObject({ of: chosenRuns })
export const runsDeletionResponse: z.ZodType<RunsDeletionResponse> = z.object({
  runCount: z.number(),
  artifactCount: z.number().describe('Versions that the runs made, those aside that clients log by themselves'),
  usedArtifactCount: z.number().describe('Of those, how many other runs use'),
})

export const runsChangeRequest: z.ZodType<RunsChangeRequest> = z.strictObject({
  of: chosenRuns,
  addTags: z.array(z.string()).exactOptional(),
  removeTags: z.array(z.string()).exactOptional(),
  group: edit.group,
  jobType: edit.jobType,
  color: edit.color,
  action: z.enum(['stop', 'trash', 'restore']).exactOptional().describe('restore takes run ids'),
})

export const runsChangedResponse: z.ZodType<RunsChangedResponse> = z.object({
  runIds: z.array(z.string()),
  before: z
    .array(z.strictObject({ runId: z.string(), ...edit }))
    .describe('What the runs had before, of what was edited: as edits they undo the change'),
})

export const runFiguresRequest: z.ZodType<RunFiguresRequest> = z.strictObject({
  runIds: z.array(z.string()).max(1000),
  key: z.string().min(1).describe('Key path text of a numeric metric'),
  stream: z.enum(['history', 'events']).exactOptional(),
})
export const runFiguresResponse: z.ZodType<RunFiguresResponse> = z.object({
  figures: z
    .array(
      z
        .object({
          count: z.number(),
          first: z.number(),
          last: z.number(),
          min: z.number(),
          max: z.number(),
          mean: z.number(),
        })
        .nullable(),
    )
    .describe('In the order of the runs that were asked for; null: the run has no finite value'),
})

export const runImportanceRequest: z.ZodType<RunImportanceRequest> = z.strictObject({
  ...runsFilter,
  outcome: key,
  keys: z.array(key).max(200).exactOptional().describe('Keys that may explain it. Default: those of the config'),
})
export const runImportanceResponse: z.ZodType<RunImportanceResponse> = z.object({
  runCount: z.number().describe('Runs with a number for the outcome'),
  runCountMin: z.number().describe('With fewer runs nothing is said'),
  parameters: z
    .array(
      z.object({
        key: z.string(),
        importance: z.number().describe('Share of all: permutation importance in a random forest with a fixed seed'),
        correlation: z.number().nullable().describe("Spearman's rank correlation; null for texts"),
      }),
    )
    .describe('The most important first; empty with too few runs'),
})
