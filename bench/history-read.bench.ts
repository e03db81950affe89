// Histories as W&B's client asks for them, over HTTP: pages, samples and the file of an ended run, of a run with 1 M steps and ten
// keys, also while another client writes as fast as it can, and of the run that it writes; the same of a run whose rows differ; of
// one key over 10 M steps; and one metric of 1,000 runs.
import { Worker } from 'node:worker_threads'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'
import { createSender } from './lib/sender.ts'

const stepCount = 1_000_000
const longStepCount = 10_000_000
const runCount = 1_000
const rowsPerRequest = 10_000
const pageRowCount = 1_000

const directory = await openTemporaryDirectory('lossline-bench-')
const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], log: () => {} })

const { announce, send, ask } = createSender(server.url)

/** Training curves as a framework that computes in float32 logs them. */
function toCurves(step: number, keyCount: number): Record<string, number> {
  const row: Record<string, number> = {}
  for (let k = 0; k < keyCount; k++) row[`metric_${k}`] = Math.fround(1 / (1 + step / 5000) + Math.random() * 0.1 + k)
  return row
}

/** Every hundredth row is of a validation and has no curves, every ten-thousandth a picture. */
function toMixedRow(step: number): object {
  if (step % 100 === 99) return { 'val/loss': Math.random(), 'val/accuracy': Math.random() }
  const picture = { _type: 'image-file', path: `media/images/sample_${step}_0.png`, size: 1000, width: 64, height: 64 }
  return { ...toCurves(step, 10), ...(step % 10_000 === 0 && { sample: picture }) }
}

async function writeRun(runId: string, rowCount: number, toRow: (step: number) => object): Promise<void> {
  await announce(runId)
  for (let from = 0; from < rowCount; from += rowsPerRequest) {
    const steps = Array.from({ length: Math.min(rowsPerRequest, rowCount - from) }, (_, i) => from + i)
    await send(
      runId,
      from,
      steps.map((step) => JSON.stringify({ _step: step, ...toRow(step) })),
    )
  }
}

function rowsOf(answer: string): readonly string[] {
  const { data } = JSON.parse(answer) as { data: { project: { run: { history?: readonly string[] } } } }
  return data.project.run.history ?? []
}

/** Median time of an answer, and of reading its rows, each of them JSON in the JSON, which any client has to. */
async function measure(rounds: number, request: () => Promise<string>): Promise<{ ms: number; parseMs: number }> {
  const times: number[] = []
  const parseTimes: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now()
    const text = await request()
    const endMs = performance.now()
    for (const row of rowsOf(text)) JSON.parse(row)
    times.push(endMs - startMs)
    parseTimes.push(performance.now() - endMs)
  }
  return { ms: median(times), parseMs: median(parseTimes) }
}

const spec = (keys: readonly string[], samples: number, fromStep?: number): string => {
  const range = fromStep === undefined ? {} : { minStep: fromStep, maxStep: fromStep + pageRowCount - 1 }
  return JSON.stringify(JSON.stringify({ keys, samples, ...range }))
}
const anyStep = (): number => Math.floor(Math.random() * (stepCount - pageRowCount))

/** What `scan_history`, `history` and `lastHistoryStep` of W&B's client ask for. */
const questions = {
  page: () => {
    const from = anyStep()
    return `history(minStep: ${from}, maxStep: ${from + pageRowCount}, samples: ${pageRowCount})`
  },
  keyedPage: () => `sampledHistory(specs: [${spec(['metric_1', '_step'], pageRowCount, anyStep())}])`,
  sample: () => 'history(samples: 500)',
  keyedSample: () => `sampledHistory(specs: [${spec(['_step', 'metric_1'], 500)}])`,
  keys: () => 'historyKeys',
}
type Question = keyof typeof questions

async function measureAll(runId: string): Promise<Record<Question, { ms: number; parseMs: number }>> {
  const of = (question: Question, rounds: number) => measure(rounds, () => ask(runId, questions[question]()))
  return {
    page: await of('page', 30),
    keyedPage: await of('keyedPage', 30),
    sample: await of('sample', 15),
    keyedSample: await of('keyedSample', 15),
    keys: await of('keys', 30),
  }
}

/** Another client that sends 1,000 rows of ten numbers at a time, the next ones as soon as they are stored. */
const writerSource = `
const { workerData } = require('node:worker_threads')
const metrics = Array.from({ length: 1000 }, () =>
  JSON.stringify(Object.fromEntries(Array.from({ length: 10 }, (_, k) => ['metric_' + k, Math.random()]))).slice(1))
const state = new Int32Array(workerData.state)
const write = async () => {
  for (let offset = 0; ; offset += metrics.length) {
    const lines = metrics.map((text, i) => '{"_step":' + (offset + i) + ',' + text)
    const files = { 'wandb-history.jsonl': { offset, content: lines } }
    await (await fetch(workerData.url, { method: 'POST', body: JSON.stringify({ files }) })).text()
    Atomics.add(state, 0, lines.length)
  }
}
write()`

