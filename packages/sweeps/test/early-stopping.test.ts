import { describe, expect, test } from 'vitest'
import { findRunsToStop, parseYaml, readEarlyTermination, type Trial, type TrialState } from '../src/index.ts'

const metric = (goal: 'minimize' | 'maximize') => ({ name: 'loss', goal, target: undefined })
const ruleOf = (text: string) => readEarlyTermination(parseYaml(text))!
const trial = (state: TrialState, ...history: readonly number[]): Trial => ({ state, config: {}, history })

describe('bands of hyperband', () => {
  test.each([
    ['{type: hyperband, max_iter: 27, s: 2}', [3, 9]],
    ['{type: hyperband, max_iter: 81, s: 4, eta: 3}', [1, 3, 9, 27]],
    ['{type: hyperband, max_iter: 10, s: 5}', [1, 3]],
    ['{type: hyperband, min_iter: 3}', [3, 9, 27]],
    ['{type: hyperband, min_iter: 3, eta: 1.5}', [3, 4, 6, 10, 15, 22]],
    ['{type: hyperband, min_iter: 3, max_iter: 27, s: 2}', [3, 9]],
  ])('%s', (text, bands) => {
    const rule = ruleOf(text)
    expect(rule.kind === 'hyperband' && rule.bands.slice(0, bands.length)).toEqual(bands)
  })

  test.each([
    ['{type: hyperband}', 'early_terminate needs min_iter, or max_iter together with s.'],
    ['{type: hyperband, max_iter: 2, s: 1}', 'early_terminate has no band'],
    ['{type: hyperband, min_iter: 3, eta: 1}', 'early_terminate.eta must be more than 1.'],
    ['{type: hyperband, min_iter: three}', 'early_terminate.min_iter must be a number.'],
    ['{type: halving}', 'early_terminate.type must be hyperband, asha or median.'],
    ['hyperband', 'early_terminate must be a mapping'],
  ])('%s is refused', (text, message) => {
    expect(() => ruleOf(text)).toThrow(message)
  })

  test('comparison is strict unless somebody says otherwise; nothing said, nothing stopped', () => {
    expect(ruleOf('{type: hyperband, min_iter: 3}')).toMatchObject({ isStrict: true, eta: 3 })
    expect(ruleOf('{type: hyperband, min_iter: 3, strict: false, unknown: 1}')).toMatchObject({ isStrict: false })
    expect(readEarlyTermination(undefined)).toBeUndefined()
  })
})

describe('runs to stop', () => {
  const trials = [
    trial('finished', 10, 9),
    trial('running', 10, 10),
    trial('running', 10, 8, 8),
    trial('running', 10, 7, 7),
    trial('finished', 10, 6, 6),
  ]
  const hyperband = ruleOf('{type: hyperband, max_iter: 5, eta: 2, s: 2}')

  test('hyperband stops what W&B’s stops, and says why', () => {
    expect(findRunsToStop(trials, metric('minimize'), hyperband)).toEqual([
      { trial: trials[1], valueCount: 2, value: 10, threshold: 8 },
    ])
    const turned = trials.map((one) => ({ ...one, history: one.history.map((value) => -value) }))
    expect(findRunsToStop(turned, metric('maximize'), hyperband)).toEqual([
      { trial: turned[1], valueCount: 2, value: -10, threshold: -8 },
    ])
  })

  test('without strictness the best value up to now counts; values that are no numbers do not', () => {
    const lenient = ruleOf('{type: hyperband, max_iter: 5, eta: 2, s: 2, strict: false}')
    const recovering = [trials[0]!, trial('running', 5, Number.NaN, 10), trials[4]!]
    expect(findRunsToStop(recovering, metric('minimize'), lenient)).toEqual([])
    expect(findRunsToStop(recovering, metric('minimize'), hyperband)).toHaveLength(1)
  })

  test('a run alone is never stopped', () => {
    for (const rule of [hyperband, ruleOf('{type: asha}'), ruleOf('{type: median}')]) {
      expect(findRunsToStop([trial('running', 1, 2, 3, 4)], metric('minimize'), rule)).toEqual([])
    }
  })

  test('successive halving keeps the best third of those that came to a rung', () => {
    const runs = [0.9, 0.5, 0.7, 0.3, 0.8, 0.6].map((value) => trial('running', 1, 1, value))
    const stopped = findRunsToStop(runs, metric('minimize'), ruleOf('{type: asha, min_iter: 3}'))
    expect(stopped.map(({ value }) => value).sort()).toEqual([0.6, 0.7, 0.8, 0.9])
    expect(stopped[0]).toMatchObject({ valueCount: 3, threshold: 0.5 })
    const twoRuns = runs.slice(0, 2)
    expect(findRunsToStop(twoRuns, metric('minimize'), ruleOf('{type: asha, min_iter: 3}'))).toEqual([])
  })

  test('the median rule compares the best of a run with the averages of others that came as far', () => {
    const rule = ruleOf('{type: median, min_iter: 2, min_runs: 3}')
    const others = [trial('finished', 4, 2, 1), trial('finished', 5, 3), trial('failed', 6, 4), trial('finished', 9)]
    const worse = trial('running', 8, 4.5)
    expect(findRunsToStop([...others, worse], metric('minimize'), rule)).toEqual([
      { trial: worse, valueCount: 2, value: 4.5, threshold: 4 },
    ])
    expect(findRunsToStop([...others, trial('running', 8, 3.9)], metric('minimize'), rule)).toEqual([])
    expect(findRunsToStop([...others, trial('running', 8)], metric('minimize'), rule)).toEqual([])
    expect(findRunsToStop([...others.slice(2), worse], metric('minimize'), rule)).toEqual([])
  })
})
