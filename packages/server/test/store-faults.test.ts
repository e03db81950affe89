import { openSqliteStore, StoreError } from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { createServer } from '../src/index.ts'
import { historyLines } from './test-server.ts'

const upsertQuery = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }'

test('a full disk is answered so that clients try again, and what was acknowledged stays', async () => {
  await using directory = await openTemporaryDirectory()
  await using store = await openSqliteStore({ path: directory.join('store.db'), fileBytesMax: 600_000 })
  const server = createServer({ store })
  const post = (path: string, body: unknown): Promise<Response> =>
    server.fetch(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
  const upsert = (runId: string, notesLength: number): Promise<Response> =>
    post('/graphql', {
      query: upsertQuery,
      variables: { input: { name: runId, modelName: 'demo', notes: 'x'.repeat(notesLength) } },
    })
  const send = (offset: number): Promise<Response> => {
    const content = historyLines(
      offset,
      Array.from({ length: 1000 }, () => ({ loss: Math.random() })),
    )
    return post('/files/local/demo/a/file_stream', { files: { 'wandb-history.jsonl': { offset, content } } })
  }
  try {
    expect((await upsert('a', 30_000)).status).toBe(200)
    let lineCount = 0
    let answer = await send(lineCount)
    while (answer.status === 200 && lineCount < 100_000) {
      lineCount += 1000
      answer = await send(lineCount)
    }
    expect([answer.status, await answer.json()]).toMatchObject([
      507,
      { error: expect.stringContaining('full'), code: 'full', hint: expect.any(String) },
    ])
    expect(await store.run({ entity: 'local', project: 'demo', runId: 'a' })).toMatchObject({
      historyLineCount: lineCount,
    })
    // More than the pages that compaction sets free.
    const refused = await upsert('b', 1_000_000)
    expect(refused.status).toBe(507)
    expect(await refused.json()).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('full'),
          extensions: { code: 'full', requestId: refused.headers.get('x-request-id') },
        },
      ],
    })
  } finally {
    await server.close()
  }
})

test('a store that is closed is a fault that heals', async () => {
  const store = await openSqliteStore({ path: ':memory:' })
  const server = createServer({ store })
  await store.close()
  const answer = await server.fetch(new Request('http://127.0.0.1/api/projects'))
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ error: { code: 'closed', message: 'The store is closed.' } })
  await server.close()
})

test('a conflict that only the store can see is told, and not as a fault that heals', async () => {
  await using store = await openSqliteStore({ path: ':memory:' })
  // The rules look before they write: in truth it takes two requests at once.
  const write = async () => {
    throw new StoreError({ code: 'conflict', message: 'Something else has this name.' })
  }
  const server = createServer({ store: { ...store, write } })
  const body = JSON.stringify({ query: upsertQuery, variables: { input: { name: 'a', modelName: 'demo' } } })
  const answer = await server.fetch(new Request('http://127.0.0.1/graphql', { method: 'POST', body }))
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({
    errors: [{ message: 'Something else has this name.', extensions: { code: 'conflict' } }],
  })
  await server.close()
})
