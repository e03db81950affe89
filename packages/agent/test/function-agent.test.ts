import { setTimeout as delay } from 'node:timers/promises'
import { init, type Settings } from '@lossline/core'
import { type StartedServer, startServer } from '@lossline/server'
import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { describe, expect, test, vi } from 'vitest'
import { agent, sweep } from '../src/index.ts'

const quiet: Settings = {
  silent: true,
  console: 'off',
  disableMetadata: true,
  disableGit: true,
  saveRequirements: false,
}
const grid = {
  method: 'grid',
  metric: { name: 'loss', goal: 'minimize' },
  parameters: { lr: { values: [0.1, 0.2] }, net: { parameters: { depth: { values: [1, 2] } } }, units: { value: 8 } },
}

async function serve(directory: TemporaryDirectory): Promise<StartedServer & AsyncDisposable> {
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

interface FoundRun {
  readonly id: string
  readonly state: string
  readonly sweepId: string | undefined
  readonly config: Record<string, unknown>
}

async function runsOf(place: { dir?: string; baseUrl?: string }): Promise<FoundRun[]> {
  const { Api } = await import('@lossline/core')
  await using api = new Api(place)
  const runs = await api.runs('demo', { order: '+created_at' }).toArray()
  return runs.map(({ id, state, sweepId, config }) => ({ id, state, sweepId, config }))
}

describe.each(['data folder', 'server'] as const)(
  'an agent for a function, with a %s',
  { timeout: 120_000 },
  (where) => {
    async function open() {
      const directory = await openTemporaryDirectory()
      const elsewhere = await openTemporaryDirectory()
      const server = where === 'server' ? await serve(elsewhere) : undefined
      const dir = directory.path
      return {
        place: { dir, project: 'demo', ...(server && { baseUrl: server.url }), silent: true },
        asked: server ? { baseUrl: server.url } : { dir },
        server,
        async [Symbol.asyncDispose]() {
          await server?.close()
          await directory[Symbol.asyncDispose]()
          await elsewhere[Symbol.asyncDispose]()
        },
      }
    }

    test('makes each run of a grid once, with settings that the function does not choose', async () => {
      await using at = await open()
      const id = await sweep(grid, at.place)
      const seen: unknown[] = []
      const summary = await agent(
        id,
        async () => {
          const run = await init({ ...quiet, project: 'other', config: { lr: 5, seed: 1 } })
          run.config.update({ units: 99, epochs: 2 })
          seen.push(run.config.toJSON())
          run.defineMetric('loss', { summary: 'min' })
          run.log({ loss: run.config.lr })
          if (seen.length % 2 === 0) await run.finish()
        },
        at.place,
      )
      const best = { value: 0.1, settings: { lr: 0.1, net: { depth: 1 }, units: 8 } }
      expect(summary).toMatchObject({ finished: 4, failed: 0, stopped: 0, best })
      const config = (lr: number, depth: number) => ({ lr, net: { depth }, units: 8, seed: 1, epochs: 2 })
      expect(seen).toEqual([config(0.1, 1), config(0.1, 2), config(0.2, 1), config(0.2, 2)])
      const runs = await runsOf(at.asked)
      expect(runs.map(({ state, sweepId }) => [state, sweepId])).toEqual(Array(4).fill(['finished', id]))
      expect(runs.map((run) => run.config)).toEqual(seen)
    })

    test('gives up after failures in a row, and tells a function that starts no run', async () => {
      await using at = await open()
      const id = await sweep({ ...grid, parameters: { lr: { values: [1, 2, 3, 4, 5, 6, 7] } } }, at.place)
      let calls = 0
      const train = async (): Promise<void> => {
        calls++
        if (calls === 3) return
        const run = await init(quiet)
        if (run.config.lr !== 2) throw new Error('too steep')
      }
      await expect(agent(id, train, { ...at.place, maxFailures: 3 })).rejects.toMatchObject({
        code: 'too-many-failures',
      })
      expect(calls).toBe(5)
      const states = (await runsOf(at.asked)).map(({ state }) => state)
      expect(states.slice(0, 2)).toEqual(['failed', 'finished'])
    })
  },
)

test('a run that is stopped in the page ends the function, and the agent goes on', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await serve(directory)
  const place = { dir: directory.path, project: 'demo', silent: true }
  const id = await sweep({ ...grid, parameters: { lr: { values: [1, 2] } } }, place)
  let steps = 0
  let thrown: unknown
  const summary = await agent(
    id,
    async () => {
      const run = await init(quiet)
      if (run.config.lr === 2) return
      for (; steps < 2000; steps++) {
        try {
          run.log({ loss: steps })
        } catch (error) {
          thrown = error
          throw error
        }
        if (steps === 20) await fetch(`${server.url}/api/runs/local/demo/${run.id}/stop`, { method: 'POST' })
        await delay(10)
      }
    },
    { ...place, count: 2 },
  )
  expect(summary).toMatchObject({ finished: 1, failed: 0, stopped: 1 })
  expect(steps).toBeLessThan(2000)
  expect(thrown).toMatchObject({ code: 'run-stopped' })
  await expect
    .poll(async () => (await runsOf({ dir: directory.path })).map(({ state }) => state), { timeout: 30_000 })
    .toEqual(['killed', 'finished'])
})

test('an agent ends when its sweep is deleted; a program without its parameters is told', {
  timeout: 120_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  await using server = await serve(directory)
  const place = { dir: directory.path, project: 'demo', silent: true }
  const id = await sweep({ ...grid, parameters: { lr: { values: [1, 2] } } }, place)
  const train = async (): Promise<void> => {
    await using run = await init(quiet)
    run.log({ loss: 1 })
    const gone = await fetch(`${server.url}/api/projects/local/demo/sweeps/${id}`, { method: 'DELETE' })
    expect(gone.ok).toBe(true)
  }
  await expect(agent(id, train, place)).rejects.toMatchObject({ code: 'sweep-gone' })
  vi.stubEnv('LOSSLINE_SWEEP_PARAM_PATH', directory.join('none.yaml'))
  await expect(init({ ...quiet, dir: directory.path })).rejects.toMatchObject({ code: 'sweep-parameters' })
  vi.unstubAllEnvs()
})
