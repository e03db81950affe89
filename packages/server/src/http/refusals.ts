import type { Refusal, RefusalKind } from '@lossline/protocol'
import { readCredentials } from '../auth/credentials.ts'
import type { Clock } from '../clock.ts'

/** A request and what was answered. */
export interface RefusedRequest {
  readonly request: Request
  readonly status: number
  /** Of the error, where one was answered as such. */
  readonly code: string | undefined
}

/** Remembers for a while which programs were turned away, so that whoever waits for their runs can be told why none comes. */
export interface Refusals {
  /** Notes a request if it is one that a program would log with, or was asked for under a name that is not answered. */
  note(refused: RefusedRequest): void
  /** The newest first. Names kinds of programs and reasons, never keys, addresses, or what was sent. */
  list(): readonly Refusal[]
}

const keptCount = 20
const keptMs = 10 * 60_000
const hostLengthMax = 100

export function createRefusals(clock: Clock): Refusals {
  /** By what makes them one; the oldest first. */
  const known = new Map<string, Refusal>()
  return {
    note(refused) {
      const kind = kindOf(refused)
      if (kind === undefined) return
      const { headers, url } = refused.request
      const client = clientOf(headers.get('user-agent') ?? '')
      const host = kind === 'blocked-host' ? toPlainHost(headers.get('host') ?? new URL(url).host) : null
      const id = JSON.stringify([kind, client, host])
      const count = (known.get(id)?.count ?? 0) + 1
      known.delete(id)
      known.set(id, { kind, client, host, count, lastAtMs: clock.now() })
      if (known.size > keptCount) known.delete(known.keys().next().value!)
    },
    list() {
      const sinceMs = clock.now() - keptMs
      return [...known.values()].filter(({ lastAtMs }) => lastAtMs >= sinceMs).reverse()
    },
  }
}

/** Undefined: nobody waits for a run because of it. */
function kindOf({ request, status, code }: RefusedRequest): RefusalKind | undefined {
  if (code === 'host-refused') return 'blocked-host'
  // A browser that is not signed in yet, or a page of somebody else.
  if (request.headers.has('sec-fetch-site') || code === 'origin-refused') return undefined
  const path = new URL(request.url).pathname
  if (!/^\/(graphql$|files\/)/.test(path)) return undefined
  if (status === 401) return readCredentials(request.headers) === undefined ? 'no-key' : 'wrong-key'
  if (status === 403) return 'not-allowed'
  return status === 400 && path === '/graphql' ? 'unknown-request' : undefined
}

/** Only names that are known: what a program calls itself may say anything. */
function clientOf(userAgent: string): string | null {
  const [, version] = /^W&B (?:Internal|Public) Client (\d+(?:\.\d+){0,3})/.exec(userAgent) ?? []
  if (version !== undefined) return `wandb ${version}`
  if (/^(wandb-core|python-requests|Go-http-client)/.test(userAgent)) return 'wandb'
  if (/^(node|undici|lossline)/.test(userAgent)) return 'a JavaScript program'
  return /^Mozilla\//.test(userAgent) ? 'a browser' : null
}

function toPlainHost(host: string): string {
  return host.slice(0, hostLengthMax).replaceAll(/[^\w.:[\]-]/g, '?')
}
