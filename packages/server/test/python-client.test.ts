import { parseJson } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { type StartedServer, startServer } from '../src/index.ts'
import { pythonClient, runPython } from './python.ts'

async function getJson<T>(server: StartedServer, path: string): Promise<T> {
  return (await (await fetch(server.url + path)).json()) as T
}

describe.skipIf('missing' in pythonClient)("W&B's own Python client", { timeout: 180_000 }, () => {
  test('logs a run, reads it back, and finds it finished', async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const logged = await runPython(server, directory, ['log-run.py', 'py1'])
      expect(logged.output).toContain(`${server.url}/local/python%20demo/runs/py1`)
      expect(logged.exitCode, logged.output).toBe(0)

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
      expect(run.metadata).toMatchObject({ program: expect.stringContaining('log-run.py') })
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
      expect(metric('val/loss')).toMatchObject({ stepMetric: 'epoch', kind: 'number', pointCount: 30 })
      expect(metric('epoch')).toMatchObject({ isHidden: true })
      expect(metric('acc')).toMatchObject({ kind: 'number', pointCount: 31 })
      expect(metric('deep.a.b')).toMatchObject({ kind: 'number', pointCount: 30 })

      const read = await runPython(server, directory, ['read-run.py', 'py1'])
      const result = parseJson(/^RESULT (.*)$/m.exec(read.output)?.[1] ?? 'null') as unknown as Record<string, unknown>
      expect(result, read.output).toMatchObject({
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
        metadataProgram: expect.stringContaining('log-run.py'),
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
    } finally {
      await server.close()
    }
  })

  test('a script that raises leaves a failed run with its exit code', async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const logged = await runPython(server, directory, ['log-run.py', 'py2', '--fail'])
      expect(logged.exitCode).toBe(1)
      const { run } = await getJson<{ run: object }>(server, '/api/runs/local/python%20demo/py2')
      expect(run).toMatchObject({ state: 'failed', exitCode: 1, stateCause: 'exit code 1', historyLineCount: 32 })
    } finally {
      await server.close()
    }
  })

  test('goes on with a run, forks it, and takes it back', async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
      const { exitCode, output } = await runPython(server, directory, ['go-on.py', 'alone'])
      expect(exitCode, output).toBe(0)
      const result = JSON.parse(/^RESULT (.*)$/m.exec(output)?.[1] ?? 'null') as Record<string, unknown>
      expect(result, output).toMatchObject({
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
    } finally {
      await server.close()
    }
  })

  test('shares a run with another one of its kind', async () => {
    await using directory = await openTemporaryDirectory()
    const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
    try {
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
    } finally {
      await server.close()
    }
  })
})
