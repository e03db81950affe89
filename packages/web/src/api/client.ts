import type { ErrorResponse } from '@lossline/protocol'
import { headersOf, type PreparedCall, takeFirstAnswer } from './first-answers.ts'
import type { NoParameters, Operations, QueryValue } from './operations.gen.ts'

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

/** Whether nobody knows of a request because the server is away, also where a proxy before it says so. */
export function isServerAway(error: unknown): boolean {
  if (error instanceof ApiError) return error.status >= 502 && error.status <= 504
  return error instanceof ServerUnreachableError
}

/** A method and a path of the server, such as `GET /api/projects/{entity}/{project}`. */
export type OperationName = keyof Operations

/** What goes with a call: what the path names, the query string, the body, and a way to give up. */
export type CallOptions<Name extends OperationName> = Given<'path', Operations[Name]['path']> &
  Given<'body', Operations[Name]['body']> & {
    readonly query?: Operations[Name]['query']
    readonly signal?: AbortSignal | undefined
  }

/** A property that may only be left out where there is nothing to give. */
type Given<Key extends string, Value> = undefined extends Value
  ? { readonly [key in Key]?: Value }
  : Value extends NoParameters
    ? { readonly [key in Key]?: Value }
    : { readonly [key in Key]: Value }

/** Options may be left out where nothing has to be given. */
type OptionsArgument<Name extends OperationName> =
  Record<never, never> extends CallOptions<Name> ? [options?: CallOptions<Name>] : [options: CallOptions<Name>]

/**
 * Calls the server, and gives the JSON that it answers with; undefined where it has nothing to say.
 *
 * @throws {@link ApiError}, {@link ServerUnreachableError}, or the abort reason.
 */
export async function callApi<Name extends OperationName>(
  name: Name,
  ...[options]: OptionsArgument<Name>
): Promise<Operations[Name]['response']> {
  const response = await send(name, options as AnyCallOptions | undefined)
  // The types are made from the server's own description, and both are shipped together.
  return (response.status === 204 ? undefined : await response.json()) as Operations[Name]['response']
}

/** Calls the server, and gives the bytes that it answers with. Errors as {@link callApi}. */
export async function callForBytes<Name extends OperationName>(
  name: Name,
  ...[options]: OptionsArgument<Name>
): Promise<Uint8Array> {
  return new Uint8Array(await (await send(name, options as AnyCallOptions | undefined)).arrayBuffer())
}

/** GETs a text of the page's own origin, from an address that the server has given. Errors as {@link callApi}. */
export async function getText(url: string, signal?: AbortSignal): Promise<string> {
  return (await request(url, { signal: signal ?? null })).text()
}

/** GETs some bytes of a file, `first` and `last` included. Otherwise as {@link getText}. */
export async function getRange(url: string, first: number, last: number, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await request(url, { signal: signal ?? null, headers: { range: `bytes=${first}-${last}` } })
  return new Uint8Array(await response.arrayBuffer())
}

/** Makes this browser known to a server that asks for keys. Errors as {@link callApi}. */
export async function signIn(apiKey: string): Promise<void> {
  await callApi('POST /api/session', { body: { apiKey } })
}

/** Forgets this browser. Errors as {@link callApi}. */
export async function signOut(): Promise<void> {
  await callApi('DELETE /api/session')
}

/** Whether the server wants to know first who asks. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

/** {@link CallOptions}, whatever is called. */
interface AnyCallOptions {
  readonly path?: Readonly<Record<string, string>> | undefined
  readonly query?: Readonly<Record<string, QueryValue>> | undefined
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** The address of a call, for links and downloads. */
export function addressOf<Name extends OperationName>(
  name: Name,
  options: Pick<CallOptions<Name>, 'path' | 'query'>,
): string {
  return toAddress(name, options as AnyCallOptions)
}

function toAddress(name: OperationName, { path = {}, query = {} }: AnyCallOptions): string {
  const [, template] = name.split(' ') as [string, string]
  const place = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(path[key] as string))
  return `${place}${queryString(query)}`
}

/** What goes over the wire for a call. */
export function prepareCall<Name extends OperationName>(name: Name, ...[options]: OptionsArgument<Name>): PreparedCall {
  return prepare(name, options as AnyCallOptions | undefined)
}

function prepare(name: OperationName, options: AnyCallOptions = {}): PreparedCall {
  const [method] = name.split(' ') as [string]
  const { body } = options
  return { method, address: toAddress(name, options), body: body === undefined ? undefined : JSON.stringify(body) }
}

function send(name: OperationName, options: AnyCallOptions = {}): Promise<Response> {
  const call = prepare(name, options)
  const { method, address, body = null } = call
  const init = { method, signal: options.signal ?? null, headers: headersOf(call), body }
  return request(address, init, takeFirstAnswer(call))
}

function queryString(query: Readonly<Record<string, QueryValue>>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) for (const one of [value].flat()) parameters.append(name, String(one))
  }
  return parameters.size === 0 ? '' : `?${parameters}`
}

/** @param answer - To the same request, which was made before. */
async function request(path: string, init: RequestInit, answer?: Promise<Response>): Promise<Response> {
  let response: Response
  try {
    response = await (answer ?? fetch(path, init))
    init.signal?.throwIfAborted()
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
