import { expect, test } from 'vitest'
import {
  bestThreshold,
  bleu,
  bootstrapMean,
  chrf,
  cohenKappa,
  confusionMatrix,
  detectionMetrics,
  detectionReport,
  entityMetrics,
  findEntities,
  multiLabelMetrics,
  ndcg,
  precisionRecallF1,
} from '../src/index.ts'
import { thrownBy } from './thrown-by.ts'

const matrix = confusionMatrix([0, 1], [0, 1], { classCount: 2 })
const image = { truth: { boxes: [], labels: [] }, detections: { boxes: [], labels: [], scores: [] } }
// What a program in JavaScript may pass, where types forbid it.
const wrong = 'nonsense' as never

test.each([
  ['averagedClasses', () => precisionRecallF1(matrix, { averagedClasses: wrong })],
  ['zeroDivision', () => precisionRecallF1(matrix, { zeroDivision: 2 })],
  ['zeroDivision', () => multiLabelMetrics([1], [1], { labelCount: 1, zeroDivision: -1 })],
  ['zeroDivision', () => entityMetrics([], [], { zeroDivision: 0.5 })],
  ['weights', () => cohenKappa(matrix, { weights: wrong })],
  ['by', () => bestThreshold([1], [1], { by: wrong })],
  ['gain', () => ndcg([], { gain: wrong })],
  ['smoothing', () => bleu(['a'], ['a'], { smoothing: wrong })],
  ['tokenize', () => bleu(['a'], ['a'], { tokenize: wrong })],
  ['beta', () => chrf(['a'], ['a'], { beta: 0 })],
  ['scheme', () => findEntities(['O'], { scheme: wrong })],
  ['boxFormat', () => detectionMetrics([image], { classCount: 1, boxFormat: wrong })],
  ['scoreThreshold', () => detectionReport([image], { classCount: 1, scoreThreshold: Number.NaN })],
  ['method', () => bootstrapMean([1], { method: wrong })],
])('%s must be one of what is allowed: %s', (option, call) => {
  expect(thrownBy(call)).toMatchObject({ code: 'evaluation-option', message: expect.stringContaining(`${option} is `) })
})
