import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
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

/** What no second attempt changes. */
const finalCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM'])

/**
 * The bytes of a file that a caller named. It is opened when the first of them is asked for: the error of a stream that nobody
 * reads yet would end the process.
 *
 * @throws ServerError `invalid-request` when it is not there or may not be read.
 */
export async function* readSourceFile(file: string): AsyncGenerator<Uint8Array> {
  try {
    // Without an encoding the parts are Buffers; Node's type does not say so.
    for await (const part of createReadStream(file) as AsyncIterable<Buffer>) yield part
  } catch (cause) {
    throw toSourceError(file, cause)
  }
}

/**
 * Looks at a file that a caller named before it is taken over.
 *
 * @throws ServerError `invalid-request` when it is not there, no file, or may not be read.
 */
export async function checkSourceFile(file: string): Promise<void> {
  try {
    const handle = await open(file)
    try {
      if (!(await handle.stat()).isFile()) throw unreadable(file, 'it is no file')
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw toSourceError(file, cause)
  }
}

function toSourceError(file: string, cause: unknown): unknown {
  if (!(cause instanceof Error && 'code' in cause && finalCodes.has(cause.code))) return cause
  return unreadable(file, cause.message, cause)
}

function unreadable(file: string, reason: string, cause?: unknown): ServerError {
  return new ServerError({ code: 'invalid-request', message: `"${file}" cannot be read: ${reason}`, cause })
}
