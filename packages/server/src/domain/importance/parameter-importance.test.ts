import { expect, test } from 'vitest'
import { parameterImportance } from './parameter-importance.ts'
import { createRandom } from './random.ts'

const pause = async (): Promise<void> => {}

function sample(count: number) {
  const random = createRandom(7)
  const column = () => Array.from({ length: count }, random)
  const [a, b, noise] = [column(), column(), column()]
  const kind = Array.from({ length: count }, (_, i) => ['adam', 'sgd', 'lion'][i % 3]!)
  const effect = { adam: 0, sgd: 2, lion: 4 } as const
  const outcome = Float64Array.from(
    a,
    (one, i) => -8 * one + 3 * b[i]! + effect[kind[i] as keyof typeof effect] + noise[i]! * 0.1,
  )
  const parameters = [
    { key: 'a', values: a },
    { key: 'b', values: b },
    { key: 'kind', values: kind },
    { key: 'nothing', values: column() },
    { key: 'seldom', values: Array.from({ length: count }, (_, i) => (i % 2 ? undefined : 1)) },
  ]
  return { parameters, outcome }
}

test('what an outcome is made of matters in its order, and what it is not made of matters little', async () => {
  const { parameters, outcome } = sample(200)
  const found = await parameterImportance(parameters, outcome, pause)
  const of = (key: string) => found.find((one) => one.key === key)!
  expect(
    found
      .toSorted((x, y) => y.importance - x.importance)
      .slice(0, 2)
      .map(({ key }) => key),
  ).toEqual(['a', 'kind'])
  expect(of('b').importance).toBeGreaterThan(of('nothing').importance)
  expect(of('nothing').importance).toBeLessThan(0.03)
  expect(found.reduce((sum, { importance }) => sum + importance, 0)).toBeCloseTo(1)
  expect(of('a').correlation).toBeLessThan(-0.7)
  expect(of('kind').correlation).toBeUndefined()
  expect(Math.abs(of('nothing').correlation!)).toBeLessThan(0.2)
})

test('the same runs give the same answer', async () => {
  const { parameters, outcome } = sample(40)
  expect(await parameterImportance(parameters, outcome, pause)).toEqual(
    await parameterImportance(parameters, outcome, pause),
  )
})

test('an outcome that never changes is owed to nothing', async () => {
  const { parameters } = sample(20)
  const found = await parameterImportance(parameters, new Float64Array(20).fill(3), pause)
  expect(found.every(({ importance }) => importance === 0)).toBe(true)
})
