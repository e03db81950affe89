import { parseJson } from '@lossline/protocol'
import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StartedServer, startServer } from '../src/index.ts'
import { type Outcome, pythonClient, runPython } from './python.ts'

async function getJson<T>(server: StartedServer, path: string): Promise<T> {
  return (await (await fetch(server.url + path)).json()) as T
}

describe.skipIf('missing' in pythonClient)("W&B's own Python client", { timeout: 180_000 }, () => {
  // One process for what needs no other: it logs a run, reads it back, goes on with another one, and raises at its end.
  let outcome: Outcome = { exitCode: null, output: '' }
  let directory: TemporaryDirectory
  let server: StartedServer
  beforeAll(async () => {
    directory = await openTemporaryDirectory()
    server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    outcome = await runPython(server, directory, ['one-process.py'])
  }, 180_000)
  afterAll(async () => {
    await server.close()
    await directory[Symbol.asyncDispose]()
  })
  const resultOf = (number: number): Record<string, unknown> =>
    parseJson([...outcome.output.matchAll(/^RESULT (.*)$/gm)][number]?.[1] ?? '{}') as Record<string, unknown>

  test('logs a run, reads it back, and finds it finished', async () => {
    expect(outcome.output).toContain(`${server.url}/local/python%20demo/runs/py1`)
    const { run } = await getJson<{ run: Record<string, unknown> }>(server, '/api/runs/local/python%20demo/py1')
    expect(run).toMatchObject({
      state: 'finished',
      exitCode: 0,
      displayName: 'from python',
      tags: ['a', 'b'],
      group: 'g',
      jobType: 'train',
      notes: 'some notes',
      lastStep: 40,
      historyLineCount: 32,
      config: { lr: 0.1, nested: { layers: [1, 2], name: 'x' }, inf: 'Infinity', added: 1 },
      summary: { best: { epoch: 2 }, epoch: 2, deep: { a: { b: 29 } }, 'val/loss': { min: 0 } },
    })
    expect(run.metadata).toMatchObject({ program: expect.stringContaining('.py') })
    const { lines } = await getJson<{ lines: { text: string; level: string }[] }>(
      server,
      '/api/runs/local/python%20demo/py1/logs',
    )
    expect(lines).toContainEqual(expect.objectContaining({ text: 'hello from python', level: 'info' }))
    expect(lines).toContainEqual(expect.objectContaining({ text: 'and an error', level: 'error' }))
    const { metrics } = await getJson<{ metrics: { key: string }[] }>(
      server,
      '/api/projects/local/python%20demo/metrics',
    )
    const metric = (key: string) => metrics.find((candidate) => candidate.key === key)
    // Of both runs.
    expect(metric('val/loss')).toMatchObject({ stepMetric: 'epoch', kind: 'number', pointCount: 60 })
    expect(metric('epoch')).toMatchObject({ isHidden: true })
    expect(metric('acc')).toMatchObject({ kind: 'number', pointCount: 62 })
    expect(metric('deep.a.b')).toMatchObject({ kind: 'number', pointCount: 60 })

    const result = resultOf(0)
    expect(result, outcome.output).toMatchObject({
      name: 'from python',
      state: 'finished',
      tags: ['a', 'b'],
      config: { lr: 0.1, nested: { layers: [1, 2], name: 'x' }, added: 1 },
      lastStep: 40,
      scannedSteps: Array.from({ length: 31 }, (_, i) => i),
      wholeRows: 32,
      runCount: 1,
      runIds: ['py1'],
      noRuns: 0,
      projects: ['python demo'],
      metadataProgram: expect.stringContaining('.py'),
    })
    expect((result.scannedLoss as string[])[0]).toBe('1')
    expect(result.sampled).toHaveLength(5)
    expect(result.files).toEqual(
      expect.arrayContaining([
        'config.yaml',
        'output.log',
        'requirements.txt',
        'wandb-metadata.json',
        'wandb-summary.json',
      ]),
    )
  })

  test('a script that raises leaves a failed run with its exit code', async () => {
    expect(outcome.exitCode).toBe(1)
    const { run } = await getJson<{ run: object }>(server, '/api/runs/local/python%20demo/py2')
    expect(run).toMatchObject({ state: 'failed', exitCode: 1, stateCause: 'exit code 1', historyLineCount: 32 })
  })

  test('goes on with a run, forks it, and takes it back', async () => {
    expect(resultOf(1), outcome.output).toMatchObject({
      first: { resumed: false, startingStep: 0 },
      resumed: { resumed: true, startingStep: 5, config: { lr: 1 }, tags: ['one'] },
      forked: { startingStep: 3 },
      rewound: { startingStep: 4, config: { lr: 1 } },
      missing: expect.stringContaining('Error'),
      existing: expect.stringContaining('Error'),
      badFork: expect.stringContaining('nobody'),
      farFork: expect.stringContaining('its last is'),
    })
    const rowsOf = async (runId: string) => {
      const query = `{ project(name: "life", entityName: "local") { run(name: "${runId}") { history(samples: 99) } } }`
      const response = await fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
      const { data } = (await response.json()) as { data: { project: { run: { history: string[] } } } }
      return data.project.run.history.map((line) => {
        const row = JSON.parse(line) as { _step: number; part: string }
        return [row._step, row.part]
      })
    }
    expect(await rowsOf('py')).toEqual([
      [0, 'first'],
      [1, 'first'],
      [2, 'first'],
      [3, 'first'],
      [4, 'rewound'],
    ])
    expect(await rowsOf('fork')).toEqual([
      [0, 'first'],
      [1, 'first'],
      [2, 'first'],
      [3, 'forked'],
    ])
  })

  test('shares a run with another one of its kind', async () => {
    const [worker, primary] = await Promise.all([
      runPython(server, directory, ['go-on.py', 'together', 'worker', 'second']),
      runPython(server, directory, ['go-on.py', 'together', 'leader', 'primary']),
    ])
    expect([worker.exitCode, primary.exitCode], worker.output + primary.output).toEqual([0, 0])
    const { run } = await getJson<{ run: object }>(server, '/api/runs/local/life/team')
    expect(run).toMatchObject({
      historyLineCount: 6,
      lastStep: 5,
      config: { worker: 1, leader: 1 },
      summary: { 'loss-worker': 2, 'loss-leader': 2 },
    })
    const { lines } = await getJson<{ lines: { text: string; label?: string }[] }>(
      server,
      '/api/runs/local/life/team/logs',
    )
    const said = lines.filter(({ text }) => text.startsWith('hello')).map(({ label, text }) => `${label}: ${text}`)
    expect(said.sort()).toEqual(['leader: hello of leader', 'worker: hello of worker'])
  })
})
