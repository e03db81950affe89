import { describe, expect, test } from 'vitest'
import { openApiServer } from './api-server.ts'

/** Announces a run as W&B's client does. */
async function announce(url: string, runId: string): Promise<void> {
  const query = `mutation { upsertBucket(input: { name: "${runId}", modelName: "demo" }) { bucket { id } } }`
  const response = await fetch(`${url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
  expect(response.status).toBe(200)
}

/** Sends lines of a run as W&B's client does. */
async function stream(url: string, runId: string, body: object): Promise<void> {
  const response = await fetch(`${url}/files/local/demo/${runId}/file_stream`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
}

describe('projects', () => {
  test('are listed, found and made', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'one' })
    const made = await ours.api.createProject('another one')
    expect(made).toMatchObject({ name: 'another one', entity: 'local', path: 'local/another one' })
    expect((await ours.api.createProject('another one')).storageId).toBe(made.storageId)
    const projects = await ours.api.projects().toArray()
    expect(projects.map(({ name }) => name).sort()).toEqual(['another one', 'demo'])
    expect(await ours.api.projects('local', { perPage: 1 }).total()).toBe(2)
    const demo = await ours.api.project('local/demo')
    expect(demo.url).toBe(`${ours.server.url}/local/demo`)
    expect((await demo.runs().toArray()).map(({ id }) => id)).toEqual(['one'])
    await expect(ours.api.project('nowhere')).rejects.toMatchObject({ code: 'not-found' })
    await expect(ours.api.createProject('a:b')).rejects.toMatchObject({ code: 'server-request', status: 400 })
  })

  test('are renamed and deleted', async () => {
    await using ours = await openApiServer()
    await ours.logRun({ id: 'one' })
    const project = await ours.api.project()
    await ours.api.createProject('other')
    await expect(project.rename('other')).rejects.toMatchObject({ code: 'server-request', status: 409 })
    const renamed = await project.rename('better')
    expect(renamed).toMatchObject({ path: 'local/better', storageId: project.storageId })
    expect((await renamed.runs().toArray()).map(({ path }) => path)).toEqual(['local/better/one'])
    await renamed.delete()
    await expect(ours.api.project('better')).rejects.toMatchObject({ code: 'not-found' })
    expect((await ours.api.projects().toArray()).map(({ name }) => name)).toEqual(['other'])
  })
})

test('console lines and system metrics', async () => {
  await using ours = await openApiServer()
  await announce(ours.server.url, 'one')
  const lines = Array.from(
    { length: 25 },
    (_, number) => `2026-01-01T00:00:${String(number).padStart(2, '0')}.000001 line ${number}`,
  )
  lines[3] = 'ERROR 2026-01-01T00:00:03.000001 [node-1] broken'
  lines[4] = ''
  const events = [1, 2, 3].map((cpu) =>
    JSON.stringify({ _wandb: true, _runtime: cpu, _timestamp: cpu, 'system.cpu': cpu }),
  )
  await stream(ours.server.url, 'one', {
    files: { 'output.log': { offset: 0, content: lines }, 'wandb-events.jsonl': { offset: 0, content: events } },
  })
  const run = await ours.api.run('one')
  const read = await run.logLines({ perPage: 7 }).toArray()
  expect(read.map(({ number }) => number)).toEqual(lines.map((_, number) => number))
  expect(read[2]).toMatchObject({ text: 'line 2', level: 'info', printedAt: new Date('2026-01-01T00:00:02.000Z') })
  expect(read[3]).toMatchObject({ text: 'broken', level: 'error', label: 'node-1' })
  expect(read[4]).toMatchObject({ text: '', printedAt: undefined })
  expect((await run.logLines({ last: 2 }).toArray()).map(({ text }) => text)).toEqual(['line 23', 'line 24'])

  expect(await run.systemMetrics()).toMatchObject({ 'system.cpu': 3 })
  expect(await run.history({ stream: 'system', keys: ['system.cpu'], samples: 2 })).toEqual([
    { 'system.cpu': 1 },
    { 'system.cpu': 3 },
  ])
})

test('wrong options are said before anything is asked', async () => {
  await using ours = await openApiServer()
  await ours.logRun({ id: 'one' })
  const run = await ours.api.run('one')
  await expect(run.history({ samples: 0 })).rejects.toMatchObject({ code: 'invalid-option' })
  await expect(Array.fromAsync(run.scanHistory({ pageSize: 20_000 }))).rejects.toMatchObject({ code: 'invalid-option' })
  expect(() => ours.api.runs('a/b/c')).toThrow(expect.objectContaining({ code: 'invalid-path' }))
})

test('a run is asked to stop, and its program is told', async () => {
  await using ours = await openApiServer()
  await announce(ours.server.url, 'r')
  const run = await ours.api.run('r')
  await run.stop()
  const response = await fetch(`${ours.server.url}/files/local/demo/r/file_stream`, { method: 'POST', body: '{}' })
  expect(await response.json()).toMatchObject({ stopped: true })
})
