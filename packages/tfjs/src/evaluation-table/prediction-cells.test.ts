import fc from 'fast-check'
import { expect, test } from 'vitest'
import { argmax, type CellsOptions, toComparisonCells, toLabelCell, toPredictionCells } from './prediction-cells.ts'

const labels = ['cat', 'dog', 'owl']
const of = (...values: number[]) => ({ values, width: values.length, rowCount: 1 })
const options = (task: NonNullable<CellsOptions['task']>['task'], isLogits = false): CellsOptions => ({
  task: { task, isLogits },
  labels,
})

test('of classes the most probable is the prediction', () => {
  expect(toPredictionCells(of(0.25, 0.5, 0.25), 0, options('classification'))).toEqual({
    prediction: 'dog',
    score: 0.5,
    score_cat: 0.25,
    score_dog: 0.5,
    score_owl: 0.25,
  })
})

test('logits become probabilities that sum to 1 and keep the order, however large', () => {
  const logits = fc.array(fc.double({ noNaN: true, min: -1e4, max: 1e4 }), { minLength: 2, maxLength: 15 })
  fc.assert(
    fc.property(logits, (values) => {
      const cells = toPredictionCells(of(...values), 0, { ...options('classification', true), labels: undefined })
      const scores = values.map((_, index) => cells[`score_${index}`] as number)
      expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 9)
      expect(cells.prediction).toBe(argmax(values))
    }),
  )
})

test('labels are told in the words of the predictions, one-hot or as indices', () => {
  expect(toLabelCell(of(0, 0, 1), 0, options('classification'))).toBe('owl')
  expect(toLabelCell(of(2), 0, options('classification'))).toBe('owl')
  expect(toLabelCell(of(1), 0, options('binary'))).toBe('dog')
  expect(toLabelCell(of(1, 0, 1), 0, options('multi-label'))).toBe('cat, owl')
  expect(toLabelCell(of(2.5), 0, options('regression'))).toBe(2.5)
})

test('one probability decides between two classes, several are several answers', () => {
  expect(toPredictionCells(of(0.7), 0, options('binary'))).toEqual({ prediction: 'dog', score: 0.7 })
  expect(toPredictionCells(of(0), 0, options('binary', true))).toEqual({ prediction: 'dog', score: 0.5 })
  expect(toPredictionCells(of(0.7, 0.1, 0.9), 0, options('multi-label')).prediction).toBe('cat, owl')
})

test('right and wrong, or the error', () => {
  expect(toComparisonCells(options('classification'), 'dog', 'dog')).toEqual({ correct: true })
  expect(toComparisonCells(options('multi-label'), 'cat', 'cat, owl')).toEqual({ correct: false })
  expect(toComparisonCells(options('regression'), 2, 0.5)).toEqual({ error: 1.5 })
  expect(toComparisonCells(options('regression'), [1, 2], [1, 3])).toEqual({})
})

test('rows are taken from their place; NaN is never the best', () => {
  const output = { values: [0.1, 0.9, 0.8, 0.2], width: 2, rowCount: 2 }
  expect(toPredictionCells(output, 1, options('classification')).prediction).toBe('cat')
  expect(argmax([Number.NaN, 1, Number.NaN, 3])).toBe(3)
  expect(argmax([])).toBe(0)
})

test('many values are told by their number', () => {
  const task = { task: undefined, labels: undefined }
  expect(toPredictionCells(of(...Array(65).fill(0)), 0, task)).toEqual({ prediction: '65 values' })
  expect(toPredictionCells(of(1, 2), 0, task)).toEqual({ prediction: [1, 2] })
})
