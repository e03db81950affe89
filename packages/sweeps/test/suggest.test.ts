import { describe, expect, test } from 'vitest'
import { condenseTrials, parseSweepConfig, suggest, type Trial } from '../src/index.ts'

const configOf = (text: string) => parseSweepConfig(text).config
const ended = (config: Trial['config'], value: number): Trial => ({ state: 'finished', config, history: [value] })

describe('what is tried next', () => {
  test('by a grid: the first free points, then none', () => {
    const config = configOf('method: grid\nparameters: {a: {values: [1, 2, 3]}}')
    const first = suggest(config, [], { count: 2, seed: 1 })
    expect(first).toEqual([{ assignment: { a: 1 } }, { assignment: { a: 2 } }])
    const failed: Trial = { state: 'failed', config: { a: 1 }, history: [] }
    expect(suggest(config, [failed, ended({ a: 3 }, 1)], { count: 9, seed: 1 })).toEqual([{ assignment: { a: 2 } }])
    expect(
      suggest(
        config,
        [1, 2, 3].map((a) => ended({ a }, a)),
        { seed: 1 },
      ),
    ).toEqual([])
  })

  test('by chance: as often as a value is probable, and by the seed', () => {
    const config = configOf(
      'method: random\nparameters: {kind: {values: [a, b], probabilities: [0.8, 0.2]}, n: {min: 1, max: 3}, c: {value: x}}',
    )
    const many = suggest(config, [], { count: 2000, seed: 7 })
    expect(suggest(config, [], { count: 2000, seed: 7 })).toEqual(many)
    expect(suggest(config, [], { count: 2000, seed: 8 })).not.toEqual(many)
    const share = many.filter(({ assignment }) => assignment.kind === 'a').length / many.length
    expect(share).toBeCloseTo(0.8, 1)
    expect(new Set(many.map(({ assignment }) => assignment.n))).toEqual(new Set([1, 2, 3]))
    expect(many[0]!.assignment.c).toBe('x')
    // What was tried before moves the sequence on.
    expect(suggest(config, [ended({}, 1)], { seed: 7 })).not.toEqual(many.slice(0, 1))
  })

  test('by Bayes: what a run that goes on has reached counts only where the configuration says so', () => {
    const text = (more: string) =>
      `method: bayes\nmetric: {name: loss, goal: minimize${more}}\nparameters: {x: {min: 0.0, max: 1.0}}`
    const trials: Trial[] = [
      ...[0.1, 0.3, 0.5, 0.7, 0.9].map((x) => ended({ x }, 1)),
      ...[0.2, 0.4, 0.6, 0.8].map((x): Trial => ({ state: 'running', config: { x }, history: [Math.abs(x - 0.2)] })),
    ]
    const [counted] = suggest(configOf(text(', impute_while_running: best')), trials, { seed: 1 })
    expect(counted!.assignment.x).toBeCloseTo(0.2, 0)
    expect(counted!.expectation!.value).toBeLessThan(0.5)
    const [ignored] = suggest(configOf(text('')), trials, { seed: 1 })
    expect(ignored!.expectation!.value).toBeGreaterThan(0.9)
  })

  test('from condensed trials: the same as from whole ones', () => {
    const states = ['finished', 'killed', 'failed', 'running', 'pending'] as const
    const trials = Array.from({ length: 20 }, (_, index): Trial => {
      const x = ((index * 7) % 20) / 20
      const history = [3, (x - 0.3) ** 2, Number.NaN, 2 + x, Number.POSITIVE_INFINITY]
      return {
        state: states[index % 5]!,
        config: { x, opt: { kind: index % 2 === 0 ? 'a' : 'b' }, own: 'x'.repeat(100) },
        history: index % 3 === 0 ? [] : history,
        summary: index % 4 === 0 ? -x : undefined,
        isStoppedEarly: index % 2 === 0,
      }
    })
    for (const impute of ['worst', 'best', 'latest']) {
      for (const goal of ['minimize', 'maximize']) {
        const config = configOf(`method: bayes
metric: {name: loss, goal: ${goal}, impute: ${impute}, impute_while_running: ${impute}}
parameters: {x: {min: 0.0, max: 1.0}, opt: {parameters: {kind: {values: [a, b]}}}, c: {value: 1}}`)
        const condensed = condenseTrials(config, trials)
        expect(condensed[1]!.history).toEqual([trials[1]!.history[1], 3, trials[1]!.history[3]])
        expect(condensed[1]!.config).toEqual({ x: 0.35, opt: { kind: 'b' } })
        expect(suggest(config, condensed, { seed: 1 })).toEqual(suggest(config, trials, { seed: 1 }))
      }
    }
  })

  test('by nobody here where the method is custom', () => {
    expect(suggest(configOf('method: custom\nparameters: {a: {value: 1}}'), [], { seed: 1 })).toEqual([])
  })
})
