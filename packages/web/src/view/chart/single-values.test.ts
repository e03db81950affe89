import { expect, test } from 'vitest'
import { boundedKey, extentOf, toSingleValues, valueOfRun } from './single-values.ts'

const of = (keys: readonly string[]) => toSingleValues(keys.map((key) => ({ key, title: key })))

test('the bounds of an interval belong to their metric, and those of nothing stay what they are', () => {
  expect(
    of([
      'eval/accuracy',
      'eval/interval/accuracy/lower',
      'eval/interval/accuracy/upper',
      'eval/delta/accuracy',
      'eval/delta/accuracy/lower',
      'eval/delta/accuracy/upper',
      'tide/lower',
    ]).map(({ key, bounds }) => [key, bounds?.upper]),
  ).toEqual([
    ['eval/accuracy', 'eval/interval/accuracy/upper'],
    ['eval/delta/accuracy', 'eval/delta/accuracy/upper'],
    ['tide/lower', undefined],
  ])
  expect(boundedKey('interval/loss/lower')).toBe('loss')
  expect(boundedKey('eval/accuracy')).toBeUndefined()
})

test('values are read from the summary by their path, numbers that JSON has not too', () => {
  const keys = ['eval/a', 'a\\.b', 'a.b', 'best', 'none', 'c\\\\.d']
  const summary = { 'eval/a': 0.5, 'a.b': 'NaN', a: { b: 3 }, best: { min: 2 }, none: 'text', 'c\\': { d: 4 } }
  const values = of(keys).map((one) => valueOfRun(summary, one)?.value)
  expect(values).toEqual([0.5, Number.NaN, 3, 2, undefined, 4])
})

test('an interval comes with its value, and both make the extent of a row', () => {
  const [accuracy] = of(['e/a', 'e/interval/a/lower', 'e/interval/a/upper'])
  const summary = { 'e/a': 0.5, 'e/interval/a/lower': 0.25, 'e/interval/a/upper': 0.75 }
  const value = accuracy && valueOfRun(summary, accuracy)
  expect(value).toEqual({ value: 0.5, lower: 0.25, upper: 0.75 })
  expect(extentOf([value, undefined, { value: Number.NaN, lower: undefined, upper: 1 }])).toEqual([0.25, 1])
  expect(extentOf([undefined])).toBeUndefined()
})
