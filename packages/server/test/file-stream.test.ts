import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

interface Request {
  readonly files?: Record<string, { offset: number; content: string[] }>
  readonly complete?: boolean
  readonly exitcode?: number
}

/** Requests of a client that cuts `rowCount` rows at the given places. */
function clientRequests(rowCount: number, cuts: readonly number[]): Request[] {
  const lines = historyLines(
    0,
    Array.from({ length: rowCount }, (_, i) => ({ loss: i * 2, ...(i % 3 === 0 ? { note: `n${i}` } : {}) })),
  )
  const places = [...new Set([0, ...cuts.map((cut) => cut % (rowCount + 1)), rowCount])].sort((a, b) => a - b)
  const requests: Request[] = places.slice(0, -1).map((from, i) => {
    const to = places[i + 1]!
    return {
      files: {
        'wandb-history.jsonl': { offset: from, content: lines.slice(from, to) },
        'wandb-summary.json': { offset: 0, content: [JSON.stringify({ loss: (to - 1) * 2 })] },
        'output.log': { offset: from, content: lines.slice(from, to).map((_, j) => `line ${from + j}`) },
      },
    }
  })
  return [...requests, { complete: true, exitcode: 0 }]
}

async function everything(test: TestServer, runId: string): Promise<object> {
  const { project } = await test.graphql<{ project: { run: { history: string[] } & object } }>(
    `query R($name: String!) { project(name: "demo", entityName: "local") { run(name: $name) {
      state summaryMetrics historyLineCount logLineCount history(minStep: 0, maxStep: 100000, samples: 100000)
      logLines(first: 10000) { edges { node { number line } } } } } }`,
    { name: runId },
  )
  return project.run
}

