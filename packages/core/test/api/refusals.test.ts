import { expect, test } from 'vitest'
import { openApiServer } from './api-server.ts'

/** Sends rows of a run as W&B's client does. */
async function sendRows(url: string, runId: string, rows: readonly object[]): Promise<void> {
  const query = `mutation { upsertBucket(input: { name: "${runId}", modelName: "demo" }) { bucket { id } } }`
  await fetch(`${url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
  const content = rows.map((row) => JSON.stringify(row))
  const body = JSON.stringify({ files: { 'wandb-history.jsonl': { offset: 0, content } } })
  const response = await fetch(`${url}/files/local/demo/${runId}/file_stream`, { method: 'POST', body })
  expect(response.status).toBe(200)
}

test('a selection that a server refuses is an error that names what is wrong and what is allowed', async () => {
  await using ours = await openApiServer()
  await ours.api.createProject('demo')
  const refusalOf = (options: object) =>
    ours.api
      .runs('demo', options)
      .toArray()
      .catch((error: unknown) => error)
  const fields = expect.stringContaining('Fields are name, displayName, state')
  expect(await refusalOf({ order: '-foo' })).toMatchObject({ code: 'invalid-option', hint: fields })
  expect(await refusalOf({ order: '-foo' })).toMatchObject({ message: expect.stringContaining('order names "foo"') })
  const nested = { $or: [{ state: 'finished' }, { $not: { loss: 1 } }] }
  expect(await refusalOf({ filters: nested })).toMatchObject({ code: 'invalid-option', hint: fields })
  expect(await refusalOf({ filters: nested })).toMatchObject({
    message: expect.stringContaining('filters names "loss"'),
  })
  expect(await refusalOf({ filters: { 'summary.loss': { $not: { $less: 1 } } } })).toMatchObject({
    code: 'invalid-option',
    message: expect.stringMatching(/operator "\$less"/),
    hint: expect.stringContaining('There are $eq, '),
    cause: expect.objectContaining({ code: 'server-request' }),
  })
  expect(await refusalOf({ filters: { $and: { state: 'finished' } } })).toMatchObject({
    code: 'invalid-option',
    message: expect.stringMatching(/^runs: filters: \$and needs a list/),
  })
  expect(await ours.api.runs('demo', { order: '-summary.loss', filters: { display_name: 'x' } }).toArray()).toEqual([])
})

test.each([
  [{ filters: 'loss<1' }, /filters is an object.*not "loss<1"/],
  [{ filters: [] }, /filters is an object/],
  [{ order: '-' }, /order is a field/],
  [{ order: 1 }, /order is a field.*not 1/],
])('%j can be no selection', async (options, message) => {
  await using ours = await openApiServer()
  expect(() => ours.api.runs('demo', options as object)).toThrow(message)
})

test.each([0, -1, 1.5, Number.NaN, '5'])('%j is no number of items for a request', async (perPage) => {
  await using ours = await openApiServer()
  const refusal = { code: 'invalid-option', message: expect.stringContaining('perPage is a whole number from 1') }
  const options = { perPage: perPage as number }
  const { api } = ours
  await api.createProject('demo')
  await sendRows(ours.server.url, 'one', [{ _step: 0 }])
  const run = await api.run('one')
  const calls = [
    () => api.runs('demo', options),
    () => api.projects('local', options),
    () => api.artifactTypes('demo', options),
    () => api.artifactCollections('demo', options),
    () => api.artifactVersions('model', 'demo/a', options),
    () => api.sweeps('demo', options),
    () => run.files(options),
    () => run.logLines(options),
    () => run.loggedArtifacts(options),
  ]
  for (const call of calls) expect(call).toThrow(expect.objectContaining(refusal))
  const limit = perPage === 0 ? -3 : (perPage as number)
  if (limit !== 5) {
    await expect(api.runs('demo').toArray({ limit })).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringContaining('toArray: limit is a whole number from 0'),
    })
  }
  expect(await api.runs('demo').toArray({ limit: Number.POSITIVE_INFINITY })).toHaveLength(1)
})

test('what was read of a run takes no assignments that nobody would send', async () => {
  await using ours = await openApiServer()
  await ours.logRun({ id: 'one', tags: ['a'], config: { optimizer: { lr: 1 } } }, (run) => run.log({ loss: 1 }))
  const run = await ours.api.run('one')
  const assignments: readonly (() => unknown)[] = [
    () => Object.assign(run.config, { lr: 5 }),
    () => Object.assign(run.config.optimizer as object, { lr: 5 }),
    () => Object.assign(run.summary, { best: 5 }),
    () => (run.tags as string[]).push('x'),
    () => Object.assign(run.rawConfig, { x: 1 }),
    () => Object.assign(run, { nme: 'x' }),
  ]
  for (const assign of assignments) expect(assign).toThrow(TypeError)
  run.tags = [...run.tags, 'b']
  expect(() => (run.tags as string[]).push('x')).toThrow(TypeError)
  await run.update({ config: { optimizer: { lr: 5 } }, summary: { best: 2 } })
  expect([run.config, run.summary.best, run.tags]).toEqual([{ optimizer: { lr: 5 } }, 2, ['a', 'b']])
  await run.reload()
})

test('a run that is asked for by its name is not there, and the hint says how to find it', async () => {
  await using ours = await openApiServer()
  await ours.logRun({ id: 'one', name: 'calm river' }, () => {})
  await expect(ours.api.run('calm river')).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringMatching(/named by its id.*filters: \{ displayName \}/),
  })
  expect((await ours.api.runs('demo', { filters: { displayName: 'calm river' } }).first())?.id).toBe('one')
})

test('a path that is no text, or has too many parts, says how a run is named', async () => {
  await using ours = await openApiServer()
  for (const path of [undefined, '', 7, 'a/b/c/d', 'https://host/%zz/b/c/d/e']) {
    await expect(ours.api.run(path as string)).rejects.toMatchObject({
      code: 'invalid-path',
      hint: 'A run is named as entity/project/id, or project/id, or id.',
    })
  }
})

test('all rows are there as an array, or the first of them', async () => {
  await using ours = await openApiServer()
  const rows = Array.from({ length: 25 }, (_, step) => ({ _step: step, loss: 25 - step }))
  await sendRows(ours.server.url, 'one', rows)
  const run = await ours.api.run('one')
  const scan = run.scanHistory({ pageSize: 10 })
  expect((await scan.toArray()).map(({ loss }) => loss)).toEqual(rows.map(({ loss }) => loss))
  expect(await scan.toArray({ limit: 2 })).toHaveLength(2)
  expect(await scan.toArray({ limit: 0 })).toEqual([])
  await expect(scan.toArray({ limit: -1 })).rejects.toMatchObject({ code: 'invalid-option' })
})

test('what an Api has handed out says that it is closed', async () => {
  await using ours = await openApiServer()
  await sendRows(ours.server.url, 'one', [{ _step: 0, loss: 1 }])
  const run = await ours.api.run('one')
  const runs = ours.api.runs()
  await ours.api.close()
  await ours.api.close()
  const closed = { code: 'api-closed', message: expect.stringContaining(ours.server.url) }
  await expect(run.reload()).rejects.toMatchObject(closed)
  await expect(run.scanHistory().toArray()).rejects.toMatchObject(closed)
  await expect(runs.toArray()).rejects.toMatchObject(closed)
  await expect(ours.api.artifact('model:latest')).rejects.toMatchObject(closed)
  expect(run.name).not.toBe('')
})

test('a refusal is told in its own words, not in JSON', async () => {
  await using ours = await openApiServer()
  await expect(ours.api.createProject('a:b')).rejects.toMatchObject({
    code: 'server-request',
    message: expect.stringMatching(/answered with 400: Not a project name: "a:b"; [^{]+$/),
  })
})
