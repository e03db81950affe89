import type { RunWithValues, StrictJson } from '@lossline/protocol'
import { expect, test } from 'vitest'
import { isLogParameter, sweepScatterTable, toSweepScatter } from './sweep-scatter.ts'
import { sweepViewCodec } from './sweep-view.ts'

const parameters = [
  { name: 'lr', kind: 'log_uniform_values', min: 0.001, max: 1 },
  { name: 'optimizer', kind: 'categorical', values: ['sgd', 'adam', 3] },
]
const runs = (...values: readonly (readonly StrictJson[])[]) =>
  values.map((own, index) => ({
    runId: String(index),
    displayName: `run ${index}`,
    state: 'finished',
    values: own,
  })) as unknown as RunWithValues[]

test('runs stand by numbers of a parameter, with their place in the order; without both values they are counted', () => {
  const all = runs([1, 0.1, 'sgd'], [null, 0.2, 'sgd'], [3, null, 'sgd'], [4, 0, 'sgd'], [5, 0.5, 'sgd'])
  const { points, missingCount, x, xNames } = toSweepScatter(all, parameters, 0)
  expect(points.map((point) => [point.run.runId, point.x, point.y, point.z])).toEqual([
    ['0', 0.1, 1, 1],
    ['4', 0.5, 5, 5],
  ])
  expect([missingCount, x.isLog, xNames]).toEqual([3, true, undefined])
})

test('values that are no numbers have places of their own, as the configuration lists them', () => {
  const all = runs([1, 0.1, 'adam'], [2, 0.1, 3], [3, 0.1, { lion: true }], [4, 0.1, null])
  const scatter = toSweepScatter(all, parameters, 1)
  expect(scatter.xNames).toEqual(['sgd', 'adam', '3', '{"lion":true}'])
  expect(scatter.points.map(({ x }) => x)).toEqual([1, 2, 3])
  expect(scatter).toMatchObject({ missingCount: 1, x: { key: 'config.optimizer', isLog: false, min: -0.5, max: 3.5 } })
  expect(sweepScatterTable(scatter, { x: 'optimizer', y: 'loss' }).rows[2]).toEqual([
    'run 2',
    '{"lion":true}',
    3,
    'finished',
    3,
  ])
  expect(toSweepScatter([], [], 0)).toMatchObject({ points: [], missingCount: 0 })
})

test('an axis is logarithmic where the search is, and where a list spans so much', () => {
  const of = (kind: string, ...values: readonly StrictJson[]) => isLogParameter({ kind, values })
  expect(['q_log_uniform_values', 'log_normal', 'uniform'].map((kind) => of(kind))).toEqual([true, true, false])
  expect(of('categorical', 0.1, 0.01, 0.001)).toBe(true)
  expect(of('categorical', 16, 32, 64)).toBe(false)
  expect(of('categorical', 0, 1, 1000)).toBe(false)
  expect(of('categorical', 0.1, 'auto', 0.0001)).toBe(false)
})

test('the address names the parameter and the colours, and says whether all is shown', () => {
  const roundTrip = (params: Record<string, string>) => sweepViewCodec.stringify(sweepViewCodec.parse(params))
  const all = { of: 'net.depth', by: 'order', far: '1' }
  expect(roundTrip(all)).toEqual(all)
  expect(roundTrip({ of: '', by: 'state' })).toEqual({})
})
