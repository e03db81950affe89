import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createRandom } from '../src/domain/importance/random.ts'

/** What can happen to a request and its answer. */
const faults = [
  'drop',
  'cut-request',
  'lose-answer',
  'cut-answer',
  'half-answer',
  'garbage',
  'duplicate',
  'late-duplicate',
  'delay',
  'busy',
  'error',
] as const

export type Fault = (typeof faults)[number]

/** A `fetch` over a bad network, the same one for the same seed. */
export interface FaultyFetch {
  readonly fetch: typeof fetch
  /** How often each fault came. */
  readonly counts: ReadonlyMap<Fault, number>
  /** Resolves when duplicates that are still on their way have arrived. */
  settled(): Promise<void>
}

/** Makes a network on which so many of a hundred requests go wrong. */
export function createFaultyFetch(seed: number, percent: number): FaultyFetch {
  const random = createRandom(seed)
  const counts = new Map<Fault, number>()
  const stragglers = new Set<Promise<unknown>>()

  function pick(): Fault | undefined {
    if (random() * 100 >= percent) return undefined
    const fault = faults[Math.floor(random() * faults.length)] as Fault
    counts.set(fault, (counts.get(fault) ?? 0) + 1)
    return fault
  }

  function straggle(work: Promise<unknown>): void {
    const settled = work.catch(() => {}).finally(() => stragglers.delete(settled))
    stragglers.add(settled)
  }

  const faultyFetch: typeof fetch = async (input, init = {}) => {
    const url = String(input)
    const { body } = init
    // A body is read once; what is sent twice needs it as bytes.
    const bytes = Buffer.from(await new Response(body ?? null).arrayBuffer())
    const headers = new Headers(init.headers)
    headers.delete('content-length')
    const send = () => fetch(url, { ...init, headers, body: bytes })
    // Requests that are on their way together overtake each other.
    await delay(random() * 8)
    switch (pick()) {
      case 'drop':
        throw networkError('the connection was refused')
      case 'cut-request':
        await sendHalf(url, init, bytes)
        throw networkError('the connection broke while the request was sent')
      case 'lose-answer':
        await (await send()).arrayBuffer()
        throw networkError('the connection broke before the answer')
      case 'cut-answer': {
        const answer = await send()
        const text = await answer.text()
        return new Response(brokenStream(text.slice(0, text.length / 2)), answer)
      }
      case 'half-answer': {
        const answer = await send()
        const text = await answer.text()
        return new Response(text.slice(0, text.length / 2), answer)
      }
      case 'garbage':
        return new Response('<html>a proxy says hello</html>', { status: 502 })
      case 'duplicate': {
        const [answer] = await Promise.all([send(), send().then((other) => other.arrayBuffer())])
        return answer
      }
      case 'late-duplicate':
        // Only contents: a protocol whose last word counts has no defence against old words that come late.
        if (init.method === 'PUT') straggle(delay(random() * 60).then(send))
        return send()
      case 'delay':
        await delay(random() * 60)
        return send()
      case 'busy':
        return new Response('slow down', { status: 429, headers: { 'Retry-After': '0.5' } })
      case 'error':
        return new Response('{"errors":[{"message":"oops"}]}', { status: 500 })
      default:
        return send()
    }
  }

  return {
    fetch: faultyFetch,
    counts,
    async settled() {
      while (stragglers.size > 0) await Promise.all(stragglers)
    },
  }
}

function networkError(message: string): TypeError {
  return new TypeError('fetch failed', { cause: new Error(message) })
}

function brokenStream(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text))
      controller.error(new Error('the connection broke within the answer'))
    },
  })
}

/** Promises the whole body and breaks off in the middle of it. */
async function sendHalf(url: string, init: RequestInit, body: Buffer): Promise<void> {
  const { hostname, port, pathname, search, host } = new URL(url)
  const socket = connect(Number(port), hostname)
  await new Promise<void>((resolve) => {
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
    const headers = [...new Headers(init.headers)].map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const head = `${init.method ?? 'GET'} ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n${headers}Content-Length: ${body.length}\r\n\r\n`
    socket.write(Buffer.concat([Buffer.from(head, 'latin1'), body.subarray(0, body.length / 2)]), () => {
      setTimeout(() => socket.destroy(), 5)
    })
  })
}
