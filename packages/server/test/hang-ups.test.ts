import { connect, type Socket } from 'node:net'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { uploadRunFile } from './run-file-client.ts'
import { toStartedClient } from './started-client.ts'
import { historyLines } from './test-server.ts'

/** A server that says what it logs, and a way to be rude to it. */
async function openRude() {
  const directory = await openTemporaryDirectory()
  const troubles: string[] = []
  const server = await startServer({
    dataDirectory: directory.join('.lossline'),
    port: 0,
    log: (level, message, fields) => {
      if (level === 'warn' || level === 'error') troubles.push(`${level} ${message} ${JSON.stringify(fields)}`)
    },
  })
  const { port } = new URL(server.url)
  const open = () =>
    new Promise<Socket>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => resolve(socket))
      socket.on('error', reject)
      // Whoever hangs up does not care.
      socket.once('connect', () => socket.removeListener('error', reject).on('error', () => {}))
    })
  const closed = (socket: Socket) =>
    new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())))
  return {
    server,
    troubles,
    client: toStartedClient(server),
    /** Sends a part of a request, all of it by default, and goes away: politely, or with a reset. */
    async hangUp(request: Buffer, sentBytes = request.length, isReset = false): Promise<void> {
      const socket = await open()
      await new Promise<void>((resolve) => socket.write(request.subarray(0, sentBytes), () => resolve()))
      if (isReset) socket.resetAndDestroy()
      else socket.destroy()
      await closed(socket)
    },
    /** Sends a request, and goes away when so many bytes of the answer have come. */
    async stopReading(request: Buffer, bytesRead: number): Promise<void> {
      const socket = await open()
      socket.write(request)
      await new Promise<void>((resolve) => {
        let count = 0
        socket.on('data', (part) => {
          count += part.length
          if (count >= bytesRead) resolve()
        })
      })
      socket.destroy()
      await closed(socket)
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

function toRequest(method: string, path: string, body: string | Buffer = ''): Buffer {
  const content = Buffer.from(body)
  const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${content.length}\r\n\r\n`
  return Buffer.concat([Buffer.from(head), content])
}

describe('a client that hangs up', () => {
  test('in the middle of rows leaves none of them, and all of them once when it sends them again', async () => {
    await using rude = await openRude()
    await rude.client.upsert('r1')
    const content = historyLines(
      0,
      Array.from({ length: 500 }, (_, loss) => ({ loss })),
    )
    const body = JSON.stringify({
      files: {
        'wandb-history.jsonl': { offset: 0, content },
        'output.log': { offset: 0, content: ['2026-01-01T00:00:00.000001 hello'] },
        'wandb-summary.json': { offset: 0, content: ['{"loss":499}'] },
      },
    })
    const request = toRequest('POST', '/files/local/demo/r1/file_stream', body)
    const headBytes = request.length - body.length
    for (const sentBytes of [1, headBytes - 1, headBytes, headBytes + 1, request.length >> 1, request.length - 1]) {
      for (const isReset of [false, true]) await rude.hangUp(request, sentBytes, isReset)
    }
    const counts = async () => {
      const answer = await fetch(`${rude.server.url}/api/runs/local/demo/r1`)
      const { run } = (await answer.json()) as { run: Record<string, unknown> }
      return [run.historyLineCount, run.logLineCount, run.summary]
    }
    expect(await counts()).toEqual([0, 0, {}])
    // It goes before it hears that all arrived, and asks again.
    for (const isReset of [false, true]) await rude.hangUp(request, request.length, isReset)
    const again = await fetch(`${rude.server.url}/files/local/demo/r1/file_stream`, { method: 'POST', body })
    expect(again.status).toBe(200)
    expect(await counts()).toEqual([500, 1, { loss: 499 }])
    expect(rude.troubles).toEqual([])
  })

  test('in the middle of an upload leaves the file as it was, and no leftovers', async () => {
    await using rude = await openRude()
    await rude.client.upsert('r1')
    await uploadRunFile(rude.client, 'r1', 'kept.bin', Buffer.from('first'))
    const link = async (name: string) => {
      const query = `mutation { createRunFiles(input: { entityName: "local", projectName: "demo", runName: "r1", files: ["${name}"] }) { files { uploadUrl } } }`
      const answer = await fetch(`${rude.server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
      const { data } = (await answer.json()) as { data: { createRunFiles: { files: { uploadUrl: string }[] } } }
      const { pathname, search } = new URL(data.createRunFiles.files[0]!.uploadUrl)
      return pathname + search
    }
    const content = Buffer.alloc(3_000_000, 7)
    for (const name of ['kept.bin', 'new.bin']) {
      const request = toRequest('PUT', await link(name), content)
      for (const missing of [content.length, content.length - 1, content.length >> 1, 1]) {
        for (const isReset of [false, true]) await rude.hangUp(request, request.length - missing, isReset)
      }
    }
    const answer = await fetch(`${rude.server.url}/api/runs/local/demo/r1/files`)
    const { files } = (await answer.json()) as { files: { name: string; sizeBytes: number }[] }
    expect(files.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([['kept.bin', 5]])
    expect(rude.troubles).toEqual([])
  })

  test('in the middle of a download or of events is forgotten, and others are answered', async () => {
    await using rude = await openRude()
    await rude.client.upsert('r1')
    const content = Buffer.alloc(20_000_000, 7)
    await uploadRunFile(rude.client, 'r1', 'large.bin', content)
    const path = '/api/runs/local/demo/r1/file?name=large.bin'
    for (const bytesRead of [1, 100_000, 5_000_000]) {
      await Promise.all([1, 2, 3].map(() => rude.stopReading(toRequest('GET', path), bytesRead)))
    }
    for (let count = 0; count < 5; count++) await rude.stopReading(toRequest('GET', '/api/events'), 1)
    for (const isReset of [false, true]) {
      for (const each of [path, '/api/events', '/api/projects', '/']) {
        await rude.hangUp(toRequest('GET', each), undefined, isReset)
      }
    }
    const openStreams = async () =>
      /^lossline_event_streams_open (\d+)$/m.exec(await (await fetch(`${rude.server.url}/metrics`)).text())?.[1]
    await expect.poll(openStreams, { timeout: 30_000 }).toBe('0')
    const whole = Buffer.from(await (await fetch(rude.server.url + path)).arrayBuffer())
    expect(whole.equals(content)).toBe(true)
    expect(rude.troubles).toEqual([])
  })
})
