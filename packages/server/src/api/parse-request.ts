import type { RunAddress, RunRow } from '@lossline/store'
import { z } from 'zod'
import type { Runs } from '../domain/runs.ts'
import { ServerError } from '../errors.ts'
import { readBody } from '../http/read-body.ts'

/** What a schema makes of a request's part. @throws {@link ServerError} `invalid-request`. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ServerError({ code: 'invalid-request', message: z.prettifyError(parsed.error) })
}

/** The JSON that a request holds. @throws {@link ServerError} `invalid-request`, and as {@link readBody} does. */
export async function readJsonBody(request: Request, bytesMax: number): Promise<unknown> {
  return parseJsonBody(await readBody(request, bytesMax))
}

/** The same where every field may be left out: then the body may be missing too. */
export async function readOptionalJsonBody(request: Request, bytesMax: number): Promise<unknown> {
  const body = await readBody(request, bytesMax)
  return body.length === 0 ? {} : parseJsonBody(body)
}

function parseJsonBody(body: Buffer): unknown {
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
