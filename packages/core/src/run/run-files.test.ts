import { expect, test } from 'vitest'
import { toRunFiles } from './run-files.ts'

test('config.yaml has each key with its value, sorted, and quotes what YAML would misread', () => {
  const config = {
    optimizer: { name: 'adam', betas: [0.9, 0.999], nested: { deep: true }, none: {} },
    learningRate: 0.1,
    on: 'yes',
    'a key': null,
    limits: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    layers: [{ units: 3 }],
    text: 'häh: "x"\n',
    big: 2n ** 60n,
  }
  expect(toRunFiles({ config, summary: {}, environment: {} })['files/config.yaml']).toMatchInlineSnapshot(`
    ""a key":
        value: null
    big:
        value: 1152921504606846976
    layers:
        value: [{"units": 3}]
    learningRate:
        value: 0.1
    limits:
        value: [.nan, .inf, -.inf]
    "on":
        value: "yes"
    optimizer:
        value:
            betas: [0.9, 0.999]
            name: "adam"
            nested:
                deep: true
            none: {}
    text:
        value: "häh: \\"x\\"\\n"
    "
  `)
})

test('the summary is JSON with bare NaN, and the metadata has W&B’s names', () => {
  const files = toRunFiles({
    config: {},
    summary: { loss: Number.NaN, val: { acc: 1 } },
    environment: { cpuCount: 2, memory: { total: 5 }, git: { remoteUrl: 'https://x', commit: 'abc' } },
  })
  expect(files['files/wandb-summary.json']).toBe('{"loss":NaN,"val":{"acc":1}}\n')
  expect(JSON.parse(files['files/wandb-metadata.json'] ?? '')).toEqual({
    cpu_count: 2,
    memory: { total: '5' },
    git: { remote: 'https://x', commit: 'abc' },
  })
})
