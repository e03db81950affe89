import { describeValue, isPromise } from '@lossline/core/adapter'
import { accuracy, argmaxRows, confusionMatrix, precisionRecallF1 } from '@lossline/evaluation'
import { TransformersOptionError } from '../errors.ts'
import { isRecord } from '../transformers-like.ts'
import { bestMetricOf, isBetter } from './best-metric.ts'
import {
  type EmbeddedExamples,
  type EvalPrediction,
  fire,
  logMetrics,
  speedMetrics,
  type TrainingSession,
} from './training-session.ts'

/** What predicting gives: logits and right classes, and metrics under a prefix. */
export interface PredictionOutput extends EvalPrediction {
  readonly metrics: Readonly<Record<string, number>>
}

/** Accuracy and macro F1: the metrics of {@link TrainingSession} unless others are given. */
export function defaultMetrics({ predictions, labelIds, labels }: EvalPrediction): Record<string, number> {
  const predicted = argmaxRows(predictions, labels.length)
  const matrix = confusionMatrix(labelIds, predicted, { classCount: labels.length })
  return { accuracy: accuracy(labelIds, predicted), f1_macro: precisionRecallF1(matrix).macro.f1 }
}

/** Predicts examples batch by batch. */
export async function predictExamples(
  session: TrainingSession,
  examples: EmbeddedExamples,
  prefix: string,
): Promise<PredictionOutput> {
  const { args, head, config, computeMetrics, nowMs, pause } = session
  const startedAtMs = nowMs()
  const classCount = config.labels.length
  const batchSize = args.perDeviceEvalBatchSize
  const predictions = new Float32Array(examples.count * classCount)
  for (let start = 0; start < examples.count; start += batchSize) {
    const vectors = examples.vectors.subarray(start * examples.size, (start + batchSize) * examples.size)
    predictions.set(await head.predict(vectors), start * classCount)
    await fire(session, 'onPredictionStep')
    await pause()
  }
  const { classIds: labelIds } = examples
  const prediction = { predictions, labelIds, labels: config.labels }
  const metricsOfUser: unknown = computeMetrics(prediction)
  if (!isRecord(metricsOfUser) || isPromise(metricsOfUser)) {
    const what = describeValue(metricsOfUser)
    throw new TransformersOptionError(`computeMetrics gave ${what}.`, 'Return metrics by name: { accuracy: 0.9 }.')
  }
  const computed = Object.entries(metricsOfUser as Readonly<Record<string, number>>).map(
    ([name, value]) => [name.startsWith(`${prefix}_`) ? name : `${prefix}_${name}`, value] as const,
  )
  const stepCount = Math.ceil(examples.count / batchSize)
  const metrics = {
    [`${prefix}_loss`]: crossEntropy(predictions, labelIds, classCount),
    ...Object.fromEntries(computed),
    ...speedMetrics(prefix, (nowMs() - startedAtMs) / 1000, examples.count, stepCount),
  }
  return { ...prediction, metrics }
}

/** Evaluates, logs it, and tells the callbacks. */
export async function evaluateExamples(
  session: TrainingSession,
  examples: EmbeddedExamples,
  prefix = 'eval',
): Promise<Readonly<Record<string, number>>> {
  const { metrics } = await predictExamples(session, examples, prefix)
  await logMetrics(session, metrics)
  await fire(session, 'onEvaluate', { metrics: { ...metrics, epoch: session.state.epoch } })
  return metrics
}

/**
 * Notes the best evaluation.
 *
 * @returns whether this one is it.
 * @throws TransformersOptionError when the metric that decides is not among those of the evaluation.
 */
export function noteBest({ args, state }: TrainingSession, metrics: Readonly<Record<string, number>>): boolean {
  if (args.metricForBestModel === undefined) return false
  const value = bestMetricOf(args, metrics)
  if (value === undefined) {
    throw new TransformersOptionError(
      `The evaluation has no metric "${args.metricForBestModel}", which metricForBestModel names.`,
      `It has ${Object.keys(metrics).join(', ')}.`,
    )
  }
  if (!isBetter(value, state.bestMetric, args)) return false
  state.bestMetric = value
  state.bestGlobalStep = state.globalStep
  return true
}

/** Mean of −log(softmax) at the right classes, in float64. */
function crossEntropy(logits: ArrayLike<number>, classIds: Int32Array, classCount: number): number {
  let total = 0
  for (const [row, classId] of classIds.entries()) {
    let highest = Number.NEGATIVE_INFINITY
    for (let id = 0; id < classCount; id += 1) highest = Math.max(highest, logits[row * classCount + id] ?? Number.NaN)
    let sum = 0
    for (let id = 0; id < classCount; id += 1) sum += Math.exp((logits[row * classCount + id] ?? Number.NaN) - highest)
    total += Math.log(sum) + highest - (logits[row * classCount + classId] ?? Number.NaN)
  }
  return total / classIds.length
}
