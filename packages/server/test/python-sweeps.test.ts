import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { startServer } from '../src/index.ts'
import { pythonClient, runPython } from './python.ts'

/** What a script says at its end, and all that it printed, after it has run with a server of its own. */
async function resultOf(script: string): Promise<{ readonly result: unknown; readonly output: string }> {
  await using directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.join('.lossline'), port: 0, log: () => {} })
  try {
    const { output } = await runPython(server, directory, [script])
    return { result: JSON.parse(/^RESULT (.*)$/m.exec(output)?.[1] ?? 'null'), output }
  } finally {
    await server.close()
  }
}

// Side by side: they wait for their clients most of the time.
describe.skipIf('missing' in pythonClient)("sweeps of W&B's own Python client", { timeout: 180_000 }, () => {
  test.concurrent('are made, filled by hand, read back, and told to pause, go on and end', async () => {
    const { result, output } = await resultOf('sweeps.py')
    expect(result, output).toEqual({
      name: 'a search',
      state: 'RUNNING',
      method: 'grid',
      runs: 3,
      expected: 6,
      order: '+summary_metrics.loss',
      best: 1,
      sweepOfRun: true,
      sweeps: 2,
      filtered: [true],
      url: true,
      states: [
        [0, 'PAUSED'],
        [0, 'RUNNING'],
        [0, 'FINISHED'],
        // Only from a state that goes on; the client refuses it itself.
        [expect.any(Number), 'FINISHED'],
      ],
      agents: [0, [true, true], [0, 0]],
    })
    expect(output).toContain('invalid hyperparameter configuration: a')
  })

  test.concurrent('are worked through by its agents, of scripts and of functions', async () => {
    const { result, output } = await resultOf('sweep_agents.py')
    expect(result, output).toEqual({
      codes: [0, 0],
      byScript: [
        [1, 'finished', 0.5],
        [2, 'failed', null],
        [3, 'finished', 0.5],
      ],
      state: 'FINISHED',
      agents: 2,
      functions: 4,
      runs: 4,
      best: true,
      searched: 'RUNNING',
    })
  })

  test.concurrent('are led by its controller, which stops runs, and take runs by hand', async () => {
    const { result, output } = await resultOf('sweep_controller.py')
    expect(result, output).toEqual({
      values: [1, 2, 3],
      state: 'FINISHED',
      runs: [
        [1, 'finished'],
        [2, expect.stringMatching(/finished|killed|failed/)],
        [3, 'finished'],
      ],
      stoppedEarly: 1,
      agentEnded: true,
      enqueued: [true, [7, 'by hand'], true],
    })
  })
})
