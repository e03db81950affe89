import { type OpenRunWriterOptions, type RunWriter, readJournal } from '@lossline/journal'
import { type JsonValue, parseJson, stringifyJson, type WandbRecord } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openRunWriterInternally } from '../src/writer/open-run-writer.ts'
import type { InternalRunWriterOptions } from '../src/writer/run-writer.ts'

type Options = Partial<OpenRunWriterOptions & InternalRunWriterOptions>

async function openCase(options: Options = {}) {
  const folder = await openTemporaryDirectory('lossline-writer-')
  const writer = openRunWriterInternally({
    runDirectory: folder.join('run'),
    run: { runId: 'test', project: 'p', startTime: { seconds: Math.floor(Date.now() / 1000) } },
    producer: 'test',
    ...options,
  })
  return {
    writer,
    read: () => readJournal(writer.journalPath),
    async [Symbol.asyncDispose]() {
      writer.finishSync({ exitCode: 0 })
      await folder[Symbol.asyncDispose]()
    },
  }
}

interface Row {
  step: number
  values: Record<string, JsonValue>
}

/** The rows without the keys that the engine adds; nested keys joined with a slash. */
function rowsOf(records: readonly WandbRecord[]): Row[] {
  return records.flatMap((record) => {
    if (record.kind !== 'history') return []
    const entries = (record.history.item ?? []).map(
      (item) => [item.nestedKey?.join('/') ?? '', parseJson(item.valueJson ?? 'null')] as const,
    )
    const all = Object.fromEntries(entries)
    const { _step, _timestamp, _runtime, ...values } = all
    expect(_step).toBe(Number(record.history.step?.num ?? 0))
    expect(_timestamp).toBeTypeOf('number')
    expect(_runtime).toBeTypeOf('number')
    return [{ step: Number(_step), values }]
  })
}

/** Logs as core does: the fast path where it takes the row, else the slow one. */
function log(writer: RunWriter, metrics: Record<string, unknown>, options: { step?: number; commit?: boolean } = {}) {
  // A slash stands for nesting here; the fast path is for flat rows.
  const isFlat = Object.keys(metrics).every((key) => !key.includes('/'))
  if (isFlat && options.commit === undefined && writer.tryLogNumbers(metrics, options.step)) return 'logged'
  const items = Object.entries(metrics).map(([key, value]) => ({
    path: key.split('/'),
    json: stringifyJson(value as JsonValue),
  }))
  return writer.logRow({ items, ...options })
}

