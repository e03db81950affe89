import type { ProjectStorageResponse, SearchResponse } from '@lossline/protocol'
import { z } from 'zod'
import { projectSummary, runState } from './schemas.ts'

export const searchQuery: z.ZodType<{ readonly q: string; readonly limit: number }, unknown> = z.object({
  q: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})

const place = { entity: z.string(), project: z.string() }
const kinds = z.array(z.object({ kind: z.string(), count: z.number(), sizeBytes: z.number() }))

export const searchResponse: z.ZodType<SearchResponse> = z.object({
  projects: z.array(projectSummary),
  runs: z.array(
    z.object({ ...place, runId: z.string(), displayName: z.string(), state: runState, number: z.number() }),
  ),
  artifacts: z.array(z.object({ ...place, type: z.string(), name: z.string() })),
})

export const projectStorageResponse: z.ZodType<ProjectStorageResponse> = z.object({
  runFiles: kinds,
  artifacts: kinds,
  runCount: z.number(),
  historyRowCount: z.number(),
  logLineCount: z.number(),
})
