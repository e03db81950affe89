import { createRequire } from 'node:module'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Cells, flushReports, reportOf, reportTo, type TransformersProblem } from '../src/index.ts'
import { createFakePipeline, makeImage } from './fake-pipeline.ts'
import { transformers } from './local-models.ts'
import { callsOf, openTrackedRun } from './tracked-run.ts'

const labelled = [{ label: 'a', score: 1 }]

describe('the program that is watched', () => {
  test('gets the same error, which is counted', async () => {
    await using tracked = await openTrackedRun()
    const error = new TypeError('no such text: secret')
    let isFailing = true
    const pipe = createFakePipeline('text-classification', () => {
      if (isFailing) throw error
      return labelled
    })
    reportTo(pipe, { run: tracked.run })
    await expect(pipe('x')).rejects.toBe(error)
    isFailing = false
    await pipe('y')
    const written = await tracked.finishAndRead()
    expect(callsOf(written, 'text-classification').map((call) => call.error)).toEqual([1, 0])
    expect(written.summary).toMatchObject({ 'text-classification/errors': 1, 'text-classification/calls': 2 })
    expect(await written.readTable('text-classification/predictions')).toMatchObject([
      { input: 'x', label: null, error: 'TypeError: no such text: secret' },
      { input: 'y', label: 'a', error: null },
    ])
  })

  test('gets the errors of a pipeline that was disposed', async () => {
    await using tracked = await openTrackedRun()
    const pipe = await transformers.pipeline('text-classification', 'ticket-classifier')
    reportTo(pipe, { run: tracked.run })
    await pipe.dispose()
    await expect(pipe('x')).rejects.toThrow('disposed')
    expect(callsOf(await tracked.finishAndRead(), 'text-classification')).toMatchObject([{ error: 1 }])
  })

  test('sees nothing of what goes wrong while logging', async () => {
    await using tracked = await openTrackedRun()
    const problems: TransformersProblem[] = []
    const onProblem = (problem: TransformersProblem) => {
      problems.push(problem)
      throw new Error('the teller fails too')
    }
    const toRow = () => {
      throw new Error('no row')
    }
    const pipe = reportTo(
      createFakePipeline('x', () => labelled),
      { run: tracked.run, toRow, onProblem },
    )
    expect(await pipe('a')).toBe(labelled)
    await pipe('b')
    const log = () => {
      throw new Error('no log')
    }
    const broken = {
      log,
      defineMetric() {},
      config: tracked.run.config,
      summary: tracked.run.summary,
      isFinished: false,
    }
    const other = reportTo(
      createFakePipeline('x', () => labelled),
      { run: broken, onProblem },
    )
    expect(await other('a')).toBe(labelled)
    reportOf(other)?.undo()
    expect(problems.map(({ code }) => code)).toEqual(['transformers-row-failed', 'transformers-observer-failed'])
  })

  test('may pass what cannot be copied, and runs that cannot be written to', async () => {
    await using tracked = await openTrackedRun()
    const problems: string[] = []
    const onProblem = ({ code }: TransformersProblem) => void problems.push(code)
    const pipe = reportTo(
      createFakePipeline('audio-classification', () => labelled),
      { run: tracked.run, onProblem },
    )
    const samples = new Float32Array(4)
    structuredClone(samples.buffer, { transfer: [samples.buffer] })
    expect(await pipe(samples)).toBe(labelled)
    expect(problems).toEqual(['transformers-row-failed'])
    expect(callsOf(await tracked.finishAndRead(), 'audio-classification')).toHaveLength(1)

    let definitionCount = 0
    const defineMetric = () => {
      definitionCount += 1
      throw new Error('no definitions')
    }
    const broken = { defineMetric, log() {}, config: { update() {} }, summary: { update() {} }, isFinished: false }
    const other = reportTo(
      createFakePipeline('x', () => labelled),
      { run: broken, onProblem },
    )
    for (let call = 0; call < 3; call += 1) expect(await other('a')).toBe(labelled)
    expect(definitionCount).toBe(1)
  })

  test('may go on after its run', async () => {
    await using tracked = await openTrackedRun()
    const problems: TransformersProblem[] = []
    const pipe = reportTo(
      createFakePipeline('x', () => labelled),
      {
        run: tracked.run,
        onProblem: (problem) => void problems.push(problem),
      },
    )
    await pipe('a')
    await tracked.run.finish()
    expect(await pipe('a')).toBe(labelled)
    reportOf(pipe)?.flush()
    flushReports(tracked.run)
    reportOf(pipe)?.undo()
    expect(problems.map(({ code }) => code)).toEqual(['transformers-no-run'])
  })

  test('may use its memory again while a call is under way', async () => {
    await using tracked = await openTrackedRun()
    const pipe = createFakePipeline('text-classification', async () => labelled)
    reportTo(pipe, { run: tracked.run })
    const chat = [{ role: 'user', content: 'before' }]
    const batch = ['before']
    const calls = [pipe(chat), pipe(batch)]
    chat[0] = { role: 'user', content: 'after' }
    batch[0] = 'after'
    await Promise.all(calls)
    const rows = await (await tracked.finishAndRead()).readTable('text-classification/predictions')
    expect(rows.map(({ input }) => input)).toEqual(['user: before', 'before'])
  })

  test('may use the memory of its images and sounds again, too', async () => {
    await using tracked = await openTrackedRun()
    const [picture, sound] = [makeImage(2, 1), { audio: Float32Array.of(0.5), sampling_rate: 8_000 }]
    const pipe = createFakePipeline('x', async () => labelled)
    const toRow = ({ input }: { input: unknown }) => ({ input: JSON.stringify(input) })
    reportTo(pipe, { run: tracked.run, toRow })
    const calls = [pipe(picture), pipe(sound)]
    picture.data.fill(0)
    sound.audio.fill(0)
    await Promise.all(calls)
    const rows = await (await tracked.finishAndRead()).readTable('x/predictions')
    expect(rows.map(({ input }) => input)).toEqual([
      expect.stringContaining('"0":100'),
      expect.stringContaining('"0":0.5'),
    ])
  })

  test('gets totals without its first calls', async () => {
    await using tracked = await openTrackedRun()
    const pipe = createFakePipeline('x', () => labelled)
    reportTo(pipe, { run: tracked.run, warmupCalls: 2 })
    for (let call = 0; call < 3; call += 1) await pipe('a')
    const written = await tracked.finishAndRead()
    const latencies = callsOf(written, 'x').map((call) => call.latency_ms)
    expect(written.summary).toMatchObject({
      'x/calls': 3,
      'x/latency_ms_p50': latencies[2],
      'x/latency_ms_p99': latencies[2],
    })
  })

  test('may have loaded the other bundle of transformers.js', async () => {
    await using tracked = await openTrackedRun()
    const required: typeof transformers = createRequire(import.meta.url)('@huggingface/transformers')
    expect(required.TextClassificationPipeline).not.toBe(transformers.TextClassificationPipeline)
    Object.assign(required.env, { allowRemoteModels: false, localModelPath: transformers.env.localModelPath })
    const embed = await required.pipeline('feature-extraction', 'ticket-embedder')
    reportTo(embed, { run: tracked.run })
    await embed(['one two', 'three'], { pooling: 'mean' })
    const written = await tracked.finishAndRead()
    expect(callsOf(written, 'feature-extraction')).toMatchObject([{ input_tokens: 3, output_count: 2 }])
    const rows = await written.readTable('feature-extraction/predictions')
    expect(rows).toMatchObject([{ dims: '32', type: 'float32', norm: expect.any(Number) }, { input: 'three' }])
  })

  test('keeps _call as it is: this, arguments, and what is no promise', async () => {
    await using tracked = await openTrackedRun()
    const seen: unknown[] = []
    const pipe = {
      task: 'x',
      _call(...args: unknown[]) {
        seen.push(this, ...args)
        return 7
      },
    }
    reportTo(pipe, { run: tracked.run })
    expect(pipe._call('a', 2)).toBe(7)
    expect(seen).toEqual([pipe, 'a', 2])
    expect(callsOf(await tracked.finishAndRead(), 'x')).toHaveLength(1)
  })

  test('may be a pipeline that cannot be changed, or is watched by another copy of the package', async () => {
    await using tracked = await openTrackedRun()
    const problems: [string, string][] = []
    const onProblem = ({ code, message }: TransformersProblem) => void problems.push([code, message])
    const frozen = Object.freeze({ task: 'x', _call: () => 7 })
    expect(reportTo(frozen, { run: tracked.run, onProblem })._call()).toBe(7)
    expect(reportOf(frozen)).toBeUndefined()

    vi.resetModules()
    const copy = await import('../src/index.ts')
    expect(copy.reportTo).not.toBe(reportTo)
    const pipe = copy.reportTo(
      createFakePipeline('x', () => 8),
      { run: tracked.run },
    )
    expect(await reportTo(pipe, { run: tracked.run, onProblem })()).toBe(8)
    expect(problems).toEqual([
      ['transformers-observer-failed', expect.stringContaining('frozen')],
      ['transformers-already-reported', expect.any(String)],
    ])
    expect(callsOf(await tracked.finishAndRead(), 'x')).toHaveLength(1)
  })

  test('a rejection that nobody handles is still one', async () => {
    await using tracked = await openTrackedRun()
    const error = new Error('unheard')
    const pipe = reportTo(
      createFakePipeline('x', () => {
        throw error
      }),
      { run: tracked.run },
    )
    const listeners = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    try {
      const unhandled = new Promise((resolve) => process.once('unhandledRejection', resolve))
      void pipe('a')
      expect(await unhandled).toBe(error)
    } finally {
      for (const listener of listeners) process.on('unhandledRejection', listener)
    }
  })
})

