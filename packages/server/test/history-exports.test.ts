import { zstdDecompressSync } from 'node:zlib'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { historyLines, openTestServer, type TestServer } from './test-server.ts'

interface ParquetHistory {
  readonly parquetUrls: readonly string[]
  readonly liveData: readonly object[]
}

async function parquetHistory(test: TestServer, runId: string): Promise<ParquetHistory> {
  const query = `query Q($run: String!) { project(name: "demo", entityName: "local") { run(name: $run) {
    parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData } } } }`
  const { project } = await test.graphql<{ project: { run: { parquetHistory: ParquetHistory } } }>(query, {
    run: runId,
  })
  return project.run.parquetHistory
}

const send = (test: TestServer, runId: string, offset: number, lines: readonly string[], rest: object = {}) =>
  test.stream(runId, { files: { 'wandb-history.jsonl': { offset, content: lines } }, ...rest })

const end = { complete: true, exitcode: 0 }

/** A run that has ended after the given rows. */
async function endedRun(test: TestServer, runId: string, lines: readonly string[]): Promise<string> {
  const { id } = await test.upsert(runId)
  expect((await send(test, runId, 0, lines, end)).status).toBe(200)
  return id
}

/** As the client fetches it: without a key. */
const fetchUrl = (test: TestServer, url: string, init: RequestInit = {}): Promise<Response> =>
  test.server.fetch(new Request(url, init))

async function download(test: TestServer, url: string): Promise<ArrayBuffer> {
  const response = await fetchUrl(test, url)
  expect(response.status).toBe(200)
  return response.arrayBuffer()
}

const readRows = (file: ArrayBuffer): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file, compressors: { ZSTD: (bytes) => zstdDecompressSync(bytes) } })

test('a run that goes on is read by rows, and one without any has nothing', async () => {
  await using test = await openTestServer()
  await test.upsert('r1')
  expect(await parquetHistory(test, 'r1')).toEqual({ parquetUrls: [], liveData: [] })
  await send(test, 'r1', 0, historyLines(7, [{ loss: 1 }, { loss: 2 }]))
  expect(await parquetHistory(test, 'r1')).toEqual({ parquetUrls: [], liveData: [{ _step: 7 }] })
})

test('what was logged is in the file, each kind of value in its own type', async () => {
  await using test = await openTestServer()
  await endedRun(test, 'r1', [
    '{"_step":0,"_timestamp":5.5,"loss":1,"flag":true,"name":"ä","a.b":3,"big":1,"half":null,"none":null}',
    '{"_step":3,"_timestamp":6,"loss":NaN,"flag":false,"name":null,"a.b":4,"big":9007199254740993,"half":2,"none":null}',
    '{"_step":9,"_timestamp":7,"loss":-Infinity,"flag":null,"name":"","a.b":5,"big":-2,"half":0.5,"none":null}',
  ])
  const { parquetUrls, liveData } = await parquetHistory(test, 'r1')
  expect(liveData).toEqual([])
  expect(parquetUrls).toHaveLength(1)
  const file = await download(test, parquetUrls[0]!)
  const { schema, num_rows } = parquetMetadata(file)
  expect(num_rows).toBe(3n)
  expect(schema.slice(1).map(({ name, type }) => [name, type])).toEqual([
    ['_step', 'INT64'],
    ['_timestamp', 'DOUBLE'],
    ['a.b', 'INT64'],
    ['big', 'INT64'],
    ['flag', 'BOOLEAN'],
    ['half', 'DOUBLE'],
    ['loss', 'DOUBLE'],
    ['name', 'BYTE_ARRAY'],
    ['none', 'BYTE_ARRAY'],
  ])
  const first = { _step: 0n, _timestamp: 5.5, 'a.b': 3n, big: 1n, flag: true, half: null, loss: 1, name: 'ä' }
  expect((await readRows(file)).map(({ none, ...row }) => [row, none ?? null])).toEqual([
    [first, null],
    [
      {
        ...first,
        _step: 3n,
        _timestamp: 6,
        'a.b': 4n,
        big: 9007199254740993n,
        flag: false,
        half: 2,
        loss: Number.NaN,
        name: null,
      },
      null,
    ],
    [
      {
        ...first,
        _step: 9n,
        _timestamp: 7,
        'a.b': 5n,
        big: -2n,
        flag: null,
        half: 0.5,
        loss: Number.NEGATIVE_INFINITY,
        name: '',
      },
      null,
    ],
  ])
})

