import { type DefineMetricOptions, init, type Run } from '@lossline/core'
import { readJournal } from '@lossline/journal'
import type { JsonObject } from '@lossline/protocol'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'

type Rows = readonly Readonly<Record<string, unknown>>[]

interface Part {
  readonly settings?: object
  readonly defined?: Readonly<Record<string, DefineMetricOptions>>
  readonly rows?: Rows
  readonly summary?: Readonly<Record<string, unknown>>
}

/** Runs whose parts all go to one server. */
async function openPlace() {
  const directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('server'), port: 0, log: () => {} })

  async function train({ settings = {}, defined = {}, rows = [], summary = {} }: Part) {
    const run: Run = await init({
      project: 'demo',
      id: 'run',
      dir: directory.path,
      baseUrl: server.url,
      silent: true,
      console: 'off',
      disableMetadata: true,
      ...settings,
    })
    const begun = run.summary.toJSON()
    for (const [name, options] of Object.entries(defined)) run.defineMetric(name, options)
    for (const row of rows) run.log(row)
    run.summary.update(summary)
    const ended = run.summary.toJSON()
    const { directory: runDirectory, id } = run
    await run.finish()
    const { records } = await readJournal(`${runDirectory}/run-${id}.wandb`)
    const history = records.flatMap((record) => (record.kind === 'history' ? [record.history.item ?? []] : []))
    return {
      begun,
      ended,
      rows: history.map((items) =>
        Object.fromEntries(items.map(({ nestedKey = [], valueJson }) => [nestedKey.join('/'), valueJson])),
      ),
      stored: await stored(server.url, id),
    }
  }

  return {
    train,
    resume: (part: Part) => train({ ...part, settings: { resume: 'must', ...part.settings } }),
    async [Symbol.asyncDispose]() {
      await server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

async function stored(
  url: string,
  id: string,
): Promise<{ summary: JsonObject; metrics: readonly JsonObject[]; notes: JsonObject }> {
  const query = `query Q($name: String!) { project(name: "demo", entityName: "local") { run(name: $name) { config summaryMetrics } } }`
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { name: id } }),
  })
  const { data } = (await response.json()) as {
    data: { project: { run: { config: string; summaryMetrics: string } } }
  }
  const { config, summaryMetrics } = data.project.run
  const { m: metrics, lossline } = JSON.parse(config)._wandb.value
  return { summary: JSON.parse(summaryMetrics), metrics, notes: lossline.metrics }
}

const everything = { summary: ['min', 'max', 'mean', 'first', 'last'] } as const

