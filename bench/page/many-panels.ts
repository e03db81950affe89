import type { Finding } from '../lib/report.ts'
import { projects } from './fill-store.ts'
import { type Browser, withVisit } from './open-visit.ts'
import { areChartsDrawn, untilHolds } from './time-until.ts'

/** Heap and canvases while 100 panels of ten runs are scrolled through, down and up. */
export function measureManyPanels(browser: Browser, url: string): Promise<readonly Finding[]> {
  return withVisit(browser, {}, async ({ page, heapMegabytes }) => {
    await page.goto(`${url}/local/${projects.large}`)
    const first = page.locator('.plot-area').first()
    await first.waitFor()
    const box = (await first.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    const seen = new Set<string>()
    let canvasesMost = 0
    for (const direction of [1, -1]) {
      for (let i = 0; i < 40; i++) {
        await page.mouse.wheel(0, direction * 400)
        await untilHolds(page, areChartsDrawn)
        canvasesMost = Math.max(canvasesMost, await page.locator('canvas').count())
        for (const title of await page.locator('main [role="group"] h3').allTextContents()) seen.add(title)
      }
    }
    const megabytes = await heapMegabytes()
    return [
      {
        what: `${seen.size} panels scrolled through, heap`,
        value: megabytes,
        text: `${megabytes.toFixed(0)} MB`,
        budget: 250,
      },
      { what: '… canvases at once', value: canvasesMost, budget: 40 },
    ]
  })
}
