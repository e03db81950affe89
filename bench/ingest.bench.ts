// Rows into a server, every request answered after they are on disk, against `JSON.parse` of the same lines: W&B's JSON through
// HTTP, of one run, of 100 runs in turns and of 1,000 clients at once; and the binary journal of a run of our own, followed.
import { init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'
import { createRowSource } from './lib/rows.ts'
import { createSender, historyLines } from './lib/sender.ts'

const keyCount = 10
const rowCount = 50_000
const rounds = 5

/** Makes what a round needs, and gives the work that is measured: taking in {@link rowCount} rows. */
type Prepare = (round: number) => Promise<() => Promise<void>>

/** Milliseconds of the work and of parsing as many rows, in turns: medians, after one round that does not count. */
async function measure(prepare: Prepare): Promise<{ workMs: number; parseMs: number }> {
  const workMs: number[] = []
  const parseMs: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const lines = historyLines(0, rowCount, keyCount)
    const work = await prepare(round)
    const beganMs = performance.now()
    for (const line of lines) kept = JSON.parse(line)
    const parsedMs = performance.now()
    await work()
    if (round === 0) continue
    parseMs.push(parsedMs - beganMs)
    workMs.push(performance.now() - parsedMs)
  }
  return { workMs: median(workMs), parseMs: median(parseMs) }
}
let kept: unknown

async function findingsOf(what: string, prepare: Prepare, targets: Partial<Finding> = {}): Promise<Finding[]> {
  const { workMs, parseMs } = await measure(prepare)
  const pointsPerSecond = (rowCount * keyCount * 1000) / workMs
  return [
    { what: `${what}: rows/s to JSON.parse rows/s`, value: parseMs / workMs, isLessBetter: false, ...targets },
    { what: '… points/s', value: pointsPerSecond, text: `${(pointsPerSecond / 1e6).toFixed(2)} M` },
  ]
}

const directory = await openTemporaryDirectory('lossline-bench-')
const server = await startServer({ dataDirectory: directory.join('server'), port: 0, watch: [], log: () => {} })
const sender = createSender(server.url)

/** Rows of several runs, `rowsPerRequest` at a time; the requests one after the other, as one client sends them. */
const inTurns =
  (name: string, runCount: number, rowsPerRequest: number): Prepare =>
  async (round) => {
    const runIds = Array.from({ length: runCount }, (_, index) => `${name}-${round}-${index}`)
    for (const runId of runIds) await sender.announce(runId)
    const requests = Array.from({ length: rowCount / runCount / rowsPerRequest }, (_, index) => {
      const offset = index * rowsPerRequest
      return { offset, lines: historyLines(offset, rowsPerRequest, keyCount) }
    })
    return async () => {
      for (const { offset, lines } of requests) for (const runId of runIds) await sender.send(runId, offset, lines)
    }
  }

const answerMs: number[] = []

/** As many clients as there are runs, each with its next ten rows as soon as the last ones are stored. */
const atOnce: Prepare = async (round) => {
  const clientCount = 1_000
  const runIds = Array.from({ length: clientCount }, (_, index) => `client-${round}-${index}`)
  await Promise.all(runIds.map((runId) => sender.announce(runId)))
  const requests = [0, 10, 20, 30, 40].map((offset) => ({ offset, lines: historyLines(offset, 10, keyCount) }))
  const client = async (runId: string): Promise<void> => {
    for (const { offset, lines } of requests) {
      const askedMs = performance.now()
      await sender.send(runId, offset, lines)
      answerMs.push(performance.now() - askedMs)
    }
  }
  return async () => {
    answerMs.length = 0
    await Promise.all(runIds.map(client))
  }
}

async function rowCountOf(url: string, runId: string): Promise<number | undefined> {
  const response = await fetch(`${url}/api/runs/local/bench/${runId}`)
  const { run } = (await response.json()) as { run?: { historyLineCount: number } }
  return run?.historyLineCount
}

/** A run that was logged while no server was there: from the start of one, which is part of it, until it has all rows. */
const followed: Prepare = async (round) => {
  const dir = directory.join(`followed-${round}`)
  const nextRow = createRowSource()
  const run = await init({ project: 'bench', dir, mode: 'local', silent: true, console: 'off' })
  for (let step = 0; step < rowCount; step++) run.log(nextRow(step))
  await run.finish()
  return async () => {
    const follower = await startServer({ dataDirectory: `${dir}/.lossline`, port: 0, log: () => {} })
    try {
      while ((await rowCountOf(follower.url, run.id)) !== rowCount) {
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    } finally {
      await follower.close()
    }
  }
}

try {
  const targets = { floor: 0.07, goal: 0.2 }
  const findings = [
    ...(await findingsOf('one run, 5,000 rows a request', inTurns('one', 1, 5_000), targets)),
    ...(await findingsOf('100 runs in turns, 100 rows a request', inTurns('turns', 100, 100))),
    ...(await findingsOf('1,000 clients at once, 10 rows a request', atOnce)),
    { what: '… an answer, median', value: median(answerMs), text: `${median(answerMs).toFixed(0)} ms` },
    { what: '… the slowest answer', value: Math.max(...answerMs), text: `${Math.max(...answerMs).toFixed(0)} ms` },
    ...(await findingsOf('a journal of our own, followed', followed)),
  ]
  report(`ingest: ${rowCount.toLocaleString('en')} rows of ${keyCount} numbers`, findings)
} finally {
  await server.close()
  await directory[Symbol.asyncDispose]()
}
if (kept === undefined) throw new Error('nothing was parsed')
