import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { findRunningServer, startServer } from '@lossline/server'
import { CliError } from '../errors.ts'

/** Asks `/api/admin` of the server of a data folder. */
export interface AdminClient {
  /** The answer's JSON; undefined when it has none. @throws {@link CliError} `admin-refused` with what the server says. */
  ask<T>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<T>
  /** The same for what may take long: the answer as it comes, however late. */
  open(method: 'GET' | 'POST', path: string, body?: object): Promise<AsyncIterable<Uint8Array>>
}

/**
 * Lets `work` ask the server of a data folder; without one that is up, one is started for so long.
 *
 * @throws {@link CliError} `admin-refused`; ServerError when the folder cannot be used.
 */
export async function withAdmin<T>(dataDirectory: string, work: (admin: AdminClient) => Promise<T>): Promise<T> {
  const running = findRunningServer(dataDirectory)
  if (running !== undefined && !running.isTemporary) return work(createAdminClient(dataDirectory))
  const server = await startServer({ dataDirectory, port: 0, watch: [], log: () => {} })
  try {
    return await work(createAdminClient(dataDirectory))
  } finally {
    await server.close()
  }
}

function createAdminClient(dataDirectory: string): AdminClient {
  const { url, token } = findRunningServer(dataDirectory) ?? {}
  if (token === undefined) {
    throw new CliError({
      code: 'admin-refused',
      message: `The server of ${dataDirectory} is of an earlier release, which knows no users.`,
      hint: 'Stop it, and start it again with this release.',
    })
  }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return {
    open: (method, path, body) =>
      openPatiently({ url: `${url}/api/admin${path}`, method, headers, body: body && JSON.stringify(body) }),
    async ask<T>(method: string, path: string, body?: object) {
      const response = await fetch(`${url}/api/admin${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const told = await response.text()
      if (response.ok) return (told === '' ? undefined : JSON.parse(told)) as T
      throw toCliError(told, response.status)
    },
  }
}

/** `fetch` gives up when the first byte takes longer than five minutes. */
function openPatiently(options: {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}): Promise<AsyncIterable<Uint8Array>> {
  const { url, method, headers, body } = options
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers }, (response) => {
      const status = response.statusCode ?? 0
      if (status < 300) resolve(response)
      else text(response).then((told) => reject(toCliError(told, status)), reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function toCliError(text: string, status: number): CliError {
  try {
    const { error } = JSON.parse(text) as { error: { message: string; hint?: string } }
    return new CliError({
      code: 'admin-refused',
      message: error.message,
      ...(error.hint !== undefined && { hint: error.hint }),
    })
  } catch {
    return new CliError({ code: 'admin-refused', message: `The server answered with status ${status}.` })
  }
}
