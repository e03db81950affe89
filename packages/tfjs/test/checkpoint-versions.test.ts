import { type ArtifactVersion, type InitOptions, init } from '@lossline/core'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { loadCheckpoint, modelCheckpoint, type TfjsProblem } from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { makeModel, makePoints } from './tiny-models.ts'

/** A training of four epochs with the given values of a metric; the best two checkpoints are kept. */
async function trainAndKeepTwo(options: InitOptions, values: readonly number[]) {
  const run = await init({ project: 'tfjs', silent: true, disableMetadata: true, console: 'off', ...options })
  const logged: ArtifactVersion[] = []
  const problems: TfjsProblem[] = []
  const model = makeModel(tf)
  const { x, y } = makePoints(tf)
  const scores = {
    onEpochEnd(epoch: number, logs?: Record<string, unknown>) {
      if (logs !== undefined) logs.score = values[epoch]
    },
  }
  const watched = {
    id: run.id,
    log: () => {},
    defineMetric: () => {},
    config: { update: () => {} },
    logArtifact(...args: Parameters<typeof run.logArtifact>) {
      const version = run.logArtifact(...args)
      logged.push(version)
      return version
    },
  }
  const checkpoint = modelCheckpoint({
    run: watched,
    model,
    name: 'tiny',
    monitor: 'score',
    mode: 'max',
    everyEpochs: 1,
    keepBest: 2,
    onProblem: (problem) => void problems.push(problem),
  })
  await model.fit(x, y, { epochs: values.length, verbose: 0, callbacks: [scores, checkpoint] as never })
  await checkpoint.settled()
  return { run, logged, problems, model }
}

test('the best two and the latest checkpoint stay, and another run goes on from them', {
  timeout: 60_000,
}, async () => {
  await using directory = await openTemporaryDirectory()
  const { run, logged, problems, model } = await trainAndKeepTwo({ dir: directory.path }, [1, 4, 2, 3, 0])

  expect(problems).toEqual([])
  expect(logged.map(({ state }) => state === 'deleted')).toEqual([true, false, true, false, false])
  await run.finish()

  const user = await init({ project: 'tfjs', dir: directory.path, silent: true, disableMetadata: true, console: 'off' })
  const best = await user.useArtifact('tiny:best')
  expect(best.metadata).toMatchObject({ initialEpoch: 2, metrics: { score: 4 } })
  expect((await best.loggedBy())?.id).toBe(run.id)
  const latest = await user.useArtifact('tiny:latest')
  const loaded = await loadCheckpoint(tf, latest, { root: directory.join('latest') })
  expect(loaded.initialEpoch).toBe(5)
  const weights = (of: typeof loaded.model) => of.getWeights().map((weight) => [...weight.dataSync()])
  expect(weights(loaded.model)).toEqual(weights(model))
  await user.finish()
})

test('offline nothing can be deleted, which is said', async () => {
  await using directory = await openTemporaryDirectory()
  const { run, logged, problems } = await trainAndKeepTwo({ dir: directory.path, mode: 'offline' }, [1, 2, 3, 4])
  expect(problems.map(({ code }) => code)).toEqual(['tfjs-checkpoints-kept'])
  expect(logged.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued', 'queued'])
  await run.finish()
})
