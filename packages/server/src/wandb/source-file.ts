import type { Context } from 'hono'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'

/**
 * The file that an upload names instead of having a body: the sender of this process does that to spare the way through
 * memory; nobody else may.
 *
 * @throws ServerError `unauthorized`
 */
export function maybeSourceFile(c: Context<AppEnvironment>): string | undefined {
  const file = c.req.header('x-lossline-source')
  if (file === undefined) return undefined
  if (c.env?.caller === 'in-process') return decodeURIComponent(file)
  throw new ServerError({
    code: 'unauthorized',
    message: 'Only callers in this process may name a file.',
    hint: 'Send its content as the body.',
  })
}