describe.each([
  ['in a worker', {}],
  ['in the calling thread', { useWorker: false }],
  ['synchronously', { durability: 'sync' as const }],
])('a journal written %s', (_name, mode: Options) => {
  test('follows the rules of steps', async () => {
    await using run = await openCase(mode)
    const { writer } = run
    expect(writer.step).toBe(0)
    log(writer, { a: 1 })
    expect(writer.step).toBe(1)
    log(writer, { a: 2 }, { commit: false })
    log(writer, { b: 2 })
    log(writer, { a: 3 }, { step: 2 })
    log(writer, { b: 3 }, { step: 2 })
    expect(writer.step).toBe(2)
    expect(log(writer, { a: 0 }, { step: 1 })).toBe('step-too-low')
    log(writer, { a: 7 }, { step: 7 })
    log(writer, { a: 9 }, { step: 9, commit: true })
    expect(writer.step).toBe(10)
    log(writer, {})
    log(writer, { last: 1 }, { commit: false })
    const report = await writer.finish({ exitCode: 0 })
    const { records } = await run.read()
    expect(rowsOf(records)).toEqual([
      { step: 0, values: { a: 1 } },
      { step: 1, values: { a: 2, b: 2 } },
      { step: 2, values: { a: 3, b: 3 } },
      { step: 7, values: { a: 7 } },
      { step: 9, values: { a: 9 } },
      { step: 10, values: {} },
      { step: 11, values: { last: 1 } },
    ])
    expect(report).toMatchObject({ rowCount: 7, recordCount: records.length, droppedRowCount: 0, isWritten: true })
  })

  test('holds exactly the rows of a naive model, whatever the order of fast and slow calls', async () => {
    const metrics = fc.dictionary(
      fc.constantFrom('a', 'b', 'n/x', 'n/y', 'n'),
      fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom('text', null, true)),
      { noNullPrototype: true },
    )
    const call = fc.record(
      { metrics, step: fc.option(fc.nat(3), { nil: undefined }), commit: fc.option(fc.boolean(), { nil: undefined }) },
      { requiredKeys: ['metrics'] },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 40 }), async (calls) => {
        await using run = await openCase(mode)
        const model = createModel()
        for (const { metrics: row, step, commit } of calls) {
          // Steps near the current one, some of them too low.
          const given = step === undefined ? undefined : Math.max(0, model.step + step - 1)
          const options = {
            ...(given === undefined ? {} : { step: given }),
            ...(commit === undefined ? {} : { commit }),
          }
          expect(log(run.writer, row, options)).toBe(model.log(row, options))
          expect(run.writer.step).toBe(model.step)
        }
        await run.writer.finish({ exitCode: 0 })
        const { records } = await run.read()
        expect(rowsOf(records)).toEqual(model.finish())
      }),
      // Each run with a worker starts a thread.
      { numRuns: mode.useWorker === false || mode.durability === 'sync' ? 40 : 8 },
    )
  }, 20_000)

  test('keeps other records in order with rows', async () => {
    await using run = await openCase(mode)
    const { writer } = run
    for (let index = 0; index < 300; index += 1) {
      writer.tryLogNumbers({ index })
      writer.append({ kind: 'outputRaw', outputRaw: { outputType: 'stdout', line: `${index}\n` } })
    }
    await writer.finish({ exitCode: 7 })
    const { records } = await run.read()
    const kinds = records.filter((record) => record.kind === 'history' || record.kind === 'outputRaw')
    expect(kinds.map((record) => record.kind)).toEqual(
      Array.from({ length: 600 }, (_, index) => (index % 2 === 0 ? 'history' : 'outputRaw')),
    )
    expect(records.slice(-1)).toMatchObject([{ kind: 'exit', exit: { exitCode: 7 } }])
  })

  test('answers with a summary that has everything logged before', async () => {
    await using run = await openCase(mode)
    const { writer } = run
    writer.defineMetric({ name: 'loss', summary: { min: true, max: true, mean: true } })
    for (const loss of [3, 1, 2]) writer.tryLogNumbers({ loss, acc: loss / 10 })
    expect(writer.readSummary()).toMatchObject({ loss: { min: 1, max: 3, mean: 2 }, acc: 0.2, _step: 2 })
    writer.updateSummary([{ path: ['loss'], json: '9' }], [['acc']])
    expect(writer.readSummary()).toMatchObject({ loss: 9 })
    expect(writer.readSummary()).not.toHaveProperty('acc')
    writer.tryLogNumbers({ loss: 5 })
    expect(writer.readSummary()).toMatchObject({ loss: 5 })
  })

  test('is on disk after flush and flushSync', async () => {
    await using run = await openCase(mode)
    const { writer } = run
    writer.tryLogNumbers({ a: 1 })
    await writer.flush()
    expect(rowsOf((await run.read()).records)).toHaveLength(1)
    writer.tryLogNumbers({ a: 2 })
    writer.flushSync()
    expect(rowsOf((await run.read()).records)).toHaveLength(2)
  })

  test('keeps every row when the ring is far too small for them', async () => {
    await using run = await openCase({ ...mode, ringBytes: 1024 })
    for (let index = 0; index < 20_000; index += 1) {
      if (index % 1000 === 0) log(run.writer, { index, text: 'x'.repeat(5000) })
      else run.writer.tryLogNumbers({ index })
    }
    await run.writer.finish({ exitCode: 0 })
    const rows = rowsOf((await run.read()).records)
    expect(rows.map((row) => row.values.index)).toEqual(Array.from({ length: 20_000 }, (_, index) => index))
  })

  test('goes on through a full disk: keeps what it can, counts the rest, stays readable', async () => {
    const diskBytesLeft = new Int32Array(new SharedArrayBuffer(4))
    const problems: string[] = []
    await using run = await openCase({
      ...mode,
      diskBytesLeft,
      onProblem: (problem) => problems.push(problem.reason),
    })
    const { writer } = run
    Atomics.store(diskBytesLeft, 0, 50_000)
    for (let index = 0; index < 20_000; index += 1) writer.tryLogNumbers({ index, third: index / 3 })
    await writer.flush()
    const { records } = await run.read()
    expect(rowsOf(records).length).toBeGreaterThan(100)
    Atomics.store(diskBytesLeft, 0, 2 ** 30)
    writer.tryLogNumbers({ index: -1, third: 0 })
    await writer.flush()
    for (let index = 0; index < 10; index += 1) writer.tryLogNumbers({ index: -2, third: 0 })
    const report = await writer.finish({ exitCode: 0 })
    expect(problems).toEqual(['disk-full'])
    const after = await run.read()
    const rows = rowsOf(after.records)
    expect(after.damage).toEqual([])
    expect(report.droppedRowCount).toBeGreaterThan(1000)
    expect(report.rowCount).toBe(rows.length)
    expect(report.rowCount + report.droppedRowCount).toBe(20_011)
    expect(rows.at(-1)?.step).toBe(20_010)
    // The first rows, which fitted on the disk or into the backlog, are all there.
    expect(rows.slice(0, 2000).map((row) => row.step)).toEqual(Array.from({ length: 2000 }, (_, step) => step))
  })

  test('says what was lost when the disk is still full at the end', async () => {
    const diskBytesLeft = new Int32Array(new SharedArrayBuffer(4))
    await using run = await openCase({ ...mode, diskBytesLeft })
    for (let index = 0; index < 10; index += 1) run.writer.tryLogNumbers({ index })
    const report = await run.writer.finish({ exitCode: 0 })
    expect(report).toMatchObject({ rowCount: 0, droppedRowCount: 10, isWritten: false })
    expect(report.problems).toMatchObject([{ reason: 'disk-full' }])
  })

  test('leaves out a row that no server would take, and says so once', async () => {
    await using run = await openCase(mode)
    const { writer } = run
    const big = JSON.stringify('x'.repeat(10_383_360))
    writer.logRow({ items: [{ path: ['text'], json: big }] })
    writer.logRow({ items: [{ path: ['text'], json: big }] })
    writer.tryLogNumbers({ a: 1 })
    const report = await writer.finish({ exitCode: 0 })
    expect(report).toMatchObject({ rowCount: 1, droppedRowCount: 2 })
    expect(report.problems.map((problem) => problem.reason)).toEqual(['too-large'])
    expect(rowsOf((await run.read()).records)).toEqual([{ step: 2, values: { a: 1 } }])
  })

  test('takes nothing more after finish, and gives the same report again', async () => {
    await using run = await openCase(mode)
    const report = await run.writer.finish({ exitCode: 0 })
    expect(run.writer.tryLogNumbers({ a: 1 })).toBe(false)
    expect(() => run.writer.logRow({ items: [] })).toThrow(expect.objectContaining({ code: 'journal-finished' }))
    expect(run.writer.finishSync({ exitCode: 1 })).toBe(report)
    expect(await run.writer.finish({ exitCode: 1 })).toBe(report)
  })
})