test.each([
  ['a row without one of the keys', ['{"_step":0,"loss":1,"val":2}', '{"_step":1,"loss":1}']],
  // Each key has three values, one of them logged again.
  [
    'rows without one of the keys, as often as another was logged again',
    ['{"_step":0,"a":1,"b":1}', '{"_step":1,"a":1,"b":1}', '{"_step":1,"a":2}', '{"_step":2,"b":1}'],
  ],
  ['nested names', ['{"_step":0,"d":{"x":1}}']],
  ['media', ['{"_step":0,"image":{"_type":"image-file","path":"a.png"}}']],
  ['a list', ['{"_step":0,"list":[1,2]}']],
  ['a number and a text', ['{"_step":0,"mixed":1}', '{"_step":1,"mixed":"one"}']],
  ['a fraction beside an integer that no double holds', ['{"_step":0,"n":9007199254740993}', '{"_step":1,"n":0.5}']],
])('an ended run with %s is read by rows: columns would give others', async (_, lines) => {
  await using test = await openTestServer()
  await endedRun(test, 'r1', lines)
  expect(await parquetHistory(test, 'r1')).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] })
})

test('that a run has no file is found out once, until it has other rows', async () => {
  let readCount = 0
  await using test = await openTestServer({
    wrapStore: (store) => ({
      ...store,
      column: (query) => {
        readCount += 1
        return store.column(query)
      },
    }),
  })
  // As many values of each key, and only their steps differ.
  const lines = ['{"_step":0,"a":1}', '{"_step":1,"b":1}', '{"_step":2,"a":1}', '{"_step":3,"b":1}']
  await endedRun(test, 'r1', lines)
  const readCountOf = async (): Promise<number> => {
    const before = readCount
    expect(await parquetHistory(test, 'r1')).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] })
    return readCount - before
  }
  const first = await readCountOf()
  expect(first).toBeGreaterThan(0)
  expect([await readCountOf(), await readCountOf()]).toEqual([0, 0])

  await test.upsert('r1')
  await send(test, 'r1', 4, ['{"_step":4,"a":1}', '{"_step":5,"b":1}'], end)
  expect([await readCountOf(), await readCountOf()]).toEqual([first, 0])
  await test.graphql(`mutation R { rewindRun(input: { runName: "r1", entityName: "local", projectName: "demo",
    metricName: "_step", metricValue: 0 }) { rewoundRun { id } } }`)
  await send(test, 'r1', 1, ['{"_step":1,"a":2}'], end)
  expect((await parquetHistory(test, 'r1')).parquetUrls).toHaveLength(1)
})

test('links are absolute, prove their right themselves, and answer HEAD and ranges', async () => {
  await using test = await openTestServer()
  const id = await endedRun(test, 'r1', historyLines(0, [{ loss: 1 }]))
  const { parquetUrls } = await parquetHistory(test, 'r1')
  const url = parquetUrls[0]!
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:5757\/history-exports\/\d+\/[0-9a-f]{64}\?/)
  const whole = new Uint8Array(await download(test, url))

  const head = await fetchUrl(test, url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), head.headers.get('accept-ranges')]).toEqual([
    200,
    String(whole.length),
    'bytes',
  ])
  const etag = head.headers.get('etag')!
  expect(etag).toMatch(/^"[0-9a-f]{64}"$/)
  const part = await fetchUrl(test, url, { headers: { range: 'bytes=4-11' } })
  expect([part.status, part.headers.get('content-range'), part.headers.get('etag')]).toEqual([
    206,
    `bytes 4-11/${whole.length}`,
    etag,
  ])
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(4, 12))
  const tail = await fetchUrl(test, url, { headers: { range: 'bytes=-4' } })
  expect(await tail.text()).toBe('PAR1')
  expect((await fetchUrl(test, url, { headers: { 'if-none-match': etag } })).status).toBe(304)

  const otherDigest = url.replace(/[0-9a-f]{64}/, '0'.repeat(64))
  const otherRun = url.replace('/history-exports/', '/history-exports/1')
  for (const wrong of [url.replace('signature=', 'signature=A'), url.split('?')[0]!, otherDigest, otherRun]) {
    expect((await fetchUrl(test, wrong)).status).toBe(401)
  }
  expect((await fetchUrl(test, url, { method: 'PUT', body: 'x' })).status).not.toBe(200)
  await test.clock.advance(24 * 60 * 60_000 - 1)
  expect((await fetchUrl(test, url)).status).toBe(200)
  await test.clock.advance(2)
  expect((await fetchUrl(test, url)).status).toBe(401)

  const fresh = (await parquetHistory(test, 'r1')).parquetUrls[0]!
  await test.graphql('mutation D($id: ID!) { deleteRun(input: { id: $id }) { clientMutationId } }', { id })
  expect((await fetchUrl(test, fresh)).status).toBe(404)
})

