import { expect, test } from 'vitest'
import { openTestServer, type TestServer } from './test-server.ts'

const document = `query Runs($filters: JSONString, $order: String, $cursor: String, $perPage: Int = 50) {
  project(name: "demo", entityName: "local") {
    runCount(filters: $filters)
    runs(filters: $filters, after: $cursor, first: $perPage, order: $order) {
      edges { node { name state } cursor }
      pageInfo { endCursor hasNextPage }
    }
  }
}`

interface RunsAnswer {
  readonly project: {
    readonly runCount: number
    readonly runs: {
      readonly edges: readonly {
        readonly node: { readonly name: string; readonly state: string }
        readonly cursor: string
      }[]
      readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean }
    }
  }
}

async function ask(test: TestServer, variables: object) {
  const { project } = await test.graphql<RunsAnswer>(document, variables)
  const { edges, pageInfo } = project.runs
  return { ...pageInfo, count: project.runCount, names: edges.map(({ node }) => node.name), edges }
}

/** Runs of which each has a smaller loss than the one before; the last has none. */
async function openServerWithRuns(count: number): Promise<TestServer> {
  const test = await openTestServer()
  for (let index = 0; index < count; index++) {
    await test.upsert(`r${index}`, { config: `{"lr":{"value":${index}}}` })
    const summary = index === count - 1 ? '{}' : `{"val/loss":${count - index}}`
    await test.stream(`r${index}`, { files: { 'wandb-summary.json': { offset: 0, content: [summary] } } })
  }
  return test
}

test.each([
  ['+summary_metrics.val/loss', ['r3', 'r2', 'r1', 'r0', 'r4']],
  ['-summary_metrics.val/loss', ['r0', 'r1', 'r2', 'r3', 'r4']],
  ['-config.lr.value', ['r4', 'r3', 'r2', 'r1', 'r0']],
  [null, ['r0', 'r1', 'r2', 'r3', 'r4']],
])('pages in the order %s join into the whole list', async (order, expected) => {
  await using test = await openServerWithRuns(5)
  const names: string[] = []
  let cursor: string | null = null
  for (let page = 0; page < 3; page++) {
    const answer = await ask(test, { order, perPage: 2, cursor })
    expect(answer).toMatchObject({ count: 5, hasNextPage: page < 2 })
    // The client goes on from the last edge.
    cursor = answer.edges.at(-1)!.cursor
    names.push(...answer.names)
  }
  expect(names).toEqual(expected)
})

test('a page goes on behind a run that has gone, and is not shifted by new ones', async () => {
  await using test = await openServerWithRuns(5)
  const first = await ask(test, { order: '-created_at', perPage: 2 })
  expect(first.names).toEqual(['r4', 'r3'])
  const r3 = await test.store.run({ entity: 'local', project: 'demo', runId: 'r3' })
  await test.store.write([{ kind: 'delete-run', run: r3!.id }])
  await test.clock.advance(1000)
  await test.upsert('newer')
  const second = await ask(test, { order: '-created_at', perPage: 2, cursor: first.edges[1]!.cursor })
  expect(second.names).toEqual(['r2', 'r1'])
})

test('a page of none has the count', async () => {
  await using test = await openServerWithRuns(2)
  expect(await ask(test, { perPage: 0 })).toMatchObject({ count: 2, names: [], hasNextPage: true, endCursor: null })
})

test('filters and orders see a silent run as the state that is shown', async () => {
  await using test = await openServerWithRuns(2)
  await test.clock.advance(1000)
  await test.upsert('ended')
  await test.stream('ended', { complete: true, exitcode: 0 })
  const crashed = { filters: '{"state":"crashed"}' }
  expect((await ask(test, crashed)).count).toBe(0)
  // The sweeper, which writes the states, came a moment too early.
  await test.clock.advance(5 * 60_000 + 1 - 1000)
  expect(await test.store.run({ entity: 'local', project: 'demo', runId: 'r0' })).toMatchObject({ state: 'running' })
  const shown = await ask(test, crashed)
  expect(shown.edges.map(({ node }) => node)).toEqual([
    { name: 'r0', state: 'crashed' },
    { name: 'r1', state: 'crashed' },
  ])
  expect(shown.count).toBe(2)
  expect((await ask(test, { filters: '{"state":{"$in":["running","preempting"]}}' })).count).toBe(0)
  expect((await ask(test, { order: '-state' })).names).toEqual(['ended', 'r1', 'r0'])
})

test.each([
  ['cursor', { cursor: '2' }, 'no cursor'],
  ['cursor', { cursor: Buffer.from('{"id":"1 OR 1"}').toString('base64url') }, 'no cursor'],
  ['filter', { filters: '{"name":' }, 'not JSON'],
  ['filter', { filters: '{"colour":"red"}' }, 'colour'],
  ['order', { order: '+colour' }, 'colour'],
])('a %s that is none is refused', async (_, variables, words) => {
  await using test = await openServerWithRuns(1)
  const response = await test.post('/graphql', { query: document, variables })
  expect(response.status).toBe(400)
  const { errors } = (await response.json()) as { errors: { message: string }[] }
  expect(errors[0]?.message).toContain(words)
})
