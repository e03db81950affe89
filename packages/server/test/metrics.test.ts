import { request as httpRequest } from 'node:http'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createJsonLog, createServer, createTextLog, startServer } from '../src/index.ts'
import { openKeysServer } from './keys-server.ts'
import { uploadRunFile } from './run-file-client.ts'
import { toStartedClient } from './started-client.ts'
import { historyLines, openTestServer } from './test-server.ts'

/** Values by name and labels, as they are written. */
function parseMetrics(text: string): ReadonlyMap<string, number> {
  for (const line of text.trimEnd().split('\n')) {
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="([^"\\\n]|\\.)*",?)+\})? (-?[\d.e+-]+|NaN|[+-]Inf))$/,
    )
  }
  const values = [...text.matchAll(/^([a-z]\S*) (\S+)$/gm)].map(
    ([, name = '', value]) => [name, Number(value)] as const,
  )
  return new Map(values)
}

test('metrics count requests, rows, writes, live runs, streams, memory, bytes and the size of the folder', async () => {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('data'), port: 0, log: () => {} })
  try {
    const client = toStartedClient(server)
    await client.upsert('r1')
    await uploadRunFile(client, 'r1', 'a.bin', Buffer.alloc(100_000))
    const content = historyLines(0, [{ loss: 1 }, { loss: 2 }, { loss: 3 }])
    await client.stream('r1', { files: { 'wandb-history.jsonl': { offset: 0, content } } })
    await client.request('/api/runs/local/demo/nothing')
    const leaving = new AbortController()
    const events = await client.request('/api/events', { signal: leaving.signal })
    const answer = await client.request('/metrics')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
    const metrics = parseMetrics(await answer.text())
    leaving.abort()
    await events.body?.cancel().catch(() => {})
    const at = (name: string): number => metrics.get(name) ?? Number.NaN
    expect(at('lossline_requests_total{route="file_stream",method="POST",status="200"}')).toBe(1)
    expect(at('lossline_requests_total{route="api/runs",method="GET",status="404"}')).toBe(1)
    expect(at('lossline_request_duration_seconds_count{route="graphql"}')).toBe(2)
    expect(at('lossline_request_duration_seconds_bucket{route="graphql",le="+Inf"}')).toBe(2)
    expect(at('lossline_rows_total{stream="history"}')).toBe(3)
    expect(at('lossline_store_write_seconds_count')).toBeGreaterThan(1)
    expect(at('lossline_store_writes_waiting')).toBe(0)
    expect(at('lossline_runs_live')).toBe(1)
    expect(at('lossline_event_streams_open')).toBe(1)
    expect(at('lossline_process_memory_bytes{kind="resident"}')).toBeGreaterThan(10_000_000)
    expect(at('lossline_event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0)
    expect(at('lossline_network_bytes_total{direction="in"}')).toBeGreaterThan(100_000)
    expect(at('lossline_network_bytes_total{direction="out"}')).toBeGreaterThan(1000)
    expect(at('lossline_data_bytes{kind="blobs"}')).toBe(100_000)
    expect(at('lossline_data_bytes{kind="database"}')).toBeGreaterThan(10_000)
  } finally {
    await server.close()
  }
})

test('where keys are asked for, metrics are for admins and the admin token', async () => {
  await using test = await openKeysServer()
  const ada = await test.addUser('ada', { admin: true })
  const bob = await test.addUser('bob')
  const status = async (key?: string): Promise<number> => (await test.request('/metrics', key)).status
  expect([await status(), await status('0'.repeat(40)), await status(bob)]).toEqual([401, 401, 403])
  expect([await status(ada), await status('admin-token-of-the-tests')]).toEqual([200, 200])
})

test('each request is a line of JSON with its id, user, status and time, and without what links are signed with', async () => {
  await using plain = await openTestServer()
  const lines: string[] = []
  const server = createServer({ store: plain.store, log: createJsonLog({ write: (line) => void lines.push(line) }) })
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    server.fetch(new Request(`http://127.0.0.1${path}`, { headers }))
  try {
    const given = await ask('/api/projects', { 'x-request-id': 'proxy-1.2:3' })
    const strange = await ask('/run-files/1?name=a&expires=1&signature=SECRET', { 'x-request-id': 'a b\u00e9' })
    expect([given.status, given.headers.get('x-request-id')]).toEqual([200, 'proxy-1.2:3'])
    expect([strange.status, strange.headers.get('x-request-id')]).toEqual([
      401,
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ])
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: 'info',
        message: 'request',
        requestId: 'proxy-1.2:3',
        method: 'GET',
        path: '/api/projects',
        status: 200,
        durationMs: expect.any(Number),
        user: 'local',
      },
      expect.objectContaining({ path: '/run-files/1', status: 401, requestId: strange.headers.get('x-request-id') }),
    ])
    expect(lines.join('')).not.toContain('SECRET')
  } finally {
    await server.close()
  }
})

test('a log for people has one line an event', () => {
  const lines: string[] = []
  const log = createTextLog({ level: 'warn', write: (line) => void lines.push(line) })
  log('info', 'left out')
  log('error', 'it broke', { path: '/a', error: 'two\nlines', count: 2 })
  expect(lines).toEqual([expect.stringMatching(/^\S+Z ERROR it broke path=\/a error="two\\nlines" count=2\n$/)])
})

test('closing finishes the request in flight, takes no new one, and loses nothing', async () => {
  await using directory = await openTemporaryDirectory()
  const dataDirectory = directory.join('data')
  const server = await startServer({ dataDirectory, port: 0, log: () => {} })
  const client = toStartedClient(server)
  await client.upsert('r1')
  const body = JSON.stringify({
    files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ loss: 1 }]) } },
  })
  const { promise: status, resolve, reject } = Promise.withResolvers<number | undefined>()
  const slow = httpRequest(
    `${server.url}/files/local/demo/r1/file_stream`,
    { method: 'POST', headers: { 'content-length': body.length } },
    (response) => resolve(response.resume().statusCode),
  )
  slow.on('error', reject)
  slow.write(body.slice(0, 20))
  await new Promise((wait) => setTimeout(wait, 200))
  const closed = server.close()
  await expect
    .poll(() =>
      fetch(`${server.url}/healthz`).then(
        ({ status }) => status,
        () => 'refused',
      ),
    )
    .toBe('refused')
  slow.end(body.slice(20))
  expect(await status).toBe(200)
  await closed
  const again = await startServer({ dataDirectory, port: 0, log: () => {} })
  const { run } = (await (await fetch(`${again.url}/api/runs/local/demo/r1`)).json()) as {
    run: { historyLineCount: number }
  }
  expect(run.historyLineCount).toBe(1)
  await again.close()
})
