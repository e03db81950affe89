import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { reportOf } from '../src/index.ts'
import { pipeline } from '../src/pipeline.ts'
import { modelFolder, transformers } from './local-models.ts'
import { callsOf, openTrackedRun } from './tracked-run.ts'

afterEach(() => {
  vi.doUnmock('@huggingface/transformers')
  vi.resetModules()
})

test('pipeline reports, and knows the model with its files', async () => {
  await using tracked = await openTrackedRun()
  const seen: string[] = []
  const pipe = await pipeline('text-classification', 'ticket-classifier', {
    dtype: 'fp32',
    progress_callback: ({ status }) => void seen.push(status),
    reportTo: tracked.run,
  })
  expect(pipe).toBeInstanceOf(transformers.TextClassificationPipeline)
  expect(seen).toContain('ready')
  const [best] = await pipe('I was charged twice.')
  expect(best?.label).toBe('billing')

  const written = await tracked.finishAndRead()
  expect(callsOf(written, 'text-classification')).toHaveLength(1)
  const sizeOf = (file: string): number => statSync(join(modelFolder, 'ticket-classifier', file)).size
  expect(written.config).toMatchObject({
    pipelines: {
      'text-classification': {
        model: 'ticket-classifier',
        files: { 'onnx/model.onnx': sizeOf('onnx/model.onnx'), 'tokenizer.json': sizeOf('tokenizer.json') },
        file_bytes: ['onnx/model.onnx', 'tokenizer.json', 'tokenizer_config.json', 'config.json']
          .map(sizeOf)
          .reduce((sum, size) => sum + size),
        load_ms: expect.any(Number),
      },
    },
  })
})

test('pipeline takes the options of reportTo, and reports nothing when told so', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const reported = await pipeline('text-classification', 'ticket-classifier', { reportTo: { run, name: 'tickets' } })
  const silent = await pipeline('text-classification', 'ticket-classifier', { reportTo: 'none' })
  expect(reportOf(silent)).toBeUndefined()
  await reported('hello')
  await silent('hello')
  const written = await tracked.finishAndRead()
  expect(callsOf(written, 'tickets')).toHaveLength(1)
  expect(callsOf(written, 'text-classification')).toHaveLength(0)
})

test('what pipeline() throws stays what it is', async () => {
  const alone = await transformers
    .pipeline('text-classification', 'no-such-model')
    .catch((error: Error) => error.message)
  await expect(pipeline('text-classification', 'no-such-model')).rejects.toThrow(String(alone))
})

test('without transformers.js it says what to install', async () => {
  vi.resetModules()
  vi.doMock('@huggingface/transformers', () => {
    throw new Error('Cannot find package')
  })
  const { pipeline: withoutPackage } = await import('../src/pipeline.ts')
  await expect(withoutPackage('text-classification')).rejects.toMatchObject({
    code: 'transformers-missing-package',
    hint: expect.stringContaining('npm install @huggingface/transformers@4'),
  })
})
