import { expect, test } from 'vitest'
import { toConfigYaml } from './config-yaml.ts'

test('keys are sorted at every depth, and what YAML would misread is quoted', () => {
  const config = { on: { value: { b: 'yes', a: {} } }, _wandb: { value: { '1': ['x', { 'a b': null }] } } }
  expect(toConfigYaml(config)).toBe(
    '_wandb:\n    value:\n        "1": ["x", {"a b": null}]\n"on":\n    value:\n        a: {}\n        b: "yes"\n',
  )
  expect(toConfigYaml({})).toBe('')
})

test.each([
  [Number.NaN, '.nan'],
  [Number.NEGATIVE_INFINITY, '-.inf'],
  [-0, '-0.0'],
  [1e-7, '1.0e-7'],
  [-1.5e300, '-1.5e+300'],
  [2n ** 60n, '1152921504606846976'],
  ['1', '"1"'],
  ['\u007f\u0085\ufeff', '"\\u007f\\u0085\\ufeff"'],
])('a value %s is %s', (value, text) => {
  expect(toConfigYaml({ key: value })).toBe(`key: ${text}\n`)
})
