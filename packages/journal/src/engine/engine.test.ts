import { decodeRecord, parseJson, type WandbRecord } from '@lossline/protocol'
import { describe, expect, test } from 'vitest'
import { createEngine } from './engine.ts'
import type { RecordSink } from './record-log.ts'

const startTimeMs = 1_700_000_000_000

function openEngine(overrides: Partial<RecordSink> = {}) {
  const records: WandbRecord[] = []
  const dropped: string[] = []
  const engine = createEngine({
    startTimeMs,
    sink: {
      appendRecord: (payload, length) => records.push(decodeRecord(payload.slice(0, length))),
      canTakeRow: () => true,
      dropRow: (reason) => dropped.push(reason),
      ...overrides,
    },
  })
  let step = 0
  const shapes: string[] = []

  /** A numeric row, as the ring delivers it; labels of a nested value are joined with `>`. */
  function numbers(values: Record<string, number>): void {
    const paths = Object.keys(values).map((name) => name.split('>'))
    const signature = JSON.stringify(paths)
    if (!shapes.includes(signature)) {
      engine.defineShape(shapes.push(signature) - 1, paths)
    }
    engine.logNumbers(
      shapes.indexOf(signature),
      step,
      startTimeMs + step * 1000,
      Float64Array.from(Object.values(values)),
      0,
    )
    step += 1
  }

  /** A row of the slow path; paths joined with a slash, values as JSON. */
  function row(values: Record<string, string>): void {
    const items = Object.entries(values).map(([path, json]) => ({ path: path.split('/'), json }))
    engine.logRow({ kind: 'row', items, step, isCommitted: true, timeMs: startTimeMs + step * 1000 })
    step += 1
  }

  return {
    engine,
    records,
    dropped,
    numbers,
    row,
    of: <Kind extends WandbRecord['kind']>(kind: Kind) =>
      records.filter((record): record is Extract<WandbRecord, { kind: Kind }> => record.kind === kind),
    lastRow() {
      const items = records.findLast((record) => record.kind === 'history')?.history.item ?? []
      return Object.fromEntries(items.map((item) => [item.nestedKey?.join('/'), parseJson(item.valueJson ?? '')]))
    },
  }
}

describe('automatic keys', () => {
  test('a row has its step, time and runtime', () => {
    const { numbers, lastRow, engine, row } = openEngine()
    numbers({ loss: 1 })
    numbers({ loss: 2 })
    expect(lastRow()).toEqual({ loss: 2, _step: 1, _runtime: 1, _timestamp: startTimeMs / 1000 + 1 })
    row({ loss: '3', _timestamp: '5.5', _step: '77', _runtime: '88' })
    expect(lastRow()).toEqual({ loss: 3, _step: 2, _runtime: 2, _timestamp: 5.5 })
    expect(engine.readSummary()).toEqual({ loss: 3, _step: 2, _runtime: 2, _timestamp: 5.5, _wandb: { runtime: 2 } })
  })

  test('a resumed run counts its earlier runtime', () => {
    const records: WandbRecord[] = []
    const engine = createEngine({
      startTimeMs,
      earlierRuntimeSeconds: 100,
      sink: {
        appendRecord: (p, length) => records.push(decodeRecord(p.slice(0, length))),
        canTakeRow: () => true,
        dropRow() {},
      },
    })
    engine.finish(0, startTimeMs + 2500)
    expect(records.at(-1)).toMatchObject({ kind: 'exit', exit: { runtime: 102 } })
  })
})

test('the courses of metrics come in the order of their definitions, then as they came', () => {
  const { engine, numbers } = openEngine()
  engine.defineMetric({ globName: 'epoch/*', stepMetric: 'epoch' })
  engine.defineMetric({ globName: 'gradient/*' })
  engine.defineMetric({ name: 'defined' })
  for (const value of [0.5, 0.25]) {
    numbers({ other: value })
    numbers({ 'gradient/a': value, 'gradient/b': value, defined: value })
    numbers({ 'epoch/loss': value, last: value })
  }
  const names = engine.readContents().histories.map(({ path }) => path.join('.'))
  expect(names).toEqual(['epoch/loss', 'gradient/a', 'gradient/b', 'defined', 'other', 'last'])
})

