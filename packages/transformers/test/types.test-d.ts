import type {
  FeatureExtractionPipeline,
  TextClassificationPipeline,
  TextGenerationPipeline,
} from '@huggingface/transformers'
import type { Run } from '@lossline/core'
import { expectTypeOf, test } from 'vitest'
import {
  type Embedder,
  type ReportOptions,
  type RunLike,
  reportTo,
  type TensorFlowLike,
  Trainer,
} from '../src/index.ts'
import { pipeline } from '../src/pipeline.ts'

declare const run: Run<{ learningRate: number }>
declare const classify: TextClassificationPipeline
declare const generate: TextGenerationPipeline
declare const embed: FeatureExtractionPipeline

test('runs of any config fit', () => {
  expectTypeOf(run).toExtend<RunLike>()
})

test('a pipeline keeps its type, with all overloads and generics', () => {
  expectTypeOf(reportTo(classify, { run })).toEqualTypeOf<TextClassificationPipeline>()
  expectTypeOf(reportTo(embed)).toEqualTypeOf<FeatureExtractionPipeline>()
  const reported = reportTo(generate, { run })
  expectTypeOf(reported).toEqualTypeOf<TextGenerationPipeline>()
  expectTypeOf(reported('hello')).toEqualTypeOf(generate('hello'))
  expectTypeOf(reported(['hello'])).toEqualTypeOf(generate(['hello']))
  expectTypeOf(reported([{ role: 'user', content: 'hello' }])).toEqualTypeOf(
    generate([{ role: 'user', content: 'hello' }]),
  )
})

test('pipeline gives the type of the task', () => {
  expectTypeOf(pipeline('text-classification', 'm', { reportTo: run })).resolves.toExtend<TextClassificationPipeline>()
  expectTypeOf(
    pipeline('text-generation', 'm', { dtype: 'q8', reportTo: 'none' }),
  ).resolves.toExtend<TextGenerationPipeline>()
})

test('options that do not exist are refused', () => {
  // @ts-expect-error
  reportTo(classify, { logInput: false })
  // @ts-expect-error
  void pipeline('no-such-task')
  expectTypeOf<{ maxRows: 5 }>().toExtend<ReportOptions>()
})

declare const tf: typeof import('@tensorflow/tfjs')

test('the trainer takes TensorFlow.js and pipelines as they are', () => {
  expectTypeOf(tf).toExtend<TensorFlowLike>()
  expectTypeOf(embed).toExtend<Embedder>()
  const args = { learningRate: 0.01, lrSchedulerType: 'cosine', evalStrategy: 'epoch' } as const
  const trainer = new Trainer({ embedder: embed, tf, trainDataset: [{ text: 'a', label: 'b' }], reportTo: run, args })
  expectTypeOf(trainer.classifier.save).returns.resolves.toBeVoid()
  // @ts-expect-error
  new Trainer({ embedder: embed, trainDataset: [], args: { lr: 1 } })
  // @ts-expect-error
  new Trainer({ embedder: embed, trainDataset: [], reportTo: 'wandb' })
})
