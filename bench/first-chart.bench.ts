// From navigation to a drawn chart in a real browser: server warm, page and its files warm in the browser's cache.
// Needs Chromium and the built page (`pnpm --filter @lossline/web build`). `--small` leaves out the 10 M steps.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer } from '@lossline/server'
import { openSqliteStore, type RowGroup, type Store } from '@lossline/store'
import { launchChromium, openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { report } from './lib/report.ts'

const webRoot = fileURLToPath(new URL('../packages/web/dist', import.meta.url))
const groupRowCount = 4000
const visits = 9
const isSmall = process.argv.includes('--small')

function makeRows(firstStep: number, rowCount: number): RowGroup {
  const rowIndexes = Uint32Array.from({ length: rowCount }, (_, row) => row)
  const values = Float64Array.from(rowIndexes, (row) => 1 / (1 + (firstStep + row) / 50_000) + Math.random() * 0.1)
  return {
    rowCount,
    steps: Float64Array.from(rowIndexes, (row) => firstStep + row),
    numbers: [{ key: 'loss', rowIndexes, values }],
    others: [],
  }
}

async function addRun(store: Store, project: string, runId: string, stepCount: number): Promise<void> {
  const nowMs = Date.now()
  const at = { entity: 'local', project, runId }
  const [{ run }] = await store.write([{ kind: 'put-run', at, nowMs, change: {} }])
  for (let step = 0; step < stepCount; step += groupRowCount) {
    const rows = makeRows(step, Math.min(groupRowCount, stepCount - step))
    await store.write([{ kind: 'append-rows', run: run.id, stream: 'history', lineOffset: step, rows, nowMs }])
  }
}

/** Runs in the page before its own scripts: notes when the first chart's canvas is there and painted. */
const watchForChart = `
  const look = () => {
    if (document.querySelector('.plot-area') === null) return requestAnimationFrame(look)
    // The canvas is drawn in the same task that adds the element; the frame after next has shown it.
    requestAnimationFrame(() => setTimeout(() => { window.chartDrawnMs = performance.now() }))
  }
  requestAnimationFrame(look)
`

const browser = await launchChromium()
if (browser === undefined || !existsSync(join(webRoot, 'index.html'))) {
  console.log(`first-chart: skipped, ${browser === undefined ? 'no Chromium found' : `no page in ${webRoot}`}.`)
  await browser?.close()
  process.exit(0)
}
const directory = await openTemporaryDirectory('lossline-bench-')
try {
  const store = await openSqliteStore({ path: join(directory.path, 'store.db') })
  await addRun(store, 'million', 'a', 1e6)
  if (!isSmall) await addRun(store, 'ten-million', 'a', 1e7)
  for (let i = 0; i < 1000; i++) await addRun(store, 'thousand-runs', `run-${i}`, 1000)
  await store.compact({ all: true })
  await store.close()
  const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], webRoot, log: () => {} })

  /** Median milliseconds from navigation to the painted chart; the first two visits warm caches and do not count. */
  const measure = async (path: string): Promise<number> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addInitScript(watchForChart)
    const page = await context.newPage()
    const durations: number[] = []
    for (let visit = -2; visit < visits; visit++) {
      await page.goto('about:blank')
      await page.goto(server.url + path)
      let durationMs = 0
      // Not waitForFunction: it needs eval, which the page's policy forbids.
      while (durationMs === 0) durationMs = Number(await page.evaluate('window.chartDrawnMs ?? 0'))
      if (visit >= 0) durations.push(durationMs)
    }
    await context.close()
    return median(durations)
  }
  const millionMs = await measure('/local/million')
  const tenMillionMs = isSmall ? Number.NaN : await measure('/local/ten-million')
  const runsMs = await measure('/local/thousand-runs?r=1000')
  await server.close()
  report('first-chart: milliseconds from navigation to the painted chart', [
    { what: '1 M steps', value: millionMs, text: `${millionMs.toFixed(0)} ms`, floor: 500, goal: 150 },
    ...(isSmall
      ? []
      : [{ what: '10 M steps', value: tenMillionMs, text: `${tenMillionMs.toFixed(0)} ms`, floor: 1000, goal: 250 }]),
    { what: 'one metric of 1,000 runs', value: runsMs, text: `${runsMs.toFixed(0)} ms`, floor: 1000, goal: 150 },
  ])
} finally {
  await browser.close()
  await directory[Symbol.asyncDispose]()
}