interface LogOptions {
  step?: number
  commit?: boolean
}

/** W&B's rules of steps, the simple way: an array of rows and one object that more is merged into. */
function createModel() {
  const rows: Row[] = []
  let current = 0
  let pending: Record<string, JsonValue> | undefined

  function commit(): void {
    if (pending !== undefined) rows.push({ step: current, values: pending })
    pending = undefined
  }

  return {
    get step() {
      return current
    },
    log(metrics: Record<string, unknown>, options: LogOptions): 'logged' | 'step-too-low' {
      const step = options.step ?? current
      if (step < current) return 'step-too-low'
      if (step > current) commit()
      current = step
      let row: Record<string, JsonValue> = pending ?? {}
      for (const [key, value] of Object.entries(metrics)) {
        // A leaf and a subtree at one place: the later one stays.
        row = Object.fromEntries(
          Object.entries(row).filter(([other]) => !other.startsWith(`${key}/`) && !key.startsWith(`${other}/`)),
        )
        row[key] = value as JsonValue
      }
      pending = row
      if (options.commit ?? options.step === undefined) {
        commit()
        current += 1
      }
      return 'logged'
    },
    finish(): Row[] {
      commit()
      return rows
    },
  }
}

describe('a worker that is lost', () => {
  test('is replaced by the calling thread, with every row', async () => {
    const problems: string[] = []
    let end: () => Promise<unknown> = async () => {}
    await using run = await openCase({
      onWorker: (worker) => {
        end = () => worker.terminate()
      },
      onProblem: (problem) => problems.push(problem.reason),
    })
    const { writer } = run
    writer.defineMetric({ name: 'index', summary: { min: true, max: true } })
    for (let index = 0; index < 5000; index += 1) writer.tryLogNumbers({ index })
    await writer.flush()
    const rowsLater = 30_000
    const ended = end()
    for (let index = 5000; index < rowsLater; index += 1) {
      writer.tryLogNumbers({ index })
      if (index % 100 === 0) writer.append({ kind: 'outputRaw', outputRaw: { line: `${index}` } })
    }
    await ended
    writer.tryLogNumbers({ index: rowsLater })
    expect(writer.readSummary()).toMatchObject({ index: { min: 0, max: rowsLater } })
    const report = await writer.finish({ exitCode: 0 })
    const { records, damage } = await run.read()
    expect(problems).toEqual(['worker-lost'])
    expect(damage).toEqual([])
    const rows = rowsOf(records)
    expect(rows.map((row) => row.step)).toEqual(Array.from({ length: rowsLater + 1 }, (_, step) => step))
    expect(report.rowCount).toBe(rows.length)
    expect(records.at(-1)?.kind).toBe('exit')
    const lines = records.flatMap((record) => (record.kind === 'outputRaw' ? [record.outputRaw.line] : []))
    expect(lines).toEqual(Array.from({ length: 250 }, (_, index) => `${5000 + index * 100}`))
  })

  test('before it has begun is replaced too, and the calling thread says so', async () => {
    await using run = await openCase({ onWorker: (worker) => void worker.terminate() })
    for (let index = 0; index < 100; index += 1) run.writer.tryLogNumbers({ index })
    await run.writer.flush()
    expect(rowsOf((await run.read()).records)).toHaveLength(100)
    const report = await run.writer.finish({ exitCode: 0 })
    expect(report).toMatchObject({ rowCount: 100, isWritten: true, problems: [{ reason: 'worker-lost' }] })
  })

  test('does not leave a flush or a finish waiting', async () => {
    let end: () => Promise<unknown> = async () => {}
    await using run = await openCase({
      onWorker: (worker) => {
        end = () => worker.terminate()
      },
    })
    run.writer.tryLogNumbers({ a: 1 })
    const flushed = run.writer.flush()
    void end()
    await flushed
    const report = await run.writer.finish({ exitCode: 0 })
    expect(report).toMatchObject({ rowCount: 1, isWritten: true })
  })
})
