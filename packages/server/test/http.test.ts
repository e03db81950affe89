import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { connect as connectTcp, createServer as createTcpServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { openTemporaryDirectory, spawnScript, type TemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { findRunningServer, type StartedServer, type StartServerOptions, startServer } from '../src/index.ts'
import { historyLines } from './test-server.ts'

const serveScript = new URL('./scripts/serve.ts', import.meta.url)

async function start(
  directory: TemporaryDirectory,
  options: Partial<StartServerOptions> = {},
): Promise<StartedServer & AsyncDisposable> {
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {}, ...options })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

const upsertDocument =
  'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id historyLineCount } } }'

async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
}

async function upsert(url: string, runId: string, input: object = {}): Promise<Response> {
  return post(`${url}/graphql`, {
    query: upsertDocument,
    variables: { input: { name: runId, modelName: 'demo', ...input } },
  })
}

/** Reads server-sent events until `isEnough` says so. */
async function readEvents(
  url: string,
  isEnough: (events: readonly Record<string, unknown>[]) => boolean | Promise<boolean>,
  headers: Record<string, string> = {},
): Promise<{ events: Record<string, unknown>[]; lastId: string }> {
  const aborter = new AbortController()
  const response = await fetch(`${url}/api/events`, { headers, signal: aborter.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const events: Record<string, unknown>[] = []
  let [text, lastId] = ['', '']
  for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
    text += part
    const complete = text.split('\n\n')
    text = complete.pop() ?? ''
    for (const block of complete) {
      lastId = /^id: (.*)$/m.exec(block)?.[1] ?? lastId
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (data !== undefined) events.push(JSON.parse(data) as Record<string, unknown>)
    }
    if (await isEnough(events)) break
  }
  aborter.abort()
  return { events, lastId }
}

test('server.json names the server while it runs', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('.lossline')
  {
    await using server = await start(directory)
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(findRunningServer(dataDirectory)).toMatchObject({ url: server.url, pid: process.pid })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    expect(await (await fetch(`${server.url}/api/status`)).json()).toMatchObject({ dataDirectory })
    expect(await readFile(directory.join('.lossline', '.gitignore'), 'utf8')).toBe('*\n')
  }
  expect(findRunningServer(dataDirectory)).toBeUndefined()
  expect(existsSync(directory.join('.lossline', 'server.json'))).toBe(false)
})

test('a taken port means the next free one', async () => {
  await using directory = await openTemporaryDirectory()
  const taken = createTcpServer()
  await new Promise<void>((resolve) => void taken.listen(0, '127.0.0.1', resolve))
  const { port } = taken.address() as { port: number }
  try {
    await using server = await start(directory, { port })
    expect(server.isOtherPort).toBe(true)
    expect(server.port).toBeGreaterThan(port)
    expect((await fetch(`${server.url}/ready`)).status).toBe(200)
  } finally {
    taken.close()
  }
})

test('an address that others reach is not open without keys, unless it is wanted', async () => {
  await using directory = await openTemporaryDirectory()
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
    await expect(start(directory, { host, auth: 'open' })).rejects.toMatchObject({
      code: 'address-not-loopback',
      hint: expect.stringContaining('--allow-open'),
    })
  }
  expect(existsSync(directory.join('.lossline'))).toBe(false)
  await using closed = await start(directory, { host: '0.0.0.0' })
  expect((await fetch(`${closed.url}/api/status`)).status).toBe(401)
  await closed.close()
  await using server = await start(directory, { host: '0.0.0.0', allowOpen: true })
  expect((await fetch(`${server.url}/api/status`)).status).toBe(200)
})

test('a data directory has one server', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await start(directory)
  await expect(start(directory)).rejects.toMatchObject({
    code: 'server-already-running',
    message: expect.stringContaining(server.url),
  })
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(findRunningServer(directory.join('.lossline'))?.url).toBe(server.url)
})

