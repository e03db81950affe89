import { describeValue } from '@lossline/core/adapter'
import { TransformersOptionError } from '../errors.ts'
import { checkEmbedder } from './embed.ts'
import { checkExamples } from './examples.ts'
import type { TrainerOptions } from './trainer.ts'

/** Refuses options of a trainer that cannot be, before anything is embedded. @throws TransformersOptionError */
export function checkTrainerOptions(options: TrainerOptions): void {
  checkEmbedder(options.embedder, "new Trainer({ embedder: await pipeline('feature-extraction', model), … })")
  checkExamples('trainDataset', options.trainDataset)
  if (options.evalDataset !== undefined) checkExamples('evalDataset', options.evalDataset)
  const { labels, hiddenSizes, dropout = 0, computeMetrics, callbacks = [] } = options
  if (labels !== undefined && !isListOf(labels, (label) => typeof label === 'string')) {
    throw refuse('labels', labels, "a list of texts, such as ['bug', 'feature']")
  }
  if (hiddenSizes !== undefined && !isListOf(hiddenSizes, (size) => Number.isSafeInteger(size) && Number(size) >= 1)) {
    throw refuse('hiddenSizes', hiddenSizes, 'a list of whole numbers from 1, such as [32]')
  }
  if (!(dropout >= 0 && dropout < 1)) throw refuse('dropout', dropout, 'a number from 0, below 1')
  if (computeMetrics !== undefined && typeof computeMetrics !== 'function') {
    throw refuse('computeMetrics', computeMetrics, 'a function: ({ predictions, labelIds }) => ({ accuracy })')
  }
  if (!isListOf(callbacks, isCallback)) {
    throw refuse('callbacks', callbacks, 'a list of objects with events: [{ onStepEnd({ state }) { … } }]')
  }
}

function isListOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isMember)
}

/** Objects with an event; its methods may be those of a class. */
function isCallback(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  for (
    let part: object | null = value;
    part !== null && part !== Object.prototype;
    part = Object.getPrototypeOf(part)
  ) {
    if (Object.getOwnPropertyNames(part).some((name) => /^on[A-Z]/.test(name))) return true
  }
  return false
}

function refuse(option: string, value: unknown, allowed: string): TransformersOptionError {
  return new TransformersOptionError(`The option ${option} is ${describeValue(value)}.`, `Pass ${allowed}.`)
}
