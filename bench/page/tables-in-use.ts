import { median } from '../lib/measure.ts'
import { logTable, predictionTable } from '../lib/prediction-table.ts'
import type { Finding } from '../lib/report.ts'
import { createSender } from '../lib/sender.ts'
import { type Browser, type Page, withVisit } from './open-visit.ts'
import { type Condition, timeUntil } from './time-until.ts'

const rowCount = 1_000_000
const rounds = 3

/** Opening a run's table of 1 M rows that the server has not read, and sorting it by numbers and by as many different texts. */
export async function measureTables(browser: Browser, url: string): Promise<readonly Finding[]> {
  const sender = createSender(url)
  const firstMs: number[] = []
  const numberMs: number[] = []
  const textMs: number[] = []
  for (let round = 0; round < rounds; round++) {
    const runId = `table${Date.now().toString(36)}`
    await logTable(sender, { url }, { runId, rowCount, text: predictionTable(rowCount, round + 1) })
    await withVisit(browser, {}, async ({ page }) => {
      await page.addInitScript(`(${watchRows})()`)
      await page.goto(`${url}/local/bench/runs/${runId}/tables`)
      firstMs.push((await page.evaluate('window.firstRows')) as number)
      // A sort of what is still read would wait for the rest.
      await page.locator('[role="grid"][aria-busy="false"]').waitFor()
      numberMs.push(await measureSort(page, 'score'))
      textMs.push(await measureSort(page, 'name'))
    })
  }
  const figure = (what: string, times: readonly number[], budget: number): Finding => {
    const value = median(times)
    return { what, value, text: `${value.toFixed(0)} ms, best ${Math.min(...times).toFixed(0)} ms`, budget }
  }
  return [
    figure('table of 1 M rows, first rows after navigation', firstMs, 500),
    figure('… sorted by numbers', numberMs, 2000),
    figure('… sorted by 1 M different texts', textMs, 2000),
  ]
}

/** Ascending, which is another order than the one before. */
async function measureSort(page: Page, column: string): Promise<number> {
  const before = await page.evaluate(
    () => document.querySelector('[role="grid"] [aria-rowindex="2"]')?.textContent ?? '',
  )
  const isSorted: Condition<string> = (text) => {
    const first = document.querySelector('[role="grid"] [aria-rowindex="2"]')
    return first !== null && first.querySelector('.skeleton') === null && first.textContent !== text
  }
  const head = page.locator('[role="columnheader"] button', { hasText: column }).first()
  return (await timeUntil(page, 'click', () => head.click(), before, isSorted))[0]!
}

/** Runs in the page before its own scripts. */
function watchRows(): void {
  const firstRows = new Promise<number>((resolve) => {
    const look = (): void => {
      const first = document.querySelector('[role="grid"] [aria-rowindex="2"]')
      if (first === null || first.querySelector('.skeleton') !== null) {
        requestAnimationFrame(look)
        return
      }
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    }
    requestAnimationFrame(look)
  })
  Object.assign(window, { firstRows })
}