test('after a server was killed the next one starts at once and has everything that was acknowledged', async () => {
  await using directory = await openTemporaryDirectory()
  const child = spawnScript(serveScript, { args: [directory.join('.lossline')] })
  const [, url] = await child.waitForOutput(/listening on (\S+)/)
  await upsert(url!, 'a')
  const content = historyLines(0, [{ loss: 1 }, { loss: 2 }])
  const answer = await post(`${url}/files/local/demo/a/file_stream`, {
    files: { 'wandb-history.jsonl': { offset: 0, content } },
  })
  expect(answer.status).toBe(200)
  child.send('SIGKILL')
  await child.exited
  expect(existsSync(directory.join('.lossline', 'server.json'))).toBe(true)

  await using server = await start(directory)
  const { run } = (await (await fetch(`${server.url}/api/runs/local/demo/a`)).json()) as { run: object }
  expect(run).toMatchObject({ historyLineCount: 2, state: 'running' })
})

test('closing waits for requests in flight, ends streams, and answers nobody afterwards', async () => {
  await using directory = await openTemporaryDirectory()
  const server = await start(directory)
  await upsert(server.url, 'a')
  const events = await fetch(`${server.url}/api/events`)
  const body = JSON.stringify({
    files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ loss: 1 }]) } },
  })
  // Half of the body before the server is told to close, half after.
  const answered = new Promise<number>((resolve, reject) => {
    const request = httpRequest(`${server.url}/files/local/demo/a/file_stream`, {
      method: 'POST',
      headers: { 'content-length': Buffer.byteLength(body) },
    })
    request.on('response', (response) => resolve(response.resume().statusCode ?? 0))
    request.on('error', reject)
    request.write(body.slice(0, 20), () => {
      setTimeout(() => {
        void server.close()
        request.end(body.slice(20))
      }, 50)
    })
  })
  expect(await answered).toBe(200)
  await server.close()
  await events.body?.pipeTo(new WritableStream())
  await expect(fetch(`${server.url}/ready`)).rejects.toThrow()

  await using again = await start(directory)
  const { run } = (await (await fetch(`${again.url}/api/runs/local/demo/a`)).json()) as { run: object }
  expect(run).toMatchObject({ historyLineCount: 1 })
})

const graphqlBytesMax = 64 * 2 ** 20
const tooLarge = {
  message: `The request body is larger than ${graphqlBytesMax} bytes.`,
  extensions: { code: 'request-too-large', hint: expect.any(String) },
}

test('large bodies are taken', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await start(directory)
  // Half of what is allowed.
  const config = JSON.stringify({ big: { value: 'x'.repeat(33 * 2 ** 20) } })
  expect((await upsert(server.url, 'a', { config })).status).toBe(200)
})

test('too large bodies are refused, also those that are only promised or unpack to too much', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await start(directory)
  // Only promised: the answer comes before the body.
  const { port } = new URL(server.url)
  const promised = connectTcp(Number(port), '127.0.0.1')
  const head = ['POST /graphql HTTP/1.1', `Host: 127.0.0.1:${port}`, `Content-Length: ${graphqlBytesMax + 1}`]
  promised.write(`${head.join('\r\n')}\r\n\r\nthe beginning`)
  let answer = ''
  for await (const part of promised) {
    answer += String(part)
    if (answer.endsWith('}]}')) break
  }
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toEqual({ errors: [tooLarge] })

  // Small on the wire.
  const body = gzipSync(Buffer.alloc(graphqlBytesMax + 1, 'x'))
  const unpacked = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-encoding': 'gzip' },
    body,
  })
  expect([unpacked.status, await unpacked.json()]).toEqual([413, { errors: [tooLarge] }])
  const lines = await fetch(`${server.url}/api/series`, {
    method: 'POST',
    body: 'x'.repeat(2 ** 20 + 1),
  })
  expect([lines.status, await lines.json()]).toMatchObject([413, { error: { code: 'request-too-large' } }])
  expect((await fetch(`${server.url}/ready`)).status).toBe(200)
})

