import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ConfigValue,
  flattenParameters,
  parseSweepConfig,
  parseYaml,
  stringifyYaml,
  toConfigValue,
  toPlainValue,
  toPythonText,
} from '../src/index.ts'

const parse = (text: string) => parseSweepConfig(text)
const base = (parameters: string, more = '') => `method: random\nparameters:\n${parameters}\n${more}`
const kindOf = (definition: string) => parse(base(`  a: ${definition}`)).config.parameters.get('a')?.kind

describe('parameters', () => {
  test.each([
    ['{values: [1, 2, null]}', 'categorical'],
    ['{values: [1], distribution: categorical}', 'categorical'],
    ['{values: [a, b], probabilities: [0.5, 0.5]}', 'categorical'],
    ['{min: 1, max: 2}', 'int_uniform'],
    ['{min: 1, max: 2.0}', 'uniform'],
    ['{min: 1, max: 2, distribution: uniform}', 'uniform'],
    ['{value: 3}', 'constant'],
    ['{value: null}', 'constant'],
    ['{distribution: normal}', 'normal'],
    ['{distribution: q_log_uniform_values, min: 1, max: 9}', 'q_log_uniform_values'],
    ['{distribution: beta, a: 2}', 'beta'],
    ['{parameters: {b: {value: 1}}}', 'nested'],
    ['{min: 1}', undefined],
    ['{values: []}', undefined],
    ['{value: 1, note: x}', undefined],
    ['{min: 1.5, max: 2, distribution: int_uniform}', undefined],
    ['{distribution: log_uniform_values, min: 0, max: 1}', undefined],
    ['{distribution: q_uniform, min: 0, max: 1, q: 0}', undefined],
    ['{parameters: {b: {min: 1}}}', undefined],
  ])('%s is %s', (definition, kind) => {
    expect(kindOf(definition)).toBe(kind)
  })

  test('defaults, and a step that is an integer only if it was written so', () => {
    const of = (definition: string) => parse(base(`  a: ${definition}`)).config.parameters.get('a')
    expect(of('{distribution: q_normal}')).toEqual({
      kind: 'q_normal',
      mu: 0,
      sigma: 1,
      step: { size: 1, isInteger: false },
    })
    expect(of('{distribution: q_uniform, min: 0, max: 9, q: 2}')).toMatchObject({ step: { size: 2, isInteger: true } })
  })

  test('nested ones in the order of their names, at every level', () => {
    const { config } = parse(base('  z: {value: 1}\n  a: {parameters: {d: {value: 2}, c: {min: 1, max: 2}}}'))
    expect(flattenParameters(config.parameters).map(({ path }) => path.join('/'))).toEqual(['a/c', 'a/d', 'z'])
  })

  test('a grid counts its points; max of q_uniform is not one', () => {
    const count = (parameters: string) => parse(`method: grid\nparameters: ${parameters}`).config.gridPointCount
    expect(count('{a: {values: [x, y, z]}, b: {parameters: {c: {min: 1, max: 3}, d: {value: 7}}}}')).toBe(9)
    expect(count('{a: {distribution: q_uniform, min: 0, max: 1, q: 0.5}}')).toBe(2)
    expect(parse(base('  a: {values: [1]}')).config.gridPointCount).toBeUndefined()
  })
})

describe('warnings in W&B’s words', () => {
  test.each([
    ['parameters: {a: {value: 1}}', ["'method' is a required property"]],
    ['method: foo\nparameters: {a: {value: 1}}', ["'foo' is not one of ['bayes', 'random', 'grid', 'custom']"]],
    [base('  a: {value: 1}', 'bogus: 1'), ["Additional properties are not allowed ('bogus' was unexpected)"]],
    [
      'method: tpe\nparameters: {a: {value: 1}}',
      ["'tpe' is not one of ['bayes', 'random', 'grid', 'custom']", 'Write method: bayes and sampler: tpe instead.'],
    ],
    [base('  a: {value: 1}', 'sampler: cmaes'), ['`sampler` needs `method: bayes`.']],
    [
      base('  a: {min: 1}'),
      ["{'min': 1} is not valid under any of the given schemas", 'invalid hyperparameter configuration: a'],
    ],
    [base('  1a: {value: 1}'), ["'1a' does not match '^^[A-Za-z_][A-Za-z0-9_.-]*$'"]],
    [base('  a: {min: 1, max: 1}'), ['a: min 1 is not less than max 1']],
    [
      base('  a: {values: [x, y], probabilities: [0.1, 0.1]}'),
      ['Parameter a: Probabilities [0.1, 0.1] do not sum to 1'],
    ],
    [
      base('  a: {values: [x], probabilities: [0.5, 0.5]}'),
      ["Parameter a: values ['x'] and probabilities [0.5, 0.5] are not the same length"],
    ],
    [
      base('  a: {distribution: log_uniform, min: -5, max: 0}'),
      ['a uses log_uniform, where min/max specify base-e exponents. Use log_uniform_values to specify limit values.'],
    ],
    ['method: random', ['`parameters` is required unless `scheduler.search_space` is set.']],
    [base('  a: {value: 1}', 'run_cap: 0'), ['0 is less than or equal to the minimum of 0']],
    [base('  a: {value: 1}', 'name: fine\nrun_cap: 3'), []],
  ])('%j', (text, warnings) => {
    expect(parse(text).warnings).toEqual(warnings)
  })
})

