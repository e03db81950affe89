import {
  type ChangeSweepRequest,
  type CreateSweepRequest,
  type SweepAgentsResponse,
  type SweepResponse,
  type SweepSortKey,
  type SweepsResponse,
  sweepSortKeys,
} from '@lossline/protocol'
import { z } from 'zod'
import { strictJson } from './json-schemas.ts'
import { runColor } from './schemas.ts'

const configText = z.string().max(1_000_000).describe('YAML')
const title = z.string().max(1000)

export const createSweepRequest: z.ZodType<CreateSweepRequest> = z.strictObject({
  config: configText,
  displayName: title.exactOptional(),
})

export const changeSweepRequest: z.ZodType<ChangeSweepRequest> = z.strictObject({
  displayName: title.exactOptional(),
  description: z.string().max(100_000).exactOptional(),
  config: configText.exactOptional(),
  state: z
    .enum(['running', 'paused', 'finished', 'canceled'])
    .describe('canceled asks the runs that go on to stop; the others let them go on')
    .exactOptional(),
})

const summary = {
  name: z.string().describe('By which programs know it'),
  title: z.string(),
  description: z.string(),
  state: z.enum(['pending', 'running', 'paused', 'finished', 'canceled']),
  method: z.enum(['bayes', 'random', 'grid', 'custom']).nullable(),
  metric: z
    .object({
      name: z.string(),
      key: z.string().describe('The column of runs that has it'),
      goal: z.enum(['minimize', 'maximize']),
    })
    .nullable(),
  username: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  runCount: z.number(),
  expectedRunCount: z.number().nullable().describe('Null: it has no end of its own'),
  liveCount: z.number(),
  failedCount: z.number(),
  computeSeconds: z.number(),
  best: z
    .object({ runId: z.string(), displayName: z.string(), number: z.number(), color: runColor, value: z.number() })
    .nullable()
    .describe('The run with the best value of the metric in its summary'),
}

const sortTexts = sweepSortKeys.flatMap((key) => [key, `-${key}`] as const)

export const sweepsQuery: z.ZodType<{
  readonly sort: SweepSortKey | `-${SweepSortKey}`
  readonly offset: number
  readonly limit: number
}> = z.object({
  sort: z.enum(sortTexts).default('-created').describe('Missing values come last either way'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

export const sweepsResponse: z.ZodType<SweepsResponse> = z.object({
  total: z.number(),
  sweeps: z.array(z.object(summary)),
})

export const sweepResponse: z.ZodType<SweepResponse> = z.object({
  sweep: z.object({
    ...summary,
    config: z.string(),
    warnings: z.array(z.string()),
    problem: z.string().nullable().describe('Why the configuration cannot be read'),
    parameters: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        min: z.number().exactOptional(),
        max: z.number().exactOptional(),
        values: z.array(strictJson).exactOptional(),
      }),
    ),
    lastHeardAtMs: z.number().nullable().describe('The last sign of life of any of its runs'),
    grid: z.object({ pointCount: z.number(), takenCount: z.number() }).nullable().describe('Null: it searches none'),
    stopsEarly: z.boolean(),
    isControllerLocal: z.boolean(),
    priorRunIds: z.array(z.string()),
  }),
})

export const sweepAgentsResponse: z.ZodType<SweepAgentsResponse> = z.object({
  agents: z.array(
    z.object({
      name: z.string(),
      host: z.string().describe("The machine's name, as the agent says"),
      username: z.string(),
      createdAtMs: z.number(),
      heartbeatAtMs: z.number().describe('Its last sign of life'),
      runCount: z.number().describe('Runs that it has had, those of now among them'),
      current: z
        .array(z.object({ runId: z.string(), displayName: z.string().nullable() }))
        .describe('What it has now; a run without a name has not begun'),
    }),
  ),
})