test('endless bodies are cut off', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await start(directory)
  const part = new Uint8Array(2 ** 20)
  let sentCount = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sentCount += 1
      controller.enqueue(part)
    },
  })
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    body: endless,
    duplex: 'half',
  } as RequestInit).then(
    ({ status }) => status,
    () => 'connection closed',
  )
  expect([413, 'connection closed']).toContain(answer)
  expect(sentCount).toBeLessThan(1000)
  expect((await fetch(`${server.url}/ready`)).status).toBe(200)
})

test('a page hears what changes, and what it missed while it was away', async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await start(directory)
  const first = await readEvents(server.url, async (events) => {
    if (events.length === 1) await upsert(server.url, 'a')
    return events.some((event) => event.type === 'run')
  })
  expect(first.events[0]).toMatchObject({ type: 'hello', version: expect.any(String) })
  expect(first.events).toContainEqual({ type: 'project', entity: 'local', project: 'demo' })
  expect(first.events).toContainEqual(
    expect.objectContaining({
      type: 'run',
      runId: 'a',
      state: 'running',
      changed: expect.arrayContaining(['created']),
    }),
  )

  await upsert(server.url, 'b')
  const second = await readEvents(server.url, (events) => events.some((event) => event.runId === 'b'), {
    'last-event-id': first.lastId,
  })
  expect(second.events.map((event) => event.type)).toEqual(['hello', 'project', 'run'])

  const stranger = await readEvents(server.url, (events) => events.length === 2, { 'last-event-id': 'gone-17' })
  expect(stranger.events.map((event) => event.type)).toEqual(['hello', 'reset'])
})

test('the page: its files, itself for the paths that it routes, nothing outside', async () => {
  await using directory = await openTemporaryDirectory()
  const webRoot = directory.join('web')
  await mkdir(`${webRoot}/assets`, { recursive: true })
  await writeFile(`${webRoot}/index.html`, '<title>page</title>')
  await writeFile(`${webRoot}/assets/index-Dk3jf9aB.js`, 'export {}')
  await writeFile(directory.join('secret.txt'), 'secret')
  await using server = await start(directory, { webRoot })

  for (const path of ['/', '/local/my%20project/runs/a.b', '/anything']) {
    const response = await fetch(server.url + path)
    expect([path, response.status, await response.text()]).toEqual([path, 200, '<title>page</title>'])
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
  }
  const asset = await fetch(`${server.url}/assets/index-Dk3jf9aB.js`)
  expect(asset.headers.get('cache-control')).toContain('immutable')
  expect(asset.headers.get('content-type')).toContain('text/javascript')
  const index = await fetch(server.url)
  const again = await fetch(server.url, { headers: { 'if-none-match': index.headers.get('etag')! } })
  expect(again.status).toBe(304)
  expect((await fetch(`${server.url}/assets/missing.js`)).status).toBe(404)
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e%5c..%5csecret.txt',
  ]) {
    const status = await new Promise<string>((resolve, reject) => {
      // fetch tidies the path up; a plain request sends it as it is.
      const request = httpRequest({ host: '127.0.0.1', port: server.port, path }, (response) => {
        let body = ''
        response.on('data', (part: Buffer) => (body += part.toString()))
        response.on('end', () => resolve(body))
      })
      request.on('error', reject)
      request.end()
    })
    expect(status).not.toContain('secret')
  }
})

