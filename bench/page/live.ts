import { setTimeout as sleep } from 'node:timers/promises'
import { type InitOptions, init } from '@lossline/core'
import { median } from '../lib/measure.ts'
import type { Finding } from '../lib/report.ts'
import { type Browser, type Page, withVisit } from './open-visit.ts'
import { areChartsDrawn, untilHolds } from './time-until.ts'

/** A data folder may be measured again: what was logged the last time is in other projects. */
const started = Date.now().toString(36)
const logs = 15
const metricCount = 24
const rowIntervalMs = 100
const observedMs = 15_000

/** From `run.log` to the frame that shows the value, by the run's folder and by HTTP. */
export async function measureLogToPixel(
  browser: Browser,
  server: { readonly url: string; readonly directory: string },
): Promise<readonly Finding[]> {
  const options = { console: 'off', silent: true } as const
  const byFolder = await timeLogs(browser, server.url, {
    ...options,
    dir: server.directory,
    project: `folder-${started}`,
  })
  const byHttp = await timeLogs(browser, server.url, {
    ...options,
    dir: `${server.directory}/elsewhere`,
    baseUrl: server.url,
    project: `http-${started}`,
  })
  const figure = (what: string, times: readonly number[]): Finding => ({
    what,
    value: median(times),
    text: `${median(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms`,
    budget: 250,
  })
  return [figure('log() to pixel, by the folder', byFolder), figure('log() to pixel, by HTTP', byHttp)]
}

async function timeLogs(browser: Browser, url: string, options: InitOptions): Promise<readonly number[]> {
  const run = await init(options)
  let value = 900
  const log = (): number => {
    run.log({ loss: --value })
    return value
  }
  log()
  log()
  try {
    return await withVisit(browser, {}, async ({ page }) => {
      await page.goto(`${url}/local/${options.project}`)
      await shows(page, value)
      const times: number[] = []
      for (let i = 0; i < logs; i++) {
        // Somewhere between two refreshes, as a program that knows nothing of them.
        await sleep(900 + Math.random() * 400)
        const shown = shows(page, value - 1)
        const beganMs = Date.now()
        log()
        times.push((await shown) - beganMs)
      }
      return times
    })
  } finally {
    await run.finish()
  }
}

/** When, in ms since 1970, the frame is on screen in which the lowest value is this one: the chart says it in words too. */
function shows(page: Page, lowest: number): Promise<number> {
  return page.evaluate(
    (text) =>
      new Promise<number>((resolve, reject) => {
        setTimeout(() => reject(new Error(`Never came: ${text}`)), 30_000)
        const look = (): void => {
          const said = document.querySelector('main [role="group"] p.sr-only')?.textContent ?? ''
          if (said.includes(text)) requestAnimationFrame(() => setTimeout(() => resolve(Date.now())))
          else requestAnimationFrame(look)
        }
        look()
      }),
    `Lowest ${lowest},`,
  )
}

/** How busy the page's thread is while 24 panels grow ten times a second. */
export async function measureLiveUpdates(
  browser: Browser,
  server: { readonly url: string; readonly directory: string },
): Promise<readonly Finding[]> {
  const project = `growing-${started}`
  const run = await init({ dir: server.directory, project, console: 'off', silent: true })
  let step = 0
  const log = (): void => {
    step++
    run.log(Object.fromEntries(Array.from({ length: metricCount }, (_, i) => [`metric_${i}`, Math.sin(step / 50 + i)])))
  }
  for (let i = 0; i < 1000; i++) log()
  const timer = setInterval(log, rowIntervalMs)
  try {
    return await withVisit(browser, { width: 1640, height: 2300 }, async ({ page, busySeconds }) => {
      await page.goto(`${server.url}/local/${project}`)
      await untilHolds(page, areChartsDrawn)
      await sleep(2000)
      const panelCount = await page.locator('.plot-area').count()
      const before = await busySeconds()
      const beganMs = performance.now()
      await sleep(observedMs)
      const share = ((await busySeconds()) - before) / ((performance.now() - beganMs) / 1000)
      const what = `${panelCount} live panels, 10 rows/s, share of a core`
      return [{ what, value: share * 100, text: `${(share * 100).toFixed(1)} %`, budget: 10 }]
    })
  } finally {
    clearInterval(timer)
    await run.finish()
  }
}