try {
  await writeRun('big', stepCount, (step) => toCurves(step, 10))
  await writeRun('mixed', stepCount, toMixedRow)
  // One step is logged again.
  await send('mixed', stepCount, [JSON.stringify({ _step: stepCount / 2, ...toCurves(0, 10) })], {
    complete: true,
    exitcode: 0,
  })
  const idle = await measureAll('big')
  const mixed = await measureAll('mixed')
  await announce('other')
  const state = new SharedArrayBuffer(4)
  const writer = new Worker(writerSource, {
    eval: true,
    workerData: { url: `${server.url}/files/local/bench/other/file_stream`, state },
  })
  const startMs = performance.now()
  const busy = await measureAll('big')
  const busyMixed = await measureAll('mixed')
  const live = await measureAll('other')
  const writtenPerSecond = (Atomics.load(new Int32Array(state), 0) * 1000) / (performance.now() - startMs)
  const liveRowCount = Atomics.load(new Int32Array(state), 0)
  await writer.terminate()

  await send('big', stepCount, [], { complete: true, exitcode: 0 })
  const exportStartMs = performance.now()
  const waits: number[] = []
  const parquet = 'parquetHistory(liveKeys: ["_step"]) { parquetUrls liveData }'
  let answer = ''
  const exported = (async () => {
    do answer = await ask('big', parquet)
    while (!answer.includes('http'))
  })()
  let isMaking = true
  void exported.finally(() => {
    isMaking = false
  })
  while (isMaking) {
    const askedMs = performance.now()
    await ask('other', 'displayName')
    waits.push(performance.now() - askedMs)
  }
  await exported
  const exportMs = performance.now() - exportStartMs
  const [url = ''] = /http[^"]*/.exec(answer) ?? []
  const fileBytes = Number((await fetch(url, { method: 'HEAD' })).headers.get('content-length'))

  await writeRun('long', longStepCount, (step) => toCurves(step, 1))
  const longSample = await measure(5, () => ask('long', `sampledHistory(specs: [${spec(['_step', 'metric_0'], 500)}])`))
  const longRows = await measure(5, () => ask('long', 'history(samples: 500)'))

  for (let index = 0; index < runCount; index++) await writeRun(`run-${index}`, 1_000, (step) => toCurves(step, 1))
  const many = await measure(3, async () => {
    let text = ''
    for (let index = 0; index < runCount; index++)
      text = await ask(`run-${index}`, `sampledHistory(specs: [${spec(['_step', 'metric_0'], 500)}])`)
    return text
  })

  const ms = (what: string, value: number, targets: Partial<Finding> = {}): Finding => ({
    what,
    value,
    text: `${value.toPrecision(3)} ms`,
    ...targets,
  })
  const limit = { floor: 100, goal: 50 }
  report('history-read: 1 M steps × 10 keys, 10 M steps × 1 key, 1,000 runs', [
    ms('1 M: page of 1,000 rows', idle.page.ms),
    { what: '… ÷ JSON.parse of the answer and its rows', value: idle.page.ms / idle.page.parseMs },
    ms('1 M: page of 1,000 rows of one key', idle.keyedPage.ms),
    ms('1 M: history(500)', idle.sample.ms),
    ms('1 M: 500 of one key', idle.keyedSample.ms, { floor: 500, goal: 150 }),
    ms('1 M: historyKeys', idle.keys.ms),
    ms('rows that differ, 1 M: page', mixed.page.ms),
    ms('… history(500)', mixed.sample.ms),
    ms('… 500 of one key', mixed.keyedSample.ms),
    ms('the same while another client writes: page', busy.page.ms, limit),
    ms('… page of one key', busy.keyedPage.ms, limit),
    ms('… history(500)', busy.sample.ms, limit),
    ms('… 500 of one key', busy.keyedSample.ms, limit),
    ms('… historyKeys', busy.keys.ms, limit),
    ms('… rows that differ: page', busyMixed.page.ms, limit),
    ms('… rows that differ: history(500)', busyMixed.sample.ms, limit),
    ms('… rows that differ: 500 of one key', busyMixed.keyedSample.ms, limit),
    ms('of the run that it writes: page', live.page.ms, limit),
    ms('… page of one key', live.keyedPage.ms, limit),
    ms('… history(500)', live.sample.ms, limit),
    ms('… 500 of one key', live.keyedSample.ms, limit),
    ms('… historyKeys', live.keys.ms, limit),
    { what: '… rows of it at the end', value: liveRowCount },
    { what: 'rows/s that the client writes', value: writtenPerSecond },
    { what: '1 M: exported, s', value: exportMs / 1000 },
    { what: '… MiB', value: fileBytes / 2 ** 20 },
    ms('… other answers meanwhile', median(waits), limit),
    ms('10 M: 500 of one key', longSample.ms, { floor: 1000, goal: 250 }),
    ms('10 M: history(500)', longRows.ms),
    { what: '1,000 runs: 500 of one key of each, s', value: many.ms / 1000 },
  ])
} finally {
  await server.close()
  await directory[Symbol.asyncDispose]()
}
