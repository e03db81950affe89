import { median } from '../lib/measure.ts'
import type { Finding } from '../lib/report.ts'
import { projects } from './fill-store.ts'
import { type Browser, type Page, withVisit } from './open-visit.ts'
import { areChartsDrawn } from './time-until.ts'

const visits = 5

/** From navigation to the first paint and to all charts on screen, with an empty cache and with a filled one. */
export async function measureFirstCharts(browser: Browser, url: string): Promise<readonly Finding[]> {
  const address = `${url}/local/${projects.large}`
  const cold: Opening[] = []
  const warm: Opening[] = []
  for (let visit = 0; visit < visits; visit++) {
    await withVisit(browser, {}, async ({ page }) => {
      await page.addInitScript(`(${watch})(${areChartsDrawn})`)
      cold.push(await open(page, address))
      await page.goto('about:blank')
      warm.push(await open(page, address))
    })
  }
  const figure = (what: string, times: readonly number[], budget: number): Finding => {
    const value = median(times)
    return { what, value, text: `${value.toFixed(0)} ms`, budget }
  }
  return [
    figure(
      'first paint, cold',
      cold.map(({ paintMs }) => paintMs),
      800,
    ),
    figure(
      'first charts, cold',
      cold.map(({ chartsMs }) => chartsMs),
      1500,
    ),
    figure(
      'first charts, warm',
      warm.map(({ chartsMs }) => chartsMs),
      500,
    ),
  ]
}

/** Until 5,000 metrics in 200 sections are open, and how many series were asked for. */
export function measureManyMetrics(browser: Browser, url: string): Promise<readonly Finding[]> {
  return withVisit(browser, {}, async ({ page }) => {
    await page.addInitScript(`(${watch})(${areChartsDrawn})`)
    let requestCount = 0
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/series') requestCount++
    })
    const { chartsMs } = await open(page, `${url}/local/${projects.wide}`)
    await page.waitForTimeout(2000)
    return [
      { what: '5,000 metrics opened, cold', value: chartsMs, text: `${chartsMs.toFixed(0)} ms`, budget: 2000 },
      // One for each panel on screen, and a screen around it.
      { what: '… series asked for', value: requestCount, budget: 60 },
    ]
  })
}

interface Opening {
  readonly paintMs: number
  readonly chartsMs: number
}

async function open(page: Page, address: string): Promise<Opening> {
  await page.goto(address)
  const chartsMs = (await page.evaluate('window.chartsDrawn')) as number
  const paintMs = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]!.startTime)
  return { paintMs, chartsMs }
}

/** Runs in the page before its own scripts. */
function watch(areDrawn: () => boolean): void {
  const chartsDrawn = new Promise<number>((resolve) => {
    const look = (): void => {
      if (document.body === null || !areDrawn()) {
        requestAnimationFrame(look)
        return
      }
      // The canvas is drawn in the task that adds the element; the task after the next frame has shown it.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    }
    requestAnimationFrame(look)
  })
  Object.assign(window, { chartsDrawn })
}