describe('the summary', () => {
  test.each([
    ['nothing', {}, 2],
    ['min', { min: true }, { min: 1 }],
    [
      'all',
      { min: true, max: true, mean: true, first: true, last: true },
      { min: 1, max: 3, mean: 2, first: 3, last: 2 },
    ],
    ['best and copy, which W&B ignores', { best: true, copy: true }, 2],
  ])('with %s selected', (_name, summary, expected) => {
    const { engine, numbers } = openEngine()
    engine.defineMetric({ name: 'loss', summary })
    for (const loss of [3, 1, 2]) numbers({ loss })
    expect(engine.readSummary()).toMatchObject({ loss: expected })
  })

  test('none keeps a metric out', () => {
    const { engine, numbers } = openEngine()
    engine.defineMetric({ name: 'loss', summary: { none: true } })
    numbers({ loss: 1, acc: 2 })
    expect(engine.readSummary()).not.toHaveProperty('loss')
    engine.finish(0, startTimeMs)
  })

  test('statistics count from the first value, also of a metric that is defined later', () => {
    const { engine, numbers } = openEngine()
    for (const loss of [5, 1]) numbers({ loss })
    engine.defineMetric({ name: 'loss', summary: { max: true } })
    numbers({ loss: 2 })
    expect(engine.readSummary()).toMatchObject({ loss: { max: 5 } })
  })

  test('NaN stays in minimum and maximum; what is no number has neither', () => {
    const { engine, row } = openEngine()
    engine.defineMetric({ name: 'loss', summary: { min: true, last: true } })
    engine.defineMetric({ name: 'text', summary: { mean: true, min: true } })
    row({ loss: '1', text: '"a"' })
    row({ loss: 'NaN', text: '"b"' })
    row({ loss: '2', text: '"c"' })
    expect(engine.readSummary()).toMatchObject({
      loss: { min: Number.NaN, last: 2 },
      text: { mean: Number.NaN, min: 0 },
    })
  })

  test('a null leaves it', () => {
    const { engine, row } = openEngine()
    row({ a: '1', b: '2' })
    row({ a: 'null' })
    expect(engine.readSummary()).toMatchObject({ b: 2 })
    expect(engine.readSummary()).not.toHaveProperty('a')
  })

  test('a value set by hand cancels the statistics', () => {
    const { engine, numbers } = openEngine()
    engine.defineMetric({ name: 'loss', summary: { min: true } })
    numbers({ loss: 1 })
    engine.updateSummary([{ path: ['loss'], json: '"done"' }], [])
    expect(engine.readSummary()).toMatchObject({ loss: 'done' })
    numbers({ loss: 4 })
    expect(engine.readSummary()).toMatchObject({ loss: 4 })
  })

  test('a path with dots configures the nested metric, an escaped dot the key with the dot', () => {
    const { engine, row } = openEngine()
    engine.defineMetric({ name: 'a.b', summary: { max: true } })
    engine.defineMetric({ name: 'c\\.d', summary: { max: true } })
    row({ 'a/b': '1', 'c.d': '2' })
    expect(engine.readSummary()).toMatchObject({ a: { b: { max: 1 } }, 'c.d': { max: 2 } })
  })

  test('is recorded at most once in an interval, and at the end', () => {
    const { engine, numbers, of } = openEngine()
    numbers({ loss: 1 })
    expect(engine.tick(startTimeMs)).toBe(false)
    numbers({ loss: 2 })
    expect(engine.tick(startTimeMs + 999)).toBe(true)
    expect(of('summary')).toHaveLength(1)
    expect(engine.tick(startTimeMs + 1000)).toBe(false)
    expect(of('summary')).toHaveLength(2)
    numbers({ loss: 3 })
    engine.finish(0, startTimeMs + 5000)
    const last = of('summary').at(-1)?.summary.update ?? []
    expect(last).toContainEqual({ nestedKey: ['loss'], valueJson: '3' })
    expect(last).toContainEqual({ nestedKey: ['_wandb', 'runtime'], valueJson: '5' })
  })

  test('a leaf gives way to a subtree, and the other way round', () => {
    const { engine, row, numbers } = openEngine()
    numbers({ a: 1 })
    row({ 'a/b': '2' })
    expect(engine.readSummary()).toMatchObject({ a: { b: 2 } })
    numbers({ a: 3 })
    numbers({ a: 4 })
    expect(engine.readSummary()).toMatchObject({ a: 4 })
  })
})

