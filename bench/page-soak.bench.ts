// Whether an open page keeps what it has used: ten runs log for a while, and the heap after collections, DOM nodes and listeners
// are watched. `npm run bench -- page-soak --minutes 60`; ten minutes by default. Ten times as many rows as a usual run logs.
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { launchChromium, openTemporaryDirectory } from '@lossline/testing'
import { fitLine } from './lib/fit-line.ts'
import { report } from './lib/report.ts'
import { createSender, historyLines } from './lib/sender.ts'
import { spawnServer } from './lib/spawned-server.ts'
import { withVisit } from './page/open-visit.ts'
import { areChartsDrawn, untilHolds } from './page/time-until.ts'

const runCount = 10
const metricCount = 12
const rowsPerSecond = 10
const sendIntervalMs = 1000
const sampleIntervalMs = 10_000
/** Until caches are full and code is compiled. */
const warmUpShare = 0.25
const watchedHours = 8
const growthMegabytesMax = 20

interface Sample {
  readonly hours: number
  readonly megabytes: number
  readonly nodes: number
  readonly listeners: number
}

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } })
const durationMs = Number(values.minutes) * 60_000
const browser = await launchChromium()
if (browser === undefined) {
  console.log('page-soak: skipped, no Chromium found.')
  process.exit(0)
}
const directory = await openTemporaryDirectory('lossline-page-soak-')
const server = await spawnServer(directory.path)
const sender = createSender(server.url)
const runIds = Array.from({ length: runCount }, (_, i) => `run-${i}`)
const stopping = new AbortController()
const samples: Sample[] = []
try {
  for (const runId of runIds) {
    await sender.announce(runId)
    await sender.send(runId, 0, historyLines(0, rowsPerSecond, metricCount))
  }
  const streaming = stream()
  await withVisit(browser, {}, async ({ page, devTools, heapMegabytes }) => {
    await page.goto(`${server.url}/local/bench`)
    await untilHolds(page, areChartsDrawn)
    const beganMs = performance.now()
    while (performance.now() - beganMs < durationMs) {
      await sleep(sampleIntervalMs)
      const megabytes = await heapMegabytes()
      const { nodes, jsEventListeners: listeners } = await devTools.send('Memory.getDOMCounters')
      samples.push({ hours: (performance.now() - beganMs) / 3_600_000, megabytes, nodes, listeners })
      console.log(
        `${((performance.now() - beganMs) / 60_000).toFixed(1)} min: ${megabytes.toFixed(2)} MB, ${nodes} nodes, ${listeners} listeners`,
      )
    }
  })
  stopping.abort()
  await streaming
} finally {
  await browser.close()
  await server[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
}

const steady = samples.slice(Math.floor(samples.length * warmUpShare))
const growth = (of: (sample: Sample) => number) => fitLine(steady.map((sample) => [sample.hours, of(sample)]))
const heap = growth(({ megabytes }) => megabytes)
const nodes = growth((sample) => sample.nodes)
const listeners = growth((sample) => sample.listeners)
const perWatch = heap.slope * watchedHours
report(
  `page-soak, ${values.minutes} minutes, ${runCount} runs of ${metricCount} metrics, ${rowsPerSecond} rows/s each`,
  [
    {
      what: `heap in ${watchedHours} h`,
      value: perWatch,
      text: `${perWatch.toFixed(1)} ± ${(heap.slopeError * watchedHours).toFixed(1)} MB, from ${steady.at(0)?.megabytes.toFixed(1)} MB`,
      budget: growthMegabytesMax,
    },
    {
      what: 'DOM nodes an hour',
      value: nodes.slope,
      text: `${nodes.slope.toFixed(0)} ± ${nodes.slopeError.toFixed(0)}, at ${steady.at(-1)?.nodes}`,
    },
    {
      what: 'listeners an hour',
      value: listeners.slope,
      text: `${listeners.slope.toFixed(0)} ± ${listeners.slopeError.toFixed(0)}, at ${steady.at(-1)?.listeners}`,
    },
  ],
)
if (!(perWatch < growthMegabytesMax)) process.exitCode = 1

/** Sends what each run has logged since the last time, until it is over. */
async function stream(): Promise<void> {
  const countPerSend = (rowsPerSecond * sendIntervalMs) / 1000
  for (let step = rowsPerSecond; !stopping.signal.aborted; step += countPerSend) {
    const lines = historyLines(step, countPerSend, metricCount)
    for (const runId of runIds) await sender.send(runId, step, lines)
    await sleep(sendIntervalMs)
  }
}
