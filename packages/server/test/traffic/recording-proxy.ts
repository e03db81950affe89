import { createServer, type IncomingMessage, request } from 'node:http'
import { type Exchange, recordedOrigin, toContent } from './exchange.ts'

/** A server on loopback that passes requests on and notes them with their answers. */
export interface RecordingProxy {
  readonly url: string
  /** All so far, in the order in which they were answered. */
  readonly exchanges: readonly Exchange[]
  close(): Promise<void>
}

const keptHeaders = /^(?:content-type|range|x-wandb-(?!user).*|x-lossline-.*)$/
const keptAnswerHeaders = /^(?:content-type|content-range|content-encoding|retry-after|location)$/

/**
 * Starts it.
 *
 * @param target - Address of the server.
 * @param scrub - Takes out of a request what no recording may hold. The server gets what is left.
 */
export async function startRecordingProxy(target: string, scrub: (body: Buffer) => Buffer): Promise<RecordingProxy> {
  const exchanges: Exchange[] = []
  const server = createServer((incoming, outgoing) => {
    pass(incoming)
      .then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body))
      .catch((error: unknown) => outgoing.destroy(error as Error))
  })

  async function pass(incoming: IncomingMessage) {
    const body = scrub(await bytesOf(incoming))
    const { 'accept-encoding': _, ...headers } = incoming.headers
    // With this server's own name, so that links in answers lead here.
    const passed = { ...headers, ...(body.length > 0 ? { 'content-length': String(body.length) } : {}) }
    const { method = 'GET', url: path = '/' } = incoming
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(new URL(path, target), { method, headers: passed, setHost: false }, resolve).on('error', reject).end(body)
    })
    const answerBody = await bytesOf(answer)
    exchanges.push({
      atMs: Date.now(),
      method,
      path,
      headers: pick(incoming.headers, keptHeaders),
      body: toContent(named(body)),
      status: answer.statusCode ?? 0,
      answerHeaders: pick(answer.headers, keptAnswerHeaders),
      answer: toContent(named(answerBody)),
    })
    const { 'transfer-encoding': __, ...answerHeaders } = answer.headers
    return { status: answer.statusCode ?? 500, headers: answerHeaders, body: answerBody }
  }

  /** Puts {@link recordedOrigin} where the address of this server is. */
  function named(bytes: Buffer): Buffer {
    return bytes.includes(url) ? Buffer.from(bytes.toString('latin1').replaceAll(url, recordedOrigin), 'latin1') : bytes
  }

  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return {
    url,
    exchanges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function pick(headers: NodeJS.Dict<string | string[]>, names: RegExp): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => names.test(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}
