import type { BestPointsRequest, BestPointsResponse, RunMarksRequest, RunMarksResponse } from '@lossline/protocol'
import { z } from 'zod'
import { runState, seriesX } from './schemas.ts'

const runIds = (countMax: number) => z.array(z.string()).min(1).max(countMax)
const x = z.number().nullable().describe('On the axis that was asked for; null: nowhere')
const place = {
  atMs: z.number().nullable(),
  step: z.number().nullable().describe('The last step before'),
  x,
}

export const runMarksRequest: z.ZodType<RunMarksRequest> = z.strictObject({ runIds: runIds(100), x: seriesX })

export const runMarksResponse: z.ZodType<RunMarksResponse> = z.object({
  runs: z.array(
    z.object({
      runId: z.string(),
      marks: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('resumed'), ...place }),
          z.object({ kind: z.literal('forked'), fromRunId: z.string(), ...place }),
          z.object({ kind: z.literal('ended'), state: runState, cause: z.string(), ...place }),
          z.object({
            kind: z.literal('artifact'),
            artifactId: z.number(),
            type: z.string(),
            collection: z.string(),
            version: z.string(),
            aliases: z.array(z.string()).describe('But for latest'),
            ...place,
          }),
          z.object({
            kind: z.literal('alert'),
            level: z.enum(['info', 'warn', 'error']),
            title: z.string(),
            text: z.string(),
            ...place,
          }),
        ]),
      ),
      omittedCount: z.number().describe('Earlier ones that are not told'),
    }),
  ),
})

export const bestPointsRequest: z.ZodType<BestPointsRequest> = z.strictObject({
  runIds: runIds(1000),
  key: z.string().min(1).describe('Key path text of a numeric metric'),
  stream: z.enum(['history', 'events']).exactOptional(),
  goal: z.enum(['minimize', 'maximize']),
  x: seriesX,
})

export const bestPointsResponse: z.ZodType<BestPointsResponse> = z.object({
  points: z
    .array(z.object({ step: z.number(), value: z.number(), x }).nullable())
    .describe('In the order of the runs that were asked for'),
})