test.each([
  ['a: [', /no YAML/],
  ['- a', /must be a mapping/],
  ['a: &x {b: *x}', /leads nowhere, or to itself/],
  ['method: random\nparameters: {x: 3}', /^Invalid configuration for hyperparameter 'x'$/],
  ['method: bayes\nparameters: {a: {min: 0.0, max: 1.0}}', /needs a metric/],
  ['method: bayes\nmetric: {name: loss}\nparameters: {a: {value: 1}}', /not constant/],
  ['method: grid\nparameters: {o: {parameters: {a: {min: 0.0, max: 1.0}}}}', /Parameter o\.a is a disallowed type/],
  [
    'method: bayes\nmetric: {name: x}\nsampler: magic\nparameters: {a: {min: 0.0, max: 1.0}}',
    /sampler must be gp, tpe or cmaes, not 'magic'/,
  ],
  [base('  a: {value: 1}', 'early_terminate: {type: hyperband, min_iter: 3}'), /Stopping runs early needs a metric/],
])('%j cannot run', (text, message) => {
  expect(() => parse(text)).toThrow(message)
})

test('what a sweep is about', () => {
  const { config } = parse(
    base(
      '  a: {value: 1}',
      'name: first\nrun_cap: 7\nprogram: train.py\nmetric: {name: val.acc, goal: maximize, target: 0.9}',
    ),
  )
  expect(config).toMatchObject({
    method: 'random',
    metric: { name: 'val.acc', goal: 'maximize', target: 0.9 },
    name: 'first',
    program: 'train.py',
    runCountMax: 7,
    earlyTermination: undefined,
    isControllerLocal: false,
  })
  expect(parse(base('  a: {value: 1}', 'metric: {name: x, goal: upwards}')).config.metric?.goal).toBe('minimize')
})

describe('YAML as PyYAML reads it', () => {
  const constantOf = (text: string) => {
    const parameter = parse(base(`  a: {value: ${text}}`)).config.parameters.get('a')
    return parameter?.kind === 'constant' ? parameter.value : undefined
  }
  test.each([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['~', null],
    ['"yes"', 'yes'],
    ['0o17', '0o17'],
    ['2024-01-01', '2024-01-01'],
    ['1e-5', { kind: 'float', value: 1e-5 }],
    ['1.0e-05', { kind: 'float', value: 1e-5 }],
    ['1_000', { kind: 'integer', value: 1000 }],
    ['017', { kind: 'integer', value: 15 }],
    ['0x1F', { kind: 'integer', value: 31 }],
    ['-0b11', { kind: 'integer', value: -3 }],
    ['1:30', { kind: 'integer', value: 90 }],
    ['1.', { kind: 'float', value: 1 }],
    ['.5', { kind: 'float', value: 0.5 }],
    ['-.inf', { kind: 'float', value: -Infinity }],
    ['1e', '1e'],
  ])('%s', (text, value) => {
    expect(constantOf(text)).toEqual(value)
  })

  test('aliases, merge keys and any name of a key', () => {
    const { config } = parse(
      'x-shared: &s {min: 1, max: 3}\nmethod: random\nparameters:\n  a: {<<: *s, max: 5}\n  __proto__: {value: 1}\n  b: *s',
    )
    expect(config.parameters.get('a')).toEqual({ kind: 'int_uniform', min: 1, max: 5 })
    expect([...config.parameters.keys()]).toEqual(['a', '__proto__', 'b'])
  })
})

test('any JSON value comes through', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: true }), (value) => {
      const text = JSON.stringify(value)
      const parameter = parse(`method: random\nparameters: {"a": {"value": ${text}}}`).config.parameters.get('a')
      expect(parameter?.kind === 'constant' && toPlainValue(parameter.value)).toEqual(JSON.parse(text))
    }),
  )
})

describe('YAML that is written', () => {
  test('is in block style, and keeps what numbers and texts are', () => {
    const source = parseYaml(
      "method: bayes\nparameters: {lr: {min: 1e-5, max: 1.0}, kind: {values: [a, 'yes', '1', null, 2, [x, {}]]}}\ncommand: ['$ENV', python, '--x=1']",
    )
    expect(stringifyYaml(source)).toBe(`method: bayes
parameters:
  lr:
    min: 0.00001
    max: 1.0
  kind:
    values:
      - a
      - "yes"
      - "1"
      - null
      - 2
      - - x
        - {}
command:
  - $ENV
  - python
  - "--x=1"
`)
    const { config } = parseSweepConfig(
      stringifyYaml(toConfigValue({ method: 'grid', parameters: { a: { value: 1 } } })),
    )
    expect(config).toMatchObject({ method: 'grid', gridPointCount: 1 })
  })

  test('is read back as the same', () => {
    const number = fc.record({ kind: fc.constantFrom('float' as const), value: fc.double() })
    const integer = fc.record({ kind: fc.constantFrom('integer' as const), value: fc.maxSafeInteger() })
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'no', 'null', '1:30', '0x1', '<<', '- a', 'a: b', '~', 'y', '#'),
    )
    const { value } = fc.letrec<{ value: ConfigValue; map: ReadonlyMap<string, ConfigValue> }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constant(null),
        fc.boolean(),
        text,
        number,
        integer,
        fc.array(tie('value'), { maxLength: 3 }),
        tie('map'),
      ),
      map: fc.array(fc.tuple(text, tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    }))
    fc.assert(
      fc.property(value, (one) => {
        expect(parseYaml(stringifyYaml(one))).toEqual(one)
      }),
    )
  })
})

test('numbers are printed as Python prints them', () => {
  const float = (value: number) => toPythonText({ kind: 'float', value })
  expect([1, 0.001, 1e-4, 1e-5, 1.5e-7, 1e15, 1e16, 1.5e300, Number.NaN, -Infinity].map(float)).toEqual([
    ...['1.0', '0.001', '0.0001', '1e-05', '1.5e-07', '1000000000000000.0', '1e+16', '1.5e+300', 'nan', '-inf'],
  ])
})
