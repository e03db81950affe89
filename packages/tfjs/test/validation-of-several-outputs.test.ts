import { expect, test } from 'vitest'
import { losslineCallback, type TfjsProblem } from '../src/index.ts'
import { tf } from './tensorflow.ts'
import { makeModelWithOutputs, makePoints } from './tiny-models.ts'
import { openTrackedRun } from './tracked-run.ts'

/** Values on the data after training, computed from the model's predictions: what `val_*` of the last epoch must be. */
function evaluateOutputs(model: ReturnType<typeof makeModelWithOutputs>, outputNames: readonly string[]) {
  const { x, y } = makePoints(tf)
  const predictions = [model.predict(x)].flat()
  const values: Record<string, number> = { 'epoch/val_loss': 0 }
  for (const [index, name] of outputNames.entries()) {
    const errors = predictions[index]?.sub(y.mul(index + 1)) ?? tf.scalar(Number.NaN)
    const loss = errors.square().mean().dataSync()[0] ?? Number.NaN
    values[`epoch/val_${name}_loss`] = loss
    values[`epoch/val_${name}_mae`] = errors.abs().mean().dataSync()[0] ?? Number.NaN
    values['epoch/val_loss'] = (values['epoch/val_loss'] ?? 0) + loss
  }
  return values
}

async function train(outputNames: readonly string[], withModel: boolean, metrics = ['mae']) {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const problems: TfjsProblem[] = []
  const model = makeModelWithOutputs(tf, outputNames, metrics)
  const { x, y } = makePoints(tf)
  const ys = outputNames.map((_, index) => y.mul(index + 1))
  const options = { run, onProblem: (problem: TfjsProblem) => void problems.push(problem) }
  const callbacks = losslineCallback(withModel ? { ...options, model } : options)
  await model.fit(x, ys, { epochs: 2, validationData: [x, ys], verbose: 0, callbacks })
  const { rows } = await tracked.finishAndRead()
  return { model, row: (rows.at(-1) ?? {}) as Record<string, number>, problems }
}

function valuesOf(row: Record<string, number>) {
  return Object.fromEntries(Object.entries(row).filter(([key]) => key.startsWith('epoch/val_')))
}

test.each([
  [['a', 'b'], true],
  [['a', 'b'], false],
  [['a', 'b', 'c'], true],
  [['a', 'b', 'c'], false],
])('outputs %s, model given: %s: the val_* values have their right names', async (outputNames, withModel) => {
  const { model, row, problems } = await train(outputNames, withModel)

  const expected = evaluateOutputs(model, outputNames)
  // The last n − 1 metrics never reach a callback.
  const lost = outputNames.slice(1).map((name) => `epoch/val_${name}_mae`)
  for (const key of lost) delete expected[key]
  const found = valuesOf(row)
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort())
  for (const [key, value] of Object.entries(expected)) expect(found[key], key).toBeCloseTo(value, 5)
  expect(problems.map((problem) => problem.code)).toEqual(['tfjs-shifted-validation'])
  expect(problems[0]?.hint).toContain(lost.map((key) => key.slice('epoch/'.length)).join(', '))
})

test('every loss of a model without metrics is known', async () => {
  const { model, row, problems } = await train(['a', 'b', 'c'], true, [])

  const expected = evaluateOutputs(model, ['a', 'b', 'c'])
  for (const key of ['epoch/val_loss', 'epoch/val_a_loss', 'epoch/val_b_loss', 'epoch/val_c_loss']) {
    expect(row[key], key).toBeCloseTo(expected[key] ?? Number.NaN, 5)
  }
  expect(problems[0]?.hint).not.toContain('cannot be')
})

test('with one output nothing is changed or said', async () => {
  const { model, row, problems } = await train(['only'], false)

  expect(row['epoch/val_loss']).toBeCloseTo(evaluateOutputs(model, ['only'])['epoch/val_loss'] ?? Number.NaN, 5)
  expect(problems).toEqual([])
})
