import type { MetricNoteEdit, MetricNoteResponse } from '@lossline/protocol'
import { z } from 'zod'

/** Shapes of what is said of metrics; see `metric-notes-api.ts` of the protocol. */

const metric = z
  .string()
  .min(1)
  .max(2000)
  .describe('Key path text: labels joined with ".", a literal dot written "\\."')
const nothing = 'null: nothing'

export const metricNoteQuery: z.ZodType<{ metric: string }> = z.object({ metric })

export const metricNoteResponse: z.ZodType<MetricNoteResponse> = z.object({
  metric: z.string(),
  own: z
    .object({
      description: z.string().nullable().describe(nothing),
      unit: z.string().nullable().describe(nothing),
      goal: z.enum(['minimize', 'maximize', 'none']).nullable().describe(nothing),
      said: z.object({ username: z.string(), atMs: z.number() }).nullable(),
    })
    .describe('What people of the project said; it holds before what runs say'),
  ofRuns: z
    .object({ description: z.string(), unit: z.string(), goal: z.enum(['minimize', 'maximize']).nullable() })
    .describe('What runs say with define_metric'),
})

export const metricNoteEdit: z.ZodType<MetricNoteEdit> = z.strictObject({
  metric,
  description: z.string().max(2000).nullable().exactOptional().describe('null takes back what was said'),
  unit: z
    .string()
    .max(40)
    .regex(/^[^\r\n]*$/, 'must be one line')
    .nullable()
    .exactOptional()
    .describe('null takes back what was said'),
  goal: z
    .enum(['minimize', 'maximize', 'none'])
    .nullable()
    .exactOptional()
    .describe('null takes back what was said; none: neither low nor high values are good'),
})
