import { type JsonValue, parseJson, stringifyJson } from '@lossline/protocol'
import type { TestServer } from '../test-server.ts'
import { type Counterparts, findDifference } from './compare-answers.ts'
import { type Content, type Exchange, fromContent, type Recording, recordedOrigin } from './exchange.ts'

const origin = 'http://127.0.0.1:5757'

/**
 * Sends a recording to a server, one request after the other and each at its time, and says which answers are not as they were
 * recorded.
 */
export async function replay({ exchanges }: Recording, { server, clock }: TestServer): Promise<string[]> {
  const names: Counterparts = new Map()
  const differences: string[] = []
  for (const [index, exchange] of exchanges.entries()) {
    await clock.advance(exchange.atMs - clock.now())
    const response = await server.fetch(toRequest(exchange, names))
    const difference = await compare(exchange, response, names)
    if (difference !== undefined) differences.push(`${index} ${describe(exchange)}: ${difference}`)
  }
  return differences
}

function toRequest({ method, path, headers, body }: Exchange, names: Counterparts): Request {
  const link = names.get(`${recordedOrigin}${path}`)
  const url = link === undefined ? new URL(path, origin) : new URL(link.replace(recordedOrigin, origin))
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers })
  // What is put is content, whatever it looks like.
  const isCall = method === 'POST' && body.kind === 'json'
  const bytes = isCall ? Buffer.from(stringifyJson(translate(parseJson(body.json), names))) : fromContent(body)
  const length = { 'content-length': String(bytes.length) }
  return new Request(url, { method, headers: { ...headers, ...length }, body: new Uint8Array(bytes) })
}

/** Puts this server's ids and links where the recorded ones are. */
function translate(value: JsonValue, names: Counterparts): JsonValue {
  if (typeof value === 'string') return names.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => translate(item, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, translate(member as JsonValue, names)]))
}

async function compare(
  { status, answer, answerHeaders }: Exchange,
  response: Response,
  names: Counterparts,
): Promise<string | undefined> {
  const bytes = Buffer.from(await response.arrayBuffer())
  if (response.status !== status)
    return `status ${response.status} instead of ${status}: ${bytes.toString().slice(0, 500)}`
  const type = response.headers.get('content-type') ?? undefined
  if (type !== answerHeaders['content-type']) return `type ${type} instead of ${answerHeaders['content-type']}`
  if (answer.kind !== 'json') return bytes.equals(fromContent(answer)) ? undefined : differentBytes(answer, bytes)
  const replayed = bytes.toString().replaceAll(origin, recordedOrigin)
  try {
    return findDifference(parseJson(answer.json), parseJson(replayed), names)
  } catch {
    return `no JSON: ${replayed.slice(0, 500)}`
  }
}

function differentBytes(recorded: Content, bytes: Buffer): string {
  return `${bytes.length} bytes which are not the recorded ${fromContent(recorded).length}`
}

function describe({ method, path, body }: Exchange): string {
  const operation = body.kind === 'json' && path === '/graphql' ? /(?:query|mutation)\s+(\w+)/.exec(body.json)?.[1] : ''
  return `${method} ${path.split('?')[0]} ${operation ?? ''}`.trim()
}
