import type { LogSearchQuery, LogSearchResponse, LogsResponse } from '@lossline/protocol'
import { z } from 'zod'

/** Shapes of console output. */

const from = z.coerce.number().int().min(0).default(0)
const logLine = z.object({
  number: z.number(),
  timestamp: z.string().nullable(),
  level: z.enum(['error', 'info']).describe('error: written to stderr'),
  label: z.string().exactOptional(),
  text: z.string(),
  hits: z
    .array(z.tuple([z.number(), z.number()]))
    .exactOptional()
    .describe('Where the pattern is that was searched for, in the line without its colours: start and end'),
})

export const logsQuery: z.ZodType<{ readonly from: number; readonly limit: number }> = z.object({
  from,
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
})
export const logsResponse: z.ZodType<LogsResponse> = z.object({ lineCount: z.number(), lines: z.array(logLine) })

export const logSearchQuery: z.ZodType<LogSearchQuery & { readonly from: number; readonly limit: number }> = z.object({
  from,
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  text: z
    .string()
    .max(1000)
    .exactOptional()
    .describe('Any part of the first 100,000 characters of a line without its colours, in any case'),
  isPattern: z.stringbool().exactOptional().describe("The text is a pattern of RE2's syntax, in any case"),
  stream: z.enum(['stdout', 'stderr']).exactOptional(),
  names: z
    .enum(['debug', 'info', 'warning', 'error', 'problem'])
    .exactOptional()
    .describe('Only lines that name this level; problem: a warning, an error or worse'),
  label: z.string().exactOptional().describe('Only of this writer'),
})
export const logSearchResponse: z.ZodType<LogSearchResponse> = z.object({
  lines: z.array(logLine),
  nextFrom: z.number().nullable().describe('Where another search goes on; null at the end of what is there'),
  lineCount: z.number(),
})

export const logTextQuery: z.ZodType<{ readonly timestamps: boolean }> = z.object({
  timestamps: z.stringbool().default(false).describe('Each line begins with its time, ISO 8601'),
})