describe('the table', () => {
  const rowsOf = async (options: object, count: number) => {
    await using tracked = await openTrackedRun()
    const pipe = reportTo(
      createFakePipeline('x', () => labelled),
      { run: tracked.run, ...options },
    )
    for (let index = 0; index < count; index += 1) {
      await pipe(`input ${index}`)
    }
    const written = await tracked.finishAndRead()
    const tables = written.rows.filter((row) => 'x/predictions.path' in row)
    const rows = tables.length === 0 ? [] : await written.readTable('x/predictions')
    return { ids: rows.map(({ id }) => Number(id)), rows, sizes: tables.map((row) => row['x/predictions.nrows']) }
  }

  test('takes every n-th input, and the first ones', async () => {
    expect((await rowsOf({ every: 3, maxRows: 4 }, 20)).ids).toEqual([0, 3, 6, 9])
    expect((await rowsOf({ maxRows: 0 }, 3)).ids).toEqual([])
  })

  test('takes a fair sample where it is told to', async () => {
    const { ids } = await rowsOf({ reservoir: true, maxRows: 5, seed: 1 }, 60)
    expect(ids).toHaveLength(5)
    expect(ids).toEqual(ids.toSorted((one, other) => one - other))
    expect(Math.max(...ids)).toBeGreaterThan(20)
  })

  test('is logged as a whole when it is full, and at the end', async () => {
    expect((await rowsOf({}, 9)).sizes).toEqual([9])
    expect((await rowsOf({ maxRows: 5 }, 9)).sizes).toEqual([5])
    expect((await rowsOf({ maxRows: 1, reservoir: true }, 9)).ids).toHaveLength(1)
  })

  test('is logged some time after a call, ever more rarely', async () => {
    await using tracked = await openTrackedRun()
    const pipe = reportTo(
      createFakePipeline('x', () => labelled),
      { run: tracked.run },
    )
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    for (let second = 0; second < 9; second += 1) {
      await pipe(`input ${second}`)
      vi.advanceTimersByTime(1_000)
    }
    vi.useRealTimers()
    const { rows } = await tracked.finishAndRead()
    const sizes = rows.map((row) => row['x/predictions.nrows']).filter((count) => count !== undefined)
    // A second after the first call, two seconds after the next one, then four, and at the end.
    expect(sizes).toEqual([1, 3, 7, 9])
  })

  test('has the columns that toRow makes, of several types too', async () => {
    const toRow = ({
      input,
      output,
      latencyMs,
    }: {
      input: unknown
      output: unknown
      latencyMs: number
    }): Cells | undefined =>
      input === 'input 1'
        ? undefined
        : {
            text: String(input).length,
            fast: latencyMs < 1e9,
            any: input === 'input 0' ? 1 : 'a',
            found: Array.isArray(output),
          }
    const { rows } = await rowsOf({ toRow }, 3)
    expect(rows).toMatchObject([
      { text: 7, fast: true, any: 1, found: true },
      { text: 7, any: 'a' },
    ])
    expect(rows[0]).not.toHaveProperty('input')
  })

  test('holds 64 MiB of images', async () => {
    await using tracked = await openTrackedRun({ mode: 'disabled' })
    const problems: string[] = []
    const pipe = reportTo(
      createFakePipeline('image-classification', () => labelled),
      {
        run: tracked.run,
        onProblem: ({ code }) => void problems.push(code),
      },
    )
    const image = makeImage(4096, 2048)
    for (let index = 0; index < 2; index += 1) await pipe(image)
    expect(problems).toEqual([])
    await pipe(image)
    expect(problems).toEqual(['transformers-media-limit'])
  })
})

