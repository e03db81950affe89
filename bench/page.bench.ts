// The page in a real browser against its budgets: opening, drawing, zooming, tables of runs, memory, live data. Needs Chromium.
// The first time it fills a data folder, which takes minutes and some 500 MB; `--data-dir DIR` keeps it for the next time.
// `npm run bench -- page crosshair zoom` measures only what is named.
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { launchChromium, openTemporaryDirectory } from '@lossline/testing'
import { type Finding, report } from './lib/report.ts'
import { spawnServer } from './lib/spawned-server.ts'
import { measureCrosshair, measureZoom } from './page/charts-in-use.ts'
import { fillStore } from './page/fill-store.ts'
import { measureFirstCharts, measureManyMetrics } from './page/first-charts.ts'
import { measureLiveUpdates, measureLogToPixel } from './page/live.ts'
import { measureManyPanels } from './page/many-panels.ts'
import type { Browser } from './page/open-visit.ts'
import { measureRuns } from './page/runs-in-use.ts'
import { measureSeriesAnswers } from './page/series-answers.ts'
import { measureTables } from './page/tables-in-use.ts'

interface Served {
  readonly url: string
  readonly pid: number
  readonly directory: string
}

const measurements: Readonly<Record<string, (browser: Browser, server: Served) => Promise<readonly Finding[]>>> = {
  open: (browser, { url }) => measureFirstCharts(browser, url),
  data: (_, server) => measureSeriesAnswers(server),
  crosshair: (browser, { url }) => measureCrosshair(browser, url),
  zoom: (browser, { url }) => measureZoom(browser, url),
  runs: (browser, { url }) => measureRuns(browser, url),
  panels: (browser, { url }) => measureManyPanels(browser, url),
  metrics: (browser, { url }) => measureManyMetrics(browser, url),
  tables: (browser, { url }) => measureTables(browser, url),
  pixel: measureLogToPixel,
  live: measureLiveUpdates,
}

const { values, positionals } = parseArgs({ options: { 'data-dir': { type: 'string' } }, allowPositionals: true })
const browser = await launchChromium()
if (browser === undefined) {
  console.log('page: skipped, no Chromium found.')
  process.exit(0)
}
const temporary = values['data-dir'] === undefined ? await openTemporaryDirectory('lossline-bench-page-') : undefined
const directory = temporary?.path ?? resolve(values['data-dir']!)
// Where programs that are started in the directory keep their runs.
const dataDirectory = join(directory, '.lossline')
mkdirSync(dataDirectory, { recursive: true })
const findings: Finding[] = []
try {
  await fillStore(dataDirectory)
  const server = await spawnServer(dataDirectory)
  try {
    for (const [name, measure] of Object.entries(measurements)) {
      if (positionals.length > 0 && !positionals.includes(name)) continue
      try {
        findings.push(...(await measure(browser, { url: server.url, pid: server.pid, directory })))
      } catch (error) {
        // The others are worth knowing all the same.
        console.error(`page: ${name} failed`, error)
        process.exitCode = 1
      }
    }
  } finally {
    await server[Symbol.asyncDispose]()
  }
} finally {
  report('page', findings)
  await browser.close()
  await temporary?.[Symbol.asyncDispose]()
}
