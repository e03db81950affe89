import type { RunAddress, RunRow } from '@lossline/store'
import { z } from 'zod'
import type { Runs } from '../domain/runs.ts'
import { ServerError } from '../errors.ts'

/** What a schema makes of a request's part. @throws {@link ServerError} `invalid-request`. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ServerError({ code: 'invalid-request', message: z.prettifyError(parsed.error) })
}

/** @throws {@link ServerError} `invalid-request`. */
export function parseJsonBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new ServerError({ code: 'invalid-request', message: 'The body is not JSON.', cause })
  }
}

/** @throws {@link ServerError} `not-found`. */
export async function existingRun(runs: Runs, at: RunAddress): Promise<RunRow> {
  const run = await runs.find(at)
  if (run !== undefined) return run
  throw new ServerError({ code: 'not-found', message: `No run "${at.runId}" in ${at.entity}/${at.project}.` })
}
