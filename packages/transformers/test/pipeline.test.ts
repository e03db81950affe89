import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { activeRun } from '@lossline/core'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { flushReports, logModel, reportOf, reportTo, type TransformersProblem } from '../src/index.ts'
import { pipeline } from '../src/pipeline.ts'
import { modelFolder, transformers } from './local-models.ts'
import { stubSettings, stubUnusableRun } from './settings.ts'
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
  await reportOf(pipe)?.modelFiles

  const written = await tracked.finishAndRead()
  expect(callsOf(written, 'text-classification')).toHaveLength(1)
  const names = ['config.json', 'onnx/model.onnx', 'tokenizer.json', 'tokenizer_config.json']
  const contents = names.map((name) => readFileSync(join(modelFolder, 'ticket-classifier', name)))
  const hashOf = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')
  const files = names.map((name, index) => [name, { bytes: contents[index]?.length, sha256: hashOf(contents[index]!) }])
  expect(written.config).toMatchObject({
    pipelines: {
      'text-classification': {
        model: 'ticket-classifier',
        load_ms: expect.any(Number),
        files: Object.fromEntries(files),
        file_bytes: contents.reduce((sum, { length }) => sum + length, 0),
        digest: hashOf(names.map((name, index) => `${hashOf(contents[index]!)}  ${name}\n`).join('')),
      },
    },
  })
})

test('the folder of the model can be logged as an artifact', async () => {
  await using tracked = await openTrackedRun()
  const { run } = tracked
  const options = { run, logModel: { name: 'tickets', aliases: ['production'] } }
  await pipeline('text-classification', 'ticket-classifier', { reportTo: options })
  await logModel(join(modelFolder, 'tiny-lm'), { run })
  const { artifacts } = await tracked.finishAndRead()
  expect(artifacts).toMatchObject([
    { name: 'tickets', type: 'model', aliases: expect.arrayContaining(['production']) },
    { name: 'tiny-lm', type: 'model' },
  ])
  const metadata = JSON.parse(String(artifacts[0]?.metadata))
  expect(metadata).toMatchObject({ framework: 'transformers.js', files: { 'onnx/model.onnx': { bytes: 82_315 } } })
  const manifest = JSON.stringify(artifacts[0]?.manifest)
  for (const name of ['config.json', 'onnx/model.onnx', 'tokenizer.json']) expect(manifest).toContain(name)

  await expect(logModel('no-such-folder', { run })).rejects.toMatchObject({ code: 'transformers-option' })
})

test('a model that cannot be logged is told of, and works all the same', async () => {
  const problems: string[] = []
  const onProblem = ({ code }: TransformersProblem) => void problems.push(code)
  const pipe = await pipeline('text-classification', 'ticket-classifier', { reportTo: { logModel: true, onProblem } })
  expect(await pipe('I was charged twice.')).toMatchObject([{ label: 'billing' }])
  expect(problems).toEqual(['transformers-model-files', 'transformers-no-run'])
})

test('a run that cannot be started is told of once, and leaves the pipeline alone', async () => {
  await stubUnusableRun()
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  onTestFinished(() => warn.mockRestore())
  const pipe = await pipeline('text-classification', 'ticket-classifier', { reportTo: 'lossline' })
  expect(await pipe('I was charged twice.')).toMatchObject([{ label: 'billing' }])
  expect(reportOf(pipe)).toBeUndefined()
  expect(warn.mock.calls).toEqual([[expect.stringContaining('No run could be started')]])
})

test('pipelines that are made at the same time share one run', async () => {
  await stubSettings({ MODE: 'offline' })
  const make = () => pipeline('text-classification', 'ticket-classifier', { reportTo: 'lossline' })
  for (const pipe of await Promise.all([make(), make()])) await pipe('hello')
  const run = activeRun()
  flushReports(run!)
  expect(run?.summary.toJSON()).toMatchObject({ 'text-classification/calls': 1, 'text-classification-2/calls': 1 })
  await run?.finish()
})

test('files that cannot be read are told, and nothing else happens', async () => {
  await using tracked = await openTrackedRun()
  const problems: string[] = []
  const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
  const onProblem = ({ code }: TransformersProblem) => void problems.push(code)
  reportTo(pipe, { run: tracked.run, modelFolder: 'no-such-folder', onProblem })
  expect(await reportOf(pipe)?.modelFiles).toBeUndefined()
  expect(problems).toEqual(['transformers-model-files'])
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

test('pipeline takes the active run, and refuses words that name nothing', async () => {
  await using tracked = await openTrackedRun({ reinit: 'finishPrevious' })
  const pipe = await pipeline('text-classification', 'ticket-classifier', { reportTo: 'lossline' })
  await pipe('hello')
  expect(callsOf(await tracked.finishAndRead(), 'text-classification')).toHaveLength(1)
  const wrong = pipeline('text-classification', 'ticket-classifier', { reportTo: 'wandb' as never })
  await expect(wrong).rejects.toMatchObject({ code: 'transformers-option' })
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