test('what a resumed run adds is another file, and the first one stays', async () => {
  await using test = await openTestServer()
  await endedRun(test, 'r1', historyLines(0, [{ loss: 1 }, { loss: 2 }]))
  const before = await parquetHistory(test, 'r1')
  const digest = (url: string): string => /[0-9a-f]{64}/.exec(url)![0]
  await test.upsert('r1')
  await send(test, 'r1', 2, historyLines(2, [{ loss: 3 }]))
  expect(await parquetHistory(test, 'r1')).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] })

  await send(test, 'r1', 3, historyLines(3, [{ loss: 4 }]), end)
  const after = await parquetHistory(test, 'r1')
  expect(after.liveData).toEqual([])
  expect(after.parquetUrls.map(digest)).toEqual([digest(before.parquetUrls[0]!), expect.any(String)])
  const added = await readRows(await download(test, after.parquetUrls[1]!))
  expect(added.map(({ _step, loss }) => ({ _step, loss }))).toEqual([
    { _step: 2n, loss: 3n },
    { _step: 3n, loss: 4n },
  ])

  await test.upsert('r1')
  await send(test, 'r1', 4, historyLines(4, [{ loss: 5, extra: 'x' }]), end)
  expect(await parquetHistory(test, 'r1')).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] })
})

test('once exported rows have changed, the run is read by rows: a client may have kept the file', async () => {
  await using test = await openTestServer()
  const rewind = `mutation R { rewindRun(input: { runName: "r1", entityName: "local", projectName: "demo",
    metricName: "_step", metricValue: 1 }) { rewoundRun { id } } }`
  const rows = [{ loss: 1 }, { loss: 2 }, { loss: 3 }]
  await endedRun(test, 'r1', historyLines(0, rows))
  await endedRun(test, 'r2', historyLines(0, rows))
  await endedRun(test, 'r3', historyLines(0, rows))
  for (const runId of ['r1', 'r2']) expect((await parquetHistory(test, runId)).parquetUrls).toHaveLength(1)

  await test.graphql(rewind)
  await send(test, 'r1', 2, historyLines(2, [{ loss: 30 }]), end)
  expect(await parquetHistory(test, 'r1')).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] })
  // A row that comes late for a step that was exported.
  await send(test, 'r2', 3, historyLines(1, [{ loss: 20 }]), end)
  expect(await parquetHistory(test, 'r2')).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] })
  // Nobody has asked for a file of this one before.
  await send(test, 'r3', 3, historyLines(1, [{ loss: 20 }]), end)
  const { parquetUrls } = await parquetHistory(test, 'r3')
  expect((await readRows(await download(test, parquetUrls[0]!))).map(({ loss }) => loss)).toEqual([1n, 20n, 3n])
})

test('a file that was collected is made again', async () => {
  await using test = await openTestServer()
  await endedRun(test, 'r1', historyLines(0, [{ loss: 1, note: 'x' }]))
  const [url = ''] = (await parquetHistory(test, 'r1')).parquetUrls
  const before = await download(test, url)
  const { contents } = await test.server.collectGarbage({
    apply: true,
    graceMs: test.clock.now() - Date.now() - 60_000,
  })
  expect(contents).toHaveLength(1)
  expect((await fetchUrl(test, url)).status).toBe(404)
  const [again = ''] = (await parquetHistory(test, 'r1')).parquetUrls
  expect(new Uint8Array(await download(test, again))).toEqual(new Uint8Array(before))
})

test('a long history is whole, and others are answered in between', async () => {
  await using test = await openTestServer()
  const rowCount = 120_000
  await test.upsert('r1')
  for (let from = 0; from < rowCount; from += 20_000) {
    const lines = Array.from({ length: 20_000 }, (_, i) => {
      const step = (from + i) * 3
      return `{"_step":${step},"loss":${1 / (step + 1)},"epoch":${step % 1000},"word":"w${step % 11}"}`
    })
    await send(test, 'r1', from, lines)
  }
  await send(test, 'r1', rowCount, [], end)
  let turnCount = 0
  const ticking = setInterval(() => (turnCount += 1), 1)
  const { parquetUrls } = await parquetHistory(test, 'r1')
  clearInterval(ticking)
  expect(turnCount).toBeGreaterThan(3)
  const rows = await readRows(await download(test, parquetUrls[0]!))
  expect(rows).toHaveLength(rowCount)
  const wrong = rows.findIndex((row, i) => {
    const step = i * 3
    return (
      row._step !== BigInt(step) ||
      row.loss !== 1 / (step + 1) ||
      row.epoch !== BigInt(step % 1000) ||
      row.word !== `w${step % 11}`
    )
  })
  expect(wrong).toBe(-1)
})
