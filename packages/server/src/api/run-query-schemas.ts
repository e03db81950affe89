import type {
  RunEdit,
  RunEditsRequest,
  RunFiguresRequest,
  RunFiguresResponse,
  RunGroupsRequest,
  RunGroupsResponse,
  RunImportanceRequest,
  RunImportanceResponse,
  RunKeysResponse,
  RunsChangedResponse,
  RunsChangeRequest,
  RunsFilter,
  RunsQueryRequest,
  RunsQueryResponse,
  StrictJson,
  StrictJsonObject,
} from '@lossline/protocol'
import { z } from 'zod'
import { runSummary } from './schemas.ts'

const key = z.string().min(1).describe('Such as config.lr, summary.val/loss or run.created')
const runsFilter = {
  filter: (z.record(z.string(), z.unknown()) as unknown as z.ZodType<StrictJsonObject>)
    .exactOptional()
    .describe("In the words of W&B's Api.runs"),
  search: z.string().exactOptional().describe('Part of display name, run id, notes or a tag'),
}
const page = {
  offset: z.number().int().min(0).exactOptional(),
  limit: z.number().int().min(1).max(1000).exactOptional().describe('Default 200'),
}

export const runsQueryRequest: z.ZodType<RunsQueryRequest> = z.strictObject({
  ...runsFilter,
  sort: z
    .array(z.strictObject({ key, isDescending: z.boolean() }))
    .max(8)
    .exactOptional()
    .describe('Missing values come last either way. Default: newest first'),
  columns: z.array(key).max(1000).exactOptional().describe('Keys whose values come with each run'),
  ...page,
})

export const runsQueryResponse: z.ZodType<RunsQueryResponse> = z.object({
  total: z.number(),
  runs: z.array(
    runSummary.and(
      z.object({
        values: z
          .array(z.unknown() as unknown as z.ZodType<StrictJson>)
          .describe('Of the columns, in their order; null: missing'),
      }),
    ),
  ),
})

export const runGroupsRequest: z.ZodType<RunGroupsRequest> = z.strictObject({
  ...runsFilter,
  by: z.array(key).min(1).max(8),
  columns: z.array(key).max(100).exactOptional().describe('Keys whose numbers are summed up'),
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
        z.object({ count: z.number(), mean: figure, standardDeviation: figure, min: figure, max: figure }),
      ),
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

export const runsChangeRequest: z.ZodType<RunsChangeRequest> = z.strictObject({
  of: z.union([
    z.strictObject({ runIds: z.array(z.string()).min(1).max(10_000) }),
    z.strictObject(runsFilter) satisfies z.ZodType<RunsFilter>,
  ]),
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
