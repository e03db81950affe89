import type {
  ChangeSweepRequest,
  CreateSweepRequest,
  StrictJson,
  SweepResponse,
  SweepsResponse,
} from '@lossline/protocol'
import { z } from 'zod'

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
  metric: z.object({ name: z.string(), goal: z.enum(['minimize', 'maximize']) }).nullable(),
  username: z.string(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  runCount: z.number(),
  expectedRunCount: z.number().nullable().describe('Null: it has no end of its own'),
  liveCount: z.number(),
  failedCount: z.number(),
  computeSeconds: z.number(),
  best: z
    .object({ runId: z.string(), displayName: z.string(), number: z.number(), value: z.number() })
    .nullable()
    .describe('The run with the best value of the metric in its summary'),
}

export const sweepsResponse: z.ZodType<SweepsResponse> = z.object({ sweeps: z.array(z.object(summary)) })

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
        values: z.array(z.unknown() as unknown as z.ZodType<StrictJson>).exactOptional(),
      }),
    ),
    stopsEarly: z.boolean(),
    isControllerLocal: z.boolean(),
    priorRunIds: z.array(z.string()),
  }),
})
