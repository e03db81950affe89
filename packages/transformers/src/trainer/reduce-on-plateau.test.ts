import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type PlateauSettings, startPlateau, stepPlateau } from './reduce-on-plateau.ts'

interface Fixture {
  readonly values: readonly number[]
  readonly cases: readonly { readonly settings: Readonly<Record<string, unknown>>; readonly rates: readonly number[] }[]
}

const { values, cases }: Fixture = JSON.parse(
  readFileSync(new URL('../../test/fixtures/plateau.json', import.meta.url), 'utf8'),
)

test.each(cases)('with $settings the learning rate goes on as in PyTorch', ({ settings, rates }) => {
  const camelCase = Object.entries(settings).map(([name, value]) => [
    name.replace(/_(.)/g, (_, c) => c.toUpperCase()),
    value,
  ])
  let state = startPlateau(0.01)
  const seen = values.map((value) => {
    state = stepPlateau(state, value, Object.fromEntries(camelCase) as PlateauSettings)
    return state.learningRate
  })
  expect(new Set(seen).size).toBeGreaterThan(1)
  for (const [index, rate] of rates.entries()) expect(seen[index], `after ${index}`).toBeCloseTo(rate, 12)
})

test('a value that is no number is never better', () => {
  const first = stepPlateau(startPlateau(1), Number.NaN, { patience: 1 })
  expect(first).toMatchObject({ best: null, badCount: 1 })
  expect(stepPlateau(first, Number.NaN, { patience: 1 }).learningRate).toBe(0.1)
})