describe('metric definitions', () => {
  test('a glob is expanded for each new key, before its first row', () => {
    const { engine, numbers, records } = openEngine()
    engine.defineMetric({ globName: 'val/*', stepMetric: 'epoch', summary: { max: true }, options: { hidden: true } })
    for (const epoch of [0, 1]) numbers({ 'val/loss': 1 - epoch, epoch, _hidden: 1, train: 2 })
    expect(records.map((record) => record.kind)).toEqual(['metric', 'metric', 'history', 'history'])
    expect(records[0]).toMatchObject({ metric: { globName: 'val/*', options: { defined: true } } })
    expect(records[1]).toMatchObject({
      metric: {
        name: 'val/loss',
        stepMetric: 'epoch',
        expandedFromGlob: true,
        control: { overwrite: true },
        options: { hidden: true },
      },
    })
    expect(records[1]).not.toMatchObject({ metric: { options: { defined: true } } })
    expect(engine.readSummary()).toMatchObject({ 'val/loss': { max: 1 }, epoch: 1 })
  })

  test('a bare star matches all keys but hidden ones, and the longest prefix wins', () => {
    const { engine, numbers, of } = openEngine()
    engine.defineMetric({ globName: '*', summary: { min: true } })
    engine.defineMetric({ globName: 'val/*', summary: { max: true } })
    numbers({ 'val/loss': 1, loss: 2, _private: 3 })
    numbers({ 'val/loss': 3, loss: 4, _private: 5 })
    expect(engine.readSummary()).toMatchObject({ 'val/loss': { max: 3 }, loss: { min: 2 }, _private: 5 })
    expect(of('metric')).toHaveLength(4)
  })

  test('a synced step metric that is not in the row is added with its last value', () => {
    const { engine, numbers, lastRow } = openEngine()
    engine.defineMetric({ name: 'acc', stepMetric: 'epoch', options: { stepSync: true } })
    numbers({ acc: 1 })
    expect(lastRow()).toMatchObject({ acc: 1, epoch: 0 })
    numbers({ epoch: 4, loss: 1 })
    numbers({ acc: 2 })
    expect(lastRow()).toMatchObject({ acc: 2, epoch: 4 })
    numbers({ acc: 3, epoch: 5 })
    expect(lastRow()).toMatchObject({ acc: 3, epoch: 5 })
    numbers({ loss: 1 })
    expect(lastRow()).not.toHaveProperty('epoch')
  })

  test('statistics bring a metric back that was to be in no summary, as in W&B', () => {
    const { engine, numbers } = openEngine()
    engine.defineMetric({ name: 'loss', summary: { none: true } })
    engine.defineMetric({ name: 'loss', options: { hidden: true } })
    numbers({ loss: 1 })
    expect(engine.readSummary()).not.toHaveProperty('loss')
    engine.defineMetric({ name: 'loss', summary: { max: true } })
    expect(engine.readSummary()).toMatchObject({ loss: { max: 1 } })
  })

  test('definitions of one metric are merged, unless the later one overwrites', () => {
    const { engine, numbers } = openEngine()
    engine.defineMetric({ name: 'loss', summary: { min: true } })
    engine.defineMetric({ name: 'loss', summary: { max: true } })
    numbers({ loss: 1 })
    expect(engine.readSummary()).toMatchObject({ loss: { min: 1, max: 1 } })
    engine.defineMetric({ name: 'loss', summary: { last: true }, control: { overwrite: true } })
    expect(engine.readSummary()).toMatchObject({ loss: { last: 1 } })
  })
})

test('a row that finds no room is counted, and its number is not used up', () => {
  let hasRoom = true
  const run = openEngine({ canTakeRow: () => hasRoom })
  run.numbers({ a: 1 })
  hasRoom = false
  run.numbers({ a: 2 })
  run.row({ a: '3', text: '"x"' })
  hasRoom = true
  run.numbers({ a: 4 })
  expect(run.dropped).toEqual(['no-room', 'no-room'])
  expect(run.of('history').map((record) => [Number(record.num), Number(record.history.step?.num ?? 0)])).toEqual([
    [1, 0],
    [2, 3],
  ])
})

test('an engine that replays a journal goes on where the other one stopped', () => {
  const first = openEngine()
  first.engine.defineMetric({ globName: '*', summary: { min: true, max: true } })
  for (const loss of [3, 1, 2]) first.numbers({ loss })
  first.engine.updateSummary([{ path: ['best'], json: '7' }], [])
  first.engine.tick(startTimeMs)
  const second = openEngine()
  for (const { num, ...body } of first.records) second.engine.replay(body)
  expect(second.engine.readSummary()).toEqual(first.engine.readSummary())
  expect(second.engine.recordCount).toBe(first.records.length)
  // Rows that are in the journal come again from the ring, and are not written twice.
  for (const loss of [3, 1, 2, 9]) second.numbers({ loss })
  expect(second.of('history')).toHaveLength(1)
  expect(second.engine.readSummary()).toMatchObject({ loss: { min: 1, max: 9 }, best: 7 })
})

describe('the longest line that servers take', () => {
  const key = 'k'.repeat(1000)

  test('counts keys as well as values', () => {
    const session = openEngine()
    session.row(Object.fromEntries(Array.from({ length: 10_400 }, (_value, index) => [`${key}${index}`, '1'])))
    expect(session.dropped).toEqual(['too-large'])
    expect(session.of('history')).toEqual([])
  })

  test('leaves a row just below it alone', () => {
    const session = openEngine()
    session.row({ [key]: JSON.stringify('x'.repeat(10_380_000)) })
    expect(session.dropped).toEqual([])
    expect(session.of('history')).toHaveLength(1)
  })
})

test.each([Number.NaN, 2 ** 40, 1.5])(
  'an exit code that the record has no room for (%s) is that of a failure',
  (exitCode) => {
    const { engine, of } = openEngine()
    engine.finish(exitCode, startTimeMs)
    expect(of('exit').map(({ exit }) => exit.exitCode)).toEqual([1])
  },
)