test('run files survive a restart, also the links to them', async () => {
  await using directory = await openTemporaryDirectory()
  const query = `mutation { createRunFiles(input: {entityName: "local", projectName: "demo", runName: "a",
    files: ["../../evil.txt", "media/ü.bin"]}) { files { name uploadUrl } } }`
  const content = new Uint8Array(300_000).map((_, i) => i % 251)
  let links: { name: string; uploadUrl: string }[]
  {
    await using server = await start(directory)
    await upsert(server.url, 'a')
    const answer = (await (await post(`${server.url}/graphql`, { query })).json()) as {
      data: { createRunFiles: { files: { name: string; uploadUrl: string }[] } }
    }
    links = answer.data.createRunFiles.files
    for (const { uploadUrl } of links)
      expect((await fetch(uploadUrl, { method: 'PUT', body: content })).status).toBe(200)
  }
  await using server = await start(directory)
  const again = links[1]!.uploadUrl.replace(/^http:\/\/[^/]+/, server.url)
  expect((await fetch(again, { method: 'PUT', body: content })).status).toBe(200)
  const read = (await (
    await post(`${server.url}/graphql`, {
      query: `{ project(name: "demo", entityName: "local") { run(name: "a") { fileCount
        files { edges { node { name sizeBytes directUrl } } } } } }`,
    })
  ).json()) as {
    data: { project: { run: { fileCount: number; files: { edges: { node: { name: string; directUrl: string } }[] } } } }
  }
  const { run } = read.data.project
  expect(run.fileCount).toBe(2)
  expect(run.files.edges.map((edge) => edge.node.name)).toEqual(['../../evil.txt', 'media/ü.bin'])
  for (const { node } of run.files.edges) {
    const downloaded = new Uint8Array(await (await fetch(node.directUrl)).arrayBuffer())
    expect(Buffer.compare(downloaded, content)).toBe(0)
  }
  expect(existsSync(directory.join('evil.txt'))).toBe(false)
})

test('a temporary server does not end in the middle of a download', async () => {
  await using directory = await openTemporaryDirectory()
  // More than sockets hold, so that the end cannot be sent before it is read.
  const size = 32 * 2 ** 20
  let link: string
  {
    await using server = await start(directory)
    await upsert(server.url, 'a')
    const query = `{ project(name: "demo", entityName: "local") { run(name: "a") {
      files(names: ["big.bin"]) { edges { node { directUrl uploadUrl } } } } } }`
    const { data } = (await (await post(`${server.url}/graphql`, { query })).json()) as {
      data: { project: { run: { files: { edges: { node: { directUrl: string; uploadUrl: string } }[] } } } }
    }
    const { directUrl, uploadUrl } = data.project.run.files.edges[0]!.node
    expect((await fetch(uploadUrl, { method: 'PUT', body: new Uint8Array(size) })).status).toBe(200)
    link = directUrl.slice(server.url.length)
  }
  await using server = await start(directory, { isTemporary: true, idleAfterMs: 1500 })
  const download = (await fetch(server.url + link)).body!.getReader()
  let byteCount = (await download.read()).value?.byteLength ?? 0
  expect(await Promise.race([server.ended.then(() => 'ended'), sleep(2500, 'open')])).toBe('open')
  // A server that ends takes no more connections.
  expect((await fetch(`${server.url}/health`)).status).toBe(200)
  for (let part = await download.read(); !part.done; part = await download.read()) byteCount += part.value.byteLength
  expect(byteCount).toBe(size)
  await server.ended
}, 30_000)

test('a connection held in reserve does not hold up the end', async () => {
  await using directory = await openTemporaryDirectory()
  const server = await start(directory)
  const socket = connectTcp(server.port, '127.0.0.1')
  await once(socket, 'connect')
  const ended = once(socket, 'close')
  socket.resume()
  await server.close()
  await ended
})

test('an upload that its sender breaks off is no fault of the server', async () => {
  await using directory = await openTemporaryDirectory()
  const lines: string[] = []
  const brokenOff = Promise.withResolvers<void>()
  await using server = await start(directory, {
    log: (level, text) => {
      lines.push(`${level} ${text}`)
      if (text === 'request broken off') brokenOff.resolve()
    },
  })
  const { hostname: host, port } = new URL(server.url)
  const sending = httpRequest({ host, port, path: '/graphql', method: 'POST', headers: { 'content-length': '1000' } })
  sending.on('error', () => {})
  sending.write('the beginning', () => sending.destroy())
  await brokenOff.promise
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([])
})

test('a data directory that cannot be one is refused at once', async () => {
  await using directory = await openTemporaryDirectory()
  writeFileSync(directory.join('file'), '')
  const places = [directory.join('file'), ...(existsSync('/proc/self') ? ['/proc/lossline'] : [])]
  for (const dataDirectory of places) {
    await expect(startServer({ dataDirectory, port: 0, watch: [], log: () => {} })).rejects.toMatchObject({
      code: 'data-directory',
      message: expect.stringContaining(dataDirectory),
    })
  }
})
