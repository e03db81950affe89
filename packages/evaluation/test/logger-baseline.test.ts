import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  bootstrapInterval,
  classification,
  type EvaluationBaseline,
  EvaluationLogger,
  type EvaluationProblemCode,
  readEvaluation,
  regression,
  speechRecognition,
} from '../src/index.ts'
import { openTrackedRun } from './tracked-run.ts'

const onProblem = () => undefined
const animals = classification({ labels: ['cat', 'dog', 'fox'] })

/** An evaluation of rows `id: actual predicted`, each class by its first letter. */
function evaluate(rows: readonly string[], baseline?: EvaluationBaseline) {
  const evaluation = new EvaluationLogger({ task: animals, onProblem, baseline, name: baseline ? 'now' : 'before' })
  const nameOf = (letter = '') => ({ c: 'cat', d: 'dog', f: 'fox' })[letter] ?? ''
  for (const row of rows) {
    const [id = '', label, prediction] = row.split(' ')
    evaluation.log({ id, label: nameOf(label), prediction: nameOf(prediction), inputs: { text: `text of ${id}` } })
  }
  return evaluation.finish()
}

const before = ['a c c', 'b c d', 'c d d', 'd d c', 'e f f', 'only-before f c']
const now = ['e f f', 'd d f', 'c d c', 'b c c', 'a c c', 'only-now c c']

test('rows are joined by their ids, in whatever order', async () => {
  const { comparison } = await evaluate(now, await evaluate(before))
  expect(comparison).toMatchObject({ baseline: 'before', joinedCount: 5 })
  expect(comparison?.counts).toEqual({
    ...{ fixed: 1, broken: 1, 'both wrong': 1, 'both right': 2 },
    ...{ better: 0, worse: 0, same: 0 },
  })
  expect(comparison?.changes).toEqual([
    expect.objectContaining({ id: 'd', change: 'both wrong', prediction: 'fox', baseline_prediction: 'cat' }),
    expect.objectContaining({ id: 'c', change: 'broken', text: 'text of c', baseline_prediction: 'dog' }),
    expect.objectContaining({ id: 'b', change: 'fixed', label: 'cat', badness: 0, baseline_badness: 1 }),
  ])
})

test('deltas have paired intervals, of the rows that both have', async () => {
  const { comparison } = await evaluate(now, await evaluate(before))
  const isCorrectBefore = [1, 0, 1, 0, 1]
  const isCorrectNow = [1, 1, 0, 0, 1]
  // In the order of this evaluation.
  const pairs = [4, 3, 2, 1, 0].map((row) => isCorrectNow[row]! - isCorrectBefore[row]!)
  const gain = (rows: Uint32Array) => rows.reduce((sum, row) => sum + pairs[row]!, 0) / rows.length
  const { estimate, lower, upper } = bootstrapInterval(5, gain)
  const delta = comparison?.deltas.accuracy
  expect(delta).toMatchObject({ baseline: 0.6, current: 0.6, rowCount: 5 })
  expect([delta?.delta, delta?.lower, delta?.upper]).toEqual([
    expect.closeTo(estimate, 12),
    expect.closeTo(lower, 12),
    expect.closeTo(upper, 12),
  ])
  expect(comparison?.deltas).toHaveProperty('f1_macro.lower')
  expect(comparison?.deltas.precision_micro).toMatchObject({ lower: undefined, rowCount: undefined })
})

test('without intervals the deltas are still those of the rows that both have', async () => {
  const baseline = await evaluate(before)
  const evaluation = new EvaluationLogger({ task: animals, onProblem, baseline, confidence: false })
  evaluation.log({ id: 'b', label: 'cat', prediction: 'cat' })
  evaluation.log({ id: 'new', label: 'cat', prediction: 'dog' })
  const { comparison, intervals } = await evaluation.finish()
  expect(intervals).toEqual({})
  expect(comparison?.deltas.accuracy).toEqual({
    ...{ baseline: 0, current: 1, delta: 1, rowCount: 1 },
    ...{ lower: undefined, upper: undefined },
  })
})

test('intervals are those of bootstrapInterval', async () => {
  const { intervals } = await evaluate(before)
  const isCorrect = [1, 0, 1, 0, 1, 0]
  const { standardError, ...expected } = bootstrapInterval(
    6,
    (rows) => rows.reduce((sum, row) => sum + isCorrect[row]!, 0) / rows.length,
  )
  expect(intervals.accuracy).toEqual({
    ...{ estimate: expected.estimate, lower: expected.lower, upper: expected.upper, rowCount: 6 },
    standardError: expect.closeTo(standardError, 12),
  })
})