test('retries and late copies of requests end with exactly what was sent', async () => {
  await using test = await openTestServer()
  let runCount = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.nat(40), { maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      async (rowCount, cuts, copies) => {
        const requests = clientRequests(rowCount, cuts)
        const [plain, messy] = [`p${runCount}`, `m${runCount++}`]
        await test.upsert(plain)
        await test.upsert(messy)
        for (const request of requests) await test.stream(plain, request)
        // A client sends the next request after the answer to this one; copies of earlier ones may arrive at any time.
        const pending = [...copies]
        for (const [i, request] of requests.entries()) {
          expect((await test.stream(messy, request)).status).toBe(200)
          const copy = pending.shift()
          if (copy !== undefined) expect((await test.stream(messy, requests[copy % (i + 1)])).status).toBe(200)
        }
        for (const copy of pending) await test.stream(messy, requests[copy % requests.length])
        expect(await everything(test, messy)).toEqual(await everything(test, plain))
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

test('requests that arrive at once are applied one after the other', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const requests = clientRequests(100, [10, 20, 30, 40, 50, 60, 70, 80, 90])
  const answers = await Promise.all(requests.map((request) => test.stream('a', request)))
  expect(answers.map((answer) => answer.status)).toEqual(requests.map(() => 200))
  expect(await everything(test, 'a')).toMatchObject({
    state: 'finished',
    historyLineCount: 100,
    summaryMetrics: '{"loss":198}',
  })
})

test('rows come back as they were logged', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const rows = [
    '{"_step":0,"a":NaN,"b":-Infinity,"text":"é \\ud83d\\ude00 \\" \\\\","flag":true,"nothing":null}',
    '{"_step":1,"big":9007199254740993,"negative":-9223372036854775808,"float":1e+300,"tiny":5e-324}',
    '{"_step":2,"a.b":1,"a":{"b":2,"c":{"d":"x"}},"list":[1,NaN,{"x":9007199254740993}],"":3}',
    '{"_step":3,"img":{"_type":"image-file","path":"media/images/a.png","size":12},"__proto__":{"polluted":1}}',
    '{"_step":4,"constructor":1,"toString":2,"0":5}',
  ]
  // One line a request: a NaN beside it sends a line down another path.
  for (const [offset, row] of rows.entries()) {
    await test.stream('a', { files: { 'wandb-history.jsonl': { offset, content: [row] } } })
  }
  const { history } = (await everything(test, 'a')) as { history: string[] }
  const tokens = (line: string): string[] =>
    line
      .slice(1, -1)
      .split(/,(?=")/)
      .sort()
  expect(history.map(tokens)).toEqual(rows.map((row) => tokens(row.replace('\\ud83d\\ude00', '😀'))))
})

test('lines that are no objects count as lines and disturb nothing', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const content = [
    '{"_step":0,"loss":1}',
    'garbage',
    '',
    '[1]',
    '{"_step":4,"loss":2}',
    '{"loss":3}',
    '{"_step":"x","loss":4}',
  ]
  const response = await test.stream('a', { files: { 'wandb-history.jsonl': { offset: 0, content } } })
  expect(response.status).toBe(200)
  const run = (await everything(test, 'a')) as { history: string[]; historyLineCount: number }
  expect(run.historyLineCount).toBe(7)
  expect(run.history).toEqual([
    '{"_step":0,"loss":1}',
    '{"_step":4,"loss":2}',
    '{"_step":5,"loss":3}',
    '{"_step":6,"loss":4}',
  ])
})

test('a request is applied as a whole or not at all', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const before = await everything(test, 'a')
  for (const body of [
    '{"files":{"wandb-history.jsonl":{"offset":-1,"content":["{}"]},"wandb-summary.json":{"offset":0,"content":["{\\"x\\":1}"]}}}',
    '{"files":{"output.log":{"offset":0,"content":"text"}},"complete":true,"exitcode":0}',
    'not json',
  ]) {
    expect([body, (await test.stream('a', body)).status]).toEqual([body, 400])
    expect(await everything(test, 'a')).toEqual(before)
  }
})

test('a summary that is no object is left out, and the rest of its request is kept', async () => {
  await using test = await openTestServer()
  await test.upsert('a', { summaryMetrics: '{"x":1}' })
  for (const [offset, summary] of ['not json', '[1]', '{"x":'].entries()) {
    const history = { offset, content: historyLines(offset, [{ loss: 1 }]) }
    const files = { 'wandb-history.jsonl': history, 'wandb-summary.json': { offset: 0, content: [summary] } }
    expect((await test.stream('a', { files })).status).toBe(200)
  }
  expect(await everything(test, 'a')).toMatchObject({ summaryMetrics: '{"x":1}', historyLineCount: 3 })
})

test('console lines are overwritten by number, gaps read as empty lines', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const send = (offset: number, content: string[]) => test.stream('a', { files: { 'output.log': { offset, content } } })
  await send(0, ['10%\n', 'b\r\n'])
  await send(0, ['100%'])
  await send(4, ['e'])
  const { logLines } = (await everything(test, 'a')) as { logLines: { edges: { node: object }[] } }
  expect(logLines.edges.map((edge) => edge.node)).toEqual(
    ['100%', 'b', '', '', 'e'].map((line, number) => ({ number, line })),
  )
})

test('gzip bodies are read, damaged and unknown ones refused', async () => {
  await using test = await openTestServer()
  await test.upsert('a')
  const send = (body: Uint8Array, encoding: string) =>
    test.request('/files/local/demo/a/file_stream', {
      method: 'POST',
      headers: { 'content-encoding': encoding },
      body: body as never,
    })
  const body = JSON.stringify({
    files: { 'wandb-history.jsonl': { offset: 0, content: historyLines(0, [{ loss: 1 }]) } },
  })
  expect((await send(gzipSync(body), 'gzip')).status).toBe(200)
  expect(await everything(test, 'a')).toMatchObject({ historyLineCount: 1 })
  expect((await send(new TextEncoder().encode(body), 'gzip')).status).toBe(400)
  expect((await send(gzipSync(body), 'br')).status).toBe(400)
})
