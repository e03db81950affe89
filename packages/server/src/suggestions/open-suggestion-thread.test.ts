import { parseSweepConfig, suggest, type Trial } from '@lossline/sweeps'
import { expect, onTestFinished, test } from 'vitest'
import { ServerError } from '../errors.ts'
import { openSuggestionThread } from './open-suggestion-thread.ts'

const config = 'method: bayes\nmetric: {name: loss}\nparameters: {x: {min: 0.0, max: 1.0}}'
const trials = [0.1, 0.3, 0.5, 0.7, 0.9].map(
  (x): Trial => ({ state: 'finished', config: { x }, history: [Math.abs(x - 0.4)] }),
)

test('what goes wrong in the thread is a clear error for whoever asked, and the others are answered', async () => {
  const thread = openSuggestionThread()
  onTestFinished(() => thread.close())
  const texts = [config, config, 'method: bayes', config]
  const asked = texts.map((text) => thread.suggest({ config: text, trials, seed: 1 }))
  const [first, second, failed, last] = await Promise.allSettled(asked)
  const [suggestion] = suggest(parseSweepConfig(config).config, trials, { seed: 1 })
  expect([first, second, last]).toEqual(Array.from({ length: 3 }, () => ({ status: 'fulfilled', value: suggestion })))
  const { reason } = failed as PromiseRejectedResult
  expect(reason).toBeInstanceOf(ServerError)
  expect(reason).toMatchObject({
    code: 'internal',
    message: expect.stringMatching(/^The search for settings failed: Bayesian search needs a metric/),
  })
  await thread.close()
  await expect(thread.suggest({ config, trials, seed: 1 })).rejects.toThrow(/closed/)
})
