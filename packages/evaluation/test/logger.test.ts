import { describe, expect, test } from 'vitest'
import {
  classification,
  custom,
  EvaluationLogger,
  type EvaluationLoggerOptions,
  type EvaluationProblemCode,
  type EvaluationRow,
  regression,
} from '../src/index.ts'
import { thrownBy } from './thrown-by.ts'
import { openTrackedRun } from './tracked-run.ts'

/** An evaluation without a run, and the codes of what it tells. */
function openQuiet<Row extends EvaluationRow, Details>(options: EvaluationLoggerOptions<Row, Details>) {
  const problems: EvaluationProblemCode[] = []
  const onProblem = ({ code }: { code: EvaluationProblemCode }) => problems.push(code)
  return { evaluation: new EvaluationLogger({ onProblem, ...options }), problems }
}

describe('wrong use', () => {
  const pets = classification({ labels: ['cat', 'dog'] })

  test.each([
    ['evaluation-label', { label: 'cow', prediction: 'dog' }],
    ['evaluation-label', { label: 'cat', prediction: 2 }],
    ['evaluation-length', { label: 'cat', scores: [0.1, 0.2, 0.7] }],
    ['evaluation-row', { label: undefined, prediction: 'cat' }],
    ['evaluation-row', { label: 'cat' }],
    ['evaluation-row', { label: 'cat', scores: ['a', 'b'] }],
    ['evaluation-row', { label: 'cat', prediction: 'cat', latencyMs: '3' }],
    ['evaluation-row', { id: {}, label: 'cat', prediction: 'cat' }],
    ['evaluation-row', undefined],
    ['evaluation-id', { id: '7', label: 'cat', prediction: 'cat' }],
  ])('%s: %j', async (code, row) => {
    const { evaluation } = openQuiet({ task: pets })
    evaluation.log({ id: 7, label: 'dog', prediction: 'dog' })
    expect(thrownBy(() => evaluation.log(row as never))).toMatchObject({ code })
    const { rowCount, metrics } = await evaluation.finish()
    expect([rowCount, metrics.accuracy]).toEqual([1, 1])
  })

  test('a number that takes the place of an id may be one that was given', () => {
    const { evaluation } = openQuiet({ task: regression() })
    evaluation.log({ id: 1, label: 1, prediction: 1 })
    expect(thrownBy(() => evaluation.log({ label: 1, prediction: 1 }))).toMatchObject({ code: 'evaluation-id' })
  })

  test('an id from a tensor of int64 is the number that it is', () => {
    const { evaluation } = openQuiet({ task: regression() })
    evaluation.log({ id: 7n as never, label: 1, prediction: 1 })
    expect(thrownBy(() => evaluation.log({ id: 7, label: 1, prediction: 1 }))).toMatchObject({ code: 'evaluation-id' })
  })

  test('a row after finish', async () => {
    const { evaluation } = openQuiet({ task: regression() })
    const finished = evaluation.finish()
    expect(thrownBy(() => evaluation.log({ label: 1, prediction: 1 }))).toMatchObject({ code: 'evaluation-finished' })
    expect(evaluation.finish()).toBe(finished)
    await finished
  })

  test.each([
    { maxRows: -1 },
    { maxRows: 200_001 },
    { keptMegabytes: 0 },

    { confidence: 1 },
    { name: '' },
    { task: undefined },
    { baseline: {} },
  ])('options %j', (options) => {
    const task = regression()
    expect(thrownBy(() => new EvaluationLogger({ task, ...options } as never))).toMatchObject({
      code: 'evaluation-option',
    })
  })
})

test('a row that is refused leaves no class behind', async () => {
  const { evaluation } = openQuiet({ task: classification() })
  for (const row of [{ label: 3, prediction: 'zebra' }, { label: 'zebra' }, { label: 'zebra', prediction: 3 }]) {
    expect(() => evaluation.log(row)).toThrow()
  }
  evaluation.log({ label: 'cat', prediction: 'dog' })
  expect(() => evaluation.log({ label: 'zebra', prediction: {} as never })).toThrow()
  const { details, metrics } = await evaluation.finish()
  expect(details.classes).toEqual(['cat', 'dog'])
  expect(metrics).toHaveProperty('f1')
})

test('of equally bad rows the first ones are shown, in their order', async () => {
  const { evaluation } = openQuiet({ task: regression(), worstCount: 3 })
  for (const [id, error] of [1, 2, 1, 2, 1].entries()) evaluation.log({ id, label: 0, prediction: error })
  const { tables } = await evaluation.finish()
  expect(tables.worst.map(({ id }) => id)).toEqual([1, 3, 0])
})

test('without a run all is computed and one problem is told', async () => {
  const { evaluation, problems } = openQuiet({
    task: custom({ metrics: { length: ({ label }) => String(label).length } }),
  })
  evaluation.log({ label: 'abc' })
  evaluation.log({ label: 'a' })
  expect((await evaluation.finish()).metrics).toEqual({ length: 2 })
  expect(problems).toEqual(['evaluation-no-run'])
})

test('each evaluation of a run is a row of its history', async () => {
  await using tracked = await openTrackedRun()
  for (const [step, prediction] of [1, 3].entries()) {
    const evaluation = new EvaluationLogger({ run: tracked.run, task: regression(), name: 'val', step: step * 10 })
    evaluation.log({ label: 1, prediction })
    await evaluation.finish()
  }
  // Each row is complete: nothing else joins it.
  expect(tracked.run.step).toBe(11)
  const { rows, summary } = await tracked.finishAndRead()
  expect(rows.map((row) => row['val/mae'])).toEqual([0, 2])
  expect(summary['val/mae']).toBe(2)
})

test('a finished run is told of, not thrown', async () => {
  await using tracked = await openTrackedRun()
  await tracked.run.finish()
  const { evaluation, problems } = openQuiet({ task: regression(), run: tracked.run })
  evaluation.log({ label: 1, prediction: 1 })
  expect((await evaluation.finish()).metrics.mae).toBe(0)
  expect(problems).toEqual(['evaluation-not-logged'])
})

test('finish gives others their turn', async () => {
  const { evaluation } = openQuiet({ task: classification() })
  for (let row = 0; row < 3000; row += 1) evaluation.log({ label: row % 3, scores: [0.5, 0.25, 0.25] })
  let turns = 0
  const timer = setInterval(() => {
    turns += 1
  }, 0)
  await evaluation.finish()
  clearInterval(timer)
  expect(turns).toBeGreaterThan(3)
})
