import { describe, expect, test } from 'vitest'
import { reportOf, reportTo, type TransformersProblem } from '../src/index.ts'
import { transformers } from './local-models.ts'
import { callsOf, openTrackedRun } from './tracked-run.ts'

const texts = ['I was charged twice in June.', 'Please add folders for every file.', 'The app crashes when I save.']

describe('a pipeline that reports', () => {
  test('gives the same results as before, and logs a row for each call', async () => {
    await using tracked = await openTrackedRun()
    const { run } = tracked
    const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
    const alone = await pipe(texts)
    expect(reportTo(pipe, { run, modelName: 'ticket-classifier', env: transformers.env })).toBe(pipe)

    expect(await pipe(texts)).toEqual(alone)
    expect(await pipe(texts[0] ?? '')).toEqual([alone[0]])
    expect(await pipe(texts, { top_k: 2 })).toHaveLength(3)

    const written = await tracked.finishAndRead()
    const calls = callsOf(written, 'text-classification')
    expect(calls).toMatchObject([
      { call: 0, batch_size: 3, error: 0 },
      { call: 1, batch_size: 1, input_characters: 28 },
      { call: 2, output_count: 6 },
    ])
    for (const { latency_ms: latencyMs } of calls) expect(latencyMs).toBeGreaterThan(0)
    expect(written.definitions).toMatchObject({ 'text-classification/*': 'text-classification/call' })
    expect(written.summary).toMatchObject({ 'text-classification/calls': 3, 'text-classification/inputs': 7 })
    expect(written.config).toMatchObject({
      pipelines: {
        'text-classification': {
          task: 'text-classification',
          class: 'TextClassificationPipeline',
          model: 'ticket-classifier',
          model_config: { model_type: 'bert' },
          labels: ['billing', 'bug', 'feature', 'account', 'praise'],
          sessions: { model: { dtype: 'fp32', device: 'cpu' } },
          transformers_version: transformers.env.version,
          onnxruntime_version: '1.30.0',
        },
      },
    })

    const rows = await written.readTable('text-classification/predictions')
    expect(rows.map(({ id, input, label }) => [id, input, label])).toEqual([
      ['0.0', texts[0], alone[0]?.label],
      ['0.1', texts[1], alone[1]?.label],
      ['0.2', texts[2], alone[2]?.label],
      ['1', texts[0], alone[0]?.label],
      ['2.0', texts[0], alone[0]?.label],
      ['2.1', texts[1], alone[1]?.label],
      ['2.2', texts[2], alone[2]?.label],
    ])
    expect(rows[4]?.scores).toMatch(/^billing 0\.\d{3}, \w+ 0\.\d{3}$/)
    expect(rows[4]?.options).toBe('{"top_k":2}')
  })

  test('is what it was before once that is undone', async () => {
    await using tracked = await openTrackedRun()
    const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
    const keys = Reflect.ownKeys(pipe)
    const tokenizerKeys = Reflect.ownKeys(pipe.tokenizer)
    const report = reportOf(reportTo(pipe, { run: tracked.run }))
    expect(report).toBeDefined()
    await pipe(texts)
    report?.undo()
    report?.undo()
    expect(tracked.run.summary.get('text-classification/calls')).toBe(1)

    expect(Reflect.ownKeys(pipe)).toEqual(keys)
    expect(Reflect.ownKeys(pipe.tokenizer)).toEqual(tokenizerKeys)
    expect(reportOf(pipe)).toBeUndefined()
    await pipe(texts)
    expect(callsOf(await tracked.finishAndRead(), 'text-classification')).toHaveLength(1)
  })

  test('counts tokens without the padding of a batch', async () => {
    await using tracked = await openTrackedRun()
    const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
    const batch = ['I was charged twice in June.', 'Thank you.']
    const counts = batch.map((text) => pipe.tokenizer(text).input_ids.dims[1] as number)
    expect(counts[1]).toBeLessThan(counts[0] ?? 0)
    reportTo(pipe, { run: tracked.run })
    await Promise.all([pipe(batch), pipe(batch[1] ?? ''), pipe('')].map((call) => call.catch(() => {})))
    const calls = callsOf(await tracked.finishAndRead(), 'text-classification')
    const byCall = Object.fromEntries(calls.map(({ call, input_tokens: tokens }) => [call, tokens]))
    expect(byCall[0]).toBe(counts.reduce((sum, count) => sum + count, 0))
    expect(byCall[1]).toBe(counts[1])
  })

  test('reports once, whoever asks again', async () => {
    await using tracked = await openTrackedRun()
    const problems: TransformersProblem[] = []
    const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
    reportTo(pipe, { run: tracked.run })
    reportTo(pipe, { run: tracked.run, onProblem: (problem) => void problems.push(problem) })
    await pipe('hello')
    expect(callsOf(await tracked.finishAndRead(), 'text-classification')).toHaveLength(1)
    expect(problems.map(({ code }) => code)).toEqual(['transformers-already-reported'])
  })

  test('works without a run, and says so once', async () => {
    const problems: TransformersProblem[] = []
    const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
    const alone = await pipe(texts)
    reportTo(pipe, { onProblem: (problem) => void problems.push(problem) })
    expect(await pipe(texts)).toEqual(alone)
    expect(await pipe(texts)).toEqual(alone)
    expect(problems.map(({ code }) => code)).toEqual(['transformers-no-run'])
  })
})

test.each([
  ['something that is no pipeline', () => reportTo({})],
  ['every: 0', () => reportTo({ task: 'x', _call() {} }, { every: 0 })],
  ['maxRows: -1', () => reportTo({ task: 'x', _call() {} }, { maxRows: -1 })],
  ['an empty name', () => reportTo({ task: 'x', _call() {} }, { name: '' })],
])('%s is refused when the pipeline is set up', (_, act) => {
  expect(act).toThrow(expect.objectContaining({ code: 'transformers-option' }))
})
