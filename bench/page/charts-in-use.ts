import { median, percentile } from '../lib/measure.ts'
import type { Finding } from '../lib/report.ts'
import { projects } from './fill-store.ts'
import { type Browser, type Page, withVisit } from './open-visit.ts'
import { areChartsDrawn, type Condition, recordFrames, timeUntil, untilHolds } from './time-until.ts'

/** Of all metrics the first twelve. */
const twelvePanels = '/train.metric_(\\d|10|11)$/'
const crosshairMoves = 200
const zooms = 7

/** What the crosshair costs on twelve charts at once. */
export function measureCrosshair(browser: Browser, url: string): Promise<readonly Finding[]> {
  return withVisit(browser, { width: 1640, height: 1250 }, async ({ page, busySeconds }) => {
    await page.goto(`${url}/local/${projects.large}?m=${encodeURIComponent(twelvePanels)}`)
    const box = await firstPlot(page)
    const count = await page.locator('.plot-area').count()
    const cross = async (): Promise<void> => {
      for (let i = 0; i < crosshairMoves; i++) {
        const share = i / crosshairMoves
        await page.mouse.move(box.x + box.width * share, box.y + box.height * (0.3 + 0.4 * share))
      }
    }
    await cross()
    const before = await busySeconds()
    const gaps = await recordFrames(page, cross)
    const busyMs = ((await busySeconds()) - before) * 1000
    const perFrame = busyMs / gaps.length
    const longest = Math.max(...gaps)
    return [
      {
        what: `crosshair on ${count} charts, processor time a frame`,
        value: perFrame,
        text: `${perFrame.toFixed(1)} ms`,
        budget: 8,
      },
      {
        what: '… longest frame',
        value: longest,
        text: `${longest.toFixed(0)} ms, p95 ${percentile(gaps, 95).toFixed(0)} ms`,
        budget: 32,
      },
    ]
  })
}

/** From the end of a drag over ten series of a million points to the stretched lines, and to the exact ones. */
export function measureZoom(browser: Browser, url: string): Promise<readonly Finding[]> {
  return withVisit(browser, {}, async ({ page }) => {
    await page.goto(`${url}/local/${projects.long}`)
    const box = await firstPlot(page)
    const stretched: number[] = []
    const exact: number[] = []
    for (let i = 0; i < zooms; i++) {
      const from = box.x + box.width * (0.1 + 0.05 * i)
      const y = box.y + box.height / 2
      await page.mouse.move(from, y)
      await page.mouse.down()
      await page.mouse.move(from + box.width * 0.1, y)
      await page.mouse.move(from + box.width * 0.2, y)
      const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/series')
      await page.evaluate(() => performance.clearResourceTimings())
      const [stretchedMs, exactMs] = await timeUntil(
        page,
        'pointerup',
        () => page.mouse.up(),
        undefined,
        isZoomed,
        isAnswered,
      )
      await answer
      stretched.push(stretchedMs!)
      exact.push(exactMs!)
      await page.getByRole('button', { name: 'Reset zoom' }).first().click()
      await page.mouse.move(0, 0)
    }
    return [
      {
        what: 'zoom, 10 × 1 M points, stretched',
        value: median(stretched),
        text: `${median(stretched).toFixed(0)} ms`,
        budget: 50,
      },
      { what: '… exact', value: median(exact), text: `${median(exact).toFixed(0)} ms`, budget: 300 },
    ]
  })
}

/** The button is there in the render that gives the new range to the plot. */
const isZoomed: Condition<undefined> = () => document.querySelector('[aria-label="Reset zoom"]') !== null
/** The answer is in; its points are drawn in the next frame, which is waited for. */
const isAnswered: Condition<undefined> = () =>
  performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/series'))

async function firstPlot(page: Page) {
  const area = page.locator('.plot-area').first()
  await area.waitFor()
  await untilHolds(page, areChartsDrawn)
  const box = await area.boundingBox()
  if (!box) throw new Error('The first chart is not drawn.')
  return box
}