describe('a run that goes on', () => {
  test('counts its statistics on, whether it defines the metric again or not', async () => {
    await using place = await openPlace()
    await place.train({
      defined: { acc: everything, loss: { summary: 'min' } },
      rows: [{ acc: 0.5, loss: 1 }, { acc: 0.9 }],
    })
    const second = await place.resume({ rows: [{ acc: 0.1 }, { loss: 3 }] })
    expect(second.begun).toMatchObject({
      acc: { min: 0.5, max: 0.9, mean: 0.7, first: 0.5, last: 0.9 },
      loss: { min: 1 },
    })
    const expected = { acc: { min: 0.1, max: 0.9, mean: 0.5, first: 0.5, last: 0.1 }, loss: { min: 1 } }
    expect(second.ended).toMatchObject(expected)
    expect(second.stored.summary).toMatchObject(expected)
    const third = await place.resume({ defined: { acc: everything }, rows: [{ acc: 0.5 }] })
    expect(third.ended).toMatchObject({
      acc: { min: 0.1, max: 0.9, mean: 0.5, first: 0.5, last: 0.5 },
      loss: { min: 1 },
    })
    expect(third.stored.summary).toMatchObject(third.ended)
  })

  test('has its definitions until it makes new ones', async () => {
    await using place = await openPlace()
    await place.train({
      defined: { 'val/*': { stepMetric: 'epoch', summary: 'max' }, gone: { summary: 'none' } },
      rows: [{ 'val/a': 1, epoch: 4, gone: 1 }],
    })
    const second = await place.resume({ rows: [{ 'val/a': 3 }, { 'val/b': 5 }, { gone: 2 }] })
    expect(second.ended).toEqual(expect.objectContaining({ epoch: 4, 'val/a': { max: 3 }, 'val/b': { max: 5 } }))
    expect(second.ended).not.toHaveProperty('gone')
    // The step metric goes on from where it was, also for a metric that is new.
    expect(second.rows).toMatchObject([{ 'val/a': '3', epoch: '4' }, { 'val/b': '5', epoch: '4' }, { gone: '2' }])
    expect(second.stored.metrics.map((metric) => metric['1'])).toEqual(
      expect.arrayContaining(['val/a', 'val/b', 'gone', 'epoch']),
    )
    const third = await place.resume({
      defined: { 'val/*': { summary: 'min' } },
      rows: [{ 'val/a': 2 }, { 'val/c': 1 }],
    })
    expect(third.ended).toMatchObject({ 'val/a': { min: 2 }, 'val/b': { max: 5 }, 'val/c': { min: 1 } })
    expect(third.rows[0]).not.toHaveProperty('epoch')
    const fourth = await place.resume({ defined: { 'val/a': {} }, rows: [{ 'val/a': 9 }] })
    expect(fourth.ended).toMatchObject({ 'val/a': 9 })
  })

  test('keeps what it said of its metrics for people', async () => {
    await using place = await openPlace()
    await place.train({ defined: { loss: { description: 'Cross-entropy', unit: 'nats' }, 'gpu/*': { unit: 'W' } } })
    const second = await place.resume({ defined: { loss: { unit: 'bits' } }, rows: [{ loss: 1 }] })
    expect(second.stored.notes).toEqual({
      loss: { description: 'Cross-entropy', unit: 'bits' },
      'gpu/*': { unit: 'W' },
    })
  })

  test('begins statistics that nobody kept with its first row, and keeps what was set by hand', async () => {
    await using place = await openPlace()
    await place.train({
      defined: { acc: { summary: 'max' } },
      rows: [{ acc: 0.9, loss: 7, nested: { deep: 1 } }],
      summary: { acc: 'done', best: 0.9 },
    })
    const second = await place.resume({ defined: { loss: everything }, rows: [{ acc: 0.4, nested: { other: 2 } }] })
    expect(second.begun).toMatchObject({ acc: 'done', best: 0.9, loss: 7, nested: { deep: 1 } })
    expect(second.ended).toMatchObject({ acc: 0.4, best: 0.9, loss: { last: 7 }, nested: { deep: 1, other: 2 } })
    const third = await place.resume({ rows: [{ loss: 5 }] })
    expect(third.ended).toMatchObject({ loss: { min: 5, max: 5, mean: 5, first: 5, last: 5 } })
  })

  test('and is taken back has the statistics of the steps that are left', async () => {
    await using place = await openPlace()
    await place.train({ defined: { acc: everything }, rows: [{ acc: 0.5 }, { acc: 0.7 }, { acc: 0.9 }, { acc: 0.1 }] })
    const back = await place.train({ settings: { id: undefined, resumeFrom: 'run?_step=1' }, rows: [{ acc: 0.6 }] })
    expect(back.begun).toMatchObject({ acc: { min: 0.5, max: 0.7, mean: 0.6, first: 0.5, last: 0.7 }, _step: 1 })
    expect(back.stored.summary.acc).toEqual({ min: 0.5, max: 0.7, mean: (0.5 + 0.7 + 0.6) / 3, first: 0.5, last: 0.6 })
  })

  test('from another one has a summary and definitions of its own, as in W&B', async () => {
    await using place = await openPlace()
    await place.train({ defined: { acc: everything }, rows: [{ acc: 0.5 }, { acc: 0.7 }] })
    const fork = await place.train({ settings: { id: 'fork', forkFrom: 'run?_step=1' }, rows: [{ acc: 0.6 }] })
    expect(fork.begun).toEqual({})
    expect(fork.ended).toMatchObject({ acc: 0.6 })
    expect(fork.stored.metrics).toEqual([])
  })
})