test('an evaluation of the artifact of another run can be the baseline', async () => {
  await using first = await openTrackedRun()
  const evaluation = new EvaluationLogger({ run: first.run, task: animals, name: 'my test' })
  evaluation.log({ id: 'x', label: 'cat', prediction: 'dog' })
  const result = await evaluation.finish()
  const [artifact] = (await first.finishAndRead()).artifacts
  expect(artifact).toMatchObject({ name: 'evaluation-my-test', type: 'evaluation' })
  const path = artifact?.pathOf('evaluation.json') ?? ''
  const baseline = await readEvaluation(path)
  expect(baseline).toEqual({
    ...{ name: 'my test', task: 'classification', rowCount: 1, records: result.records },
    // What a run of one class leaves undefined is NaN there too.
    metrics: result.metrics,
  })

  await using second = await openTrackedRun()
  const next = new EvaluationLogger({ run: second.run, task: animals, name: 'my test', baseline })
  next.log({ id: 'x', label: 'cat', prediction: 'cat', inputs: { text: 'purrs' } })
  await next.finish()
  const written = await second.finishAndRead()
  expect(written.rows[0]).toMatchObject({
    ...{ 'my test/changes/fixed': 1, 'my test/changes/joined': 1, 'my test/delta/accuracy': 1 },
    ...{ 'my test/delta/accuracy/lower': 1, 'my test/delta/accuracy/upper': 1 },
  })
  const [change] = await written.readTable('my test/changes')
  expect(change).toMatchObject({ id: 'x', change: 'fixed', text: 'purrs', baseline_prediction: 'dog' })
})

test('a name that no artifact can have becomes one that it can', async () => {
  await using tracked = await openTrackedRun()
  const name = `of ${'very '.repeat(40)}long`
  const evaluation = new EvaluationLogger({
    run: tracked.run,
    task: regression(),
    artifact: name,
    onProblem: ({ message }) => expect.fail(message),
  })
  evaluation.log({ label: 1, prediction: 1 })
  await evaluation.finish()
  const [artifact] = (await tracked.finishAndRead()).artifacts
  expect(artifact?.name).toBe(name.replaceAll(' ', '-').slice(0, 128))
})

test('a version of an artifact is downloaded, and its folder read', async () => {
  await using tracked = await openTrackedRun()
  const evaluation = new EvaluationLogger({ run: tracked.run, task: regression() })
  evaluation.log({ label: 1, prediction: Number.NaN })
  const { records, metrics } = await evaluation.finish()
  const [artifact] = (await tracked.finishAndRead()).artifacts
  const path = artifact?.pathOf('evaluation.json') ?? ''
  expect(await readEvaluation({ download: async () => path })).toMatchObject({ records, metrics })
  await expect(readEvaluation(dirname(path))).rejects.toThrow()
  const isRefused = (given: string) => expect(readEvaluation(given)).rejects.toMatchObject({ code: 'evaluation-value' })
  await isRefused(new URL('fixtures/text.json', import.meta.url).pathname)
  // A later version means other things by the same names.
  const later = join(dirname(path), 'later.json')
  await writeFile(later, (await readFile(path, 'utf8')).replace('"version":1', '"version":2'))
  await isRefused(later)
})

describe('baselines that do not fit', () => {
  test('one of another task is told of, and nothing compared', async () => {
    const other = new EvaluationLogger({ task: speechRecognition(), onProblem })
    const problems: EvaluationProblemCode[] = []
    const evaluation = new EvaluationLogger({
      task: animals,
      baseline: await other.finish(),
      onProblem: ({ code }) => problems.push(code),
    })
    evaluation.log({ label: 'cat', prediction: 'cat' })
    expect((await evaluation.finish()).comparison).toBeUndefined()
    expect(problems).toEqual(['evaluation-baseline', 'evaluation-no-run'])
  })

  test('classes in another order are still the same classes', async () => {
    const other = new EvaluationLogger({ task: classification({ labels: ['fox', 'cat', 'dog'] }), onProblem })
    other.log({ id: 'a', label: 'cat', prediction: 'dog' })
    const { comparison } = await evaluate(now, await other.finish())
    expect(comparison?.changes[0]).toMatchObject({ change: 'fixed', baseline_prediction: 'dog' })
    expect(comparison?.deltas.accuracy).toMatchObject({ baseline: 0, current: 1, rowCount: 1, lower: 1 })
  })

  test('with classes that there are not now, rows are compared and metrics have no interval', async () => {
    const wider = new EvaluationLogger({ task: classification({ labels: ['cow', 'cat', 'dog'] }), onProblem })
    wider.log({ id: 'a', label: 'cat', prediction: 'cow' })
    const { comparison } = await evaluate(now, await wider.finish())
    expect(comparison?.changes[0]).toMatchObject({ change: 'fixed', baseline_prediction: 'cow' })
    expect(comparison?.deltas.accuracy).toMatchObject({ baseline: 0, rowCount: undefined, lower: undefined })
  })

  test('without a row in common there are differences of metrics only', async () => {
    const { comparison } = await evaluate(['z c c'], await evaluate(before))
    expect(comparison).toMatchObject({ joinedCount: 0, changes: [] })
    expect(comparison?.deltas.accuracy).toMatchObject({ delta: 0.5, lower: undefined })
  })
})

test('numbers are better or worse', async () => {
  const task = regression()
  const first = new EvaluationLogger({ task, onProblem })
  for (const prediction of [1, 2, 3, Number.NaN]) first.log({ label: 2, prediction })
  const second = new EvaluationLogger({ task, onProblem, baseline: await first.finish() })
  for (const prediction of [1, 2.5, 2.5, 2]) second.log({ label: 2, prediction })
  const { comparison } = await second.finish()
  expect(comparison?.counts).toMatchObject({ same: 1, worse: 1, better: 2, fixed: 0 })
  expect(comparison?.changes[0]).toMatchObject({ id: 1, change: 'worse', baseline_prediction: 2 })
})