describe('privacy', () => {
  const secret = 'Sarah lives in London'
  const answers: [string, unknown[], unknown][] = [
    ['text-generation', [secret], [{ generated_text: `${secret} and works there` }]],
    ['text-generation', [secret], [{ generated_text: `${secret.toLowerCase()} and works there` }]],
    ['token-classification', [secret], [{ entity_group: 'PER', score: 1, word: 'Sarah' }]],
    ['question-answering', ['Who?', secret], { answer: 'Sarah', score: 1 }],
    ['fill-mask', [secret], [{ sequence: secret, score: 1, token: 1, token_str: 'a' }]],
    ['zero-shot-classification', [secret, [secret]], { sequence: secret, labels: ['x'], scores: [1] }],
    ['text-classification', [secret, { context: secret, top_k: 2 }], [labelled]],
    ['a-task-of-tomorrow', [secret], secret],
  ]

  test.each(answers)('without inputs no part of one is logged by %s', async (task, args, output) => {
    await using tracked = await openTrackedRun()
    let isFailing = false
    const pipe = createFakePipeline(task, () => {
      if (isFailing) throw new Error(secret)
      return output
    })
    reportTo(pipe, { run: tracked.run, logInputs: false })
    await pipe(...args)
    isFailing = true
    await pipe(...args).catch(() => {})
    const written = await tracked.finishAndRead()
    const table = await written.readTable(`${task}/predictions`)
    expect(table).toHaveLength(2)
    expect(table[1]).toMatchObject({ error: 'Error' })
    expect(JSON.stringify([written.rows, written.config, written.summary, table])).not.toMatch(/Sarah|London/i)
  })

  test('outputs can be kept back as well', async () => {
    await using tracked = await openTrackedRun()
    await reportTo(
      createFakePipeline('summarization', () => [{ summary_text: secret }]),
      {
        run: tracked.run,
        logOutputs: false,
      },
    )('long')
    const rows = await (await tracked.finishAndRead()).readTable('summarization/predictions')
    expect(JSON.stringify(rows)).not.toContain('Sarah')
    expect(rows).toMatchObject([{ prompt: 'long' }])
  })

  test('a hook sees each row before it is kept, and may drop it', async () => {
    await using tracked = await openTrackedRun()
    const redact = (row: Cells): Cells | undefined =>
      row.input === 'drop' ? undefined : { ...row, input: String(row.input).replace('Sarah', '[name]') }
    const pipe = reportTo(
      createFakePipeline('text-classification', () => labelled),
      { run: tracked.run, redact },
    )
    for (const text of [secret, 'drop']) await pipe(text)
    const rows = await (await tracked.finishAndRead()).readTable('text-classification/predictions')
    expect(rows.map(({ input }) => input)).toEqual(['[name] lives in London'])
  })
})

test('two pipelines of a run keep their rows apart', async () => {
  await using tracked = await openTrackedRun()
  for (const count of [1, 2]) {
    const pipe = reportTo(
      createFakePipeline('x', () => labelled),
      { run: tracked.run },
    )
    for (let index = 0; index < count; index += 1) await pipe('a')
  }
  const written = await tracked.finishAndRead()
  expect(['x', 'x-2'].map((name) => callsOf(written, name).length)).toEqual([1, 2])
  expect(Object.keys((written.config as { pipelines: object }).pipelines)).toEqual(['x', 'x-2'])
})
