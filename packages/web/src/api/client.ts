import type { ErrorResponse } from '@lossline/protocol'

/** An answer of the server that says no. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly hint: string | undefined
  readonly requestId: string | undefined

  constructor(status: number, body: Partial<ErrorResponse['error']>) {
    super(body.message ?? `The server answered with status ${status}.`)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code ?? 'unknown'
    this.hint = body.hint
    this.requestId = body.requestId
  }
}

/** The server gave no answer at all. */
export class ServerUnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server did not answer.', { cause })
    this.name = 'ServerUnreachableError'
  }
}

/** GETs JSON of the page's own origin. @throws {@link ApiError}, {@link ServerUnreachableError}, or the abort reason. */
export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await request(path, { signal: signal ?? null, headers: { accept: 'application/json' } })
  // The server and the page are built from one description (page-api.ts) and shipped together.
  return (await response.json()) as T
}

/** GETs a text of the page's own origin. Errors as {@link getJson}. */
export async function getText(path: string, signal?: AbortSignal): Promise<string> {
  return (await request(path, { signal: signal ?? null })).text()
}

/** GETs some bytes of a file, `first` and `last` included. Errors as {@link getJson}. */
export async function getRange(path: string, first: number, last: number, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await request(path, { signal: signal ?? null, headers: { range: `bytes=${first}-${last}` } })
  return new Uint8Array(await response.arrayBuffer())
}

/** POSTs JSON and gives the answer's bytes. Errors as {@link getJson}. */
export async function postForBytes(path: string, body: unknown, signal?: AbortSignal): Promise<Uint8Array> {
  return new Uint8Array(await (await send('POST', path, body, signal)).arrayBuffer())
}

/** POSTs JSON and gives the answer's. Errors as {@link getJson}. */
export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await (await send('POST', path, body, signal)).json()) as T
}

/** PUTs JSON and gives the answer's. Errors as {@link getJson}. */
export async function putJson<T>(path: string, body: unknown): Promise<T> {
  return (await (await send('PUT', path, body)).json()) as T
}

/** PATCHes with JSON and gives the answer's. Errors as {@link getJson}. */
export async function patchJson<T>(path: string, body: unknown): Promise<T> {
  return (await (await send('PATCH', path, body)).json()) as T
}

/** DELETEs; some want a body that confirms it. Errors as {@link getJson}. */
export async function sendDelete(path: string, body?: unknown): Promise<void> {
  if (body === undefined) await request(path, { method: 'DELETE' })
  else await send('DELETE', path, body)
}

/** Makes this browser known to a server that asks for keys. Errors as {@link getJson}. */
export async function signIn(apiKey: string): Promise<void> {
  await send('POST', '/api/session', { apiKey })
}

/** Forgets this browser. Errors as {@link getJson}. */
export async function signOut(): Promise<void> {
  await sendDelete('/api/session')
}

/** Whether the server wants to know first who asks. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

function send(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return request(path, { method, body: JSON.stringify(body), headers, signal: signal ?? null })
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (error) {
    init.signal?.throwIfAborted()
    throw new ServerUnreachableError(error)
  }
  if (!response.ok) throw new ApiError(response.status, await errorBody(response))
  return response
}

async function errorBody(response: Response): Promise<Partial<ErrorResponse['error']>> {
  try {
    return ((await response.json()) as Partial<ErrorResponse>).error ?? {}
  } catch {
    return {}
  }
}

/** A path from segments that may hold any character. */
export function apiPath(...segments: readonly string[]): string {
  return `/api/${segments.map(encodeURIComponent).join('/')}`
}
