import { expect, test } from 'vitest'
import { openTestServer, type TestServer } from './test-server.ts'

const minuteMs = 60_000

/** The state as the run itself, and as a filter finds it. */
async function statesOf(test: TestServer, runId: string): Promise<readonly unknown[]> {
  const { run } = await test.get<{ run: { state: string } }>(`/api/runs/local/demo/${runId}`)
  const found: string[] = []
  for (const state of ['running', 'crashed']) {
    const { project } = await test.graphql<{ project: { runs: { edges: { node: { name: string } }[] } } }>(
      `query ($filters: JSONString) { project(name: "demo", entityName: "local") { runs(filters: $filters) { edges { node { name } } } } }`,
      { filters: JSON.stringify({ state }) },
    )
    if (project.runs.edges.some(({ node }) => node.name === runId)) found.push(state)
  }
  return [run.state, found.join()]
}

test('a run that may be silent for longer counts as running until then, and as crashed after', async () => {
  await using opened = await openTestServer()
  const { clock, server } = opened
  for (const runId of ['quiet', 'other']) await opened.upsert(runId)
  const untilMs = clock.now() + 15 * minuteMs
  await server.runs.allowSilence({ entity: 'local', project: 'demo', runId: 'quiet' }, untilMs)
  await clock.advance(6 * minuteMs)
  await server.runs.sweep()
  expect(await statesOf(opened, 'quiet')).toEqual(['running', 'running'])
  expect(await statesOf(opened, 'other')).toEqual(['crashed', 'crashed'])
  await clock.advance(10 * minuteMs)
  expect(await statesOf(opened, 'quiet')).toEqual(['crashed', 'crashed'])
  await server.runs.sweep()
  expect(await statesOf(opened, 'quiet')).toEqual(['crashed', 'crashed'])
})

test('a sign of life that is passed on counts from when it was given, and not behind a later one', async () => {
  await using opened = await openTestServer()
  const { clock, server } = opened
  await opened.upsert('told')
  const heartbeatAtMs = async (): Promise<number> =>
    (await opened.get<{ run: { heartbeatAtMs: number } }>('/api/runs/local/demo/told')).run.heartbeatAtMs
  const startMs = await heartbeatAtMs()
  const tell = (heardAtMs: number): Promise<Response> =>
    server.fetchInProcess(
      new Request('http://127.0.0.1/files/local/demo/told/file_stream', { method: 'POST', body: '{}' }),
      { heardAtMs },
    )
  await clock.advance(3 * minuteMs)
  for (const [heardAtMs, expected] of [
    [startMs + minuteMs, startMs + minuteMs],
    [startMs - minuteMs, startMs + minuteMs],
    [startMs + 60 * minuteMs, startMs + 3 * minuteMs],
  ] as const) {
    expect((await tell(heardAtMs)).status).toBe(200)
    expect(await heartbeatAtMs()).toBe(expected)
  }
})
