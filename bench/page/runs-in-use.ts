import { median, percentile } from '../lib/measure.ts'
import type { Finding } from '../lib/report.ts'
import { projects } from './fill-store.ts'
import { type Browser, type Page, withVisit } from './open-visit.ts'
import { areChartsDrawn, areRowsThere, type Condition, recordFrames, timeUntil, untilHolds } from './time-until.ts'

const rounds = 5
const scrolls = 120

/** Eye, sort, filter and scrolling with 10,000 runs, going from page to page, and the slower interactions among all of it. */
export function measureRuns(browser: Browser, url: string): Promise<readonly Finding[]> {
  return withVisit(browser, {}, async ({ page, interactions }) => {
    await page.goto(`${url}/local/${projects.many}/table`)
    await page.getByRole('rowheader').nth(10).waitFor()
    const sorts = await measureSort(page)
    const eyes = await measureEye(page)
    const keystrokes = await measureFilter(page)
    const gaps = await measureScroll(page)
    // The sort above brought runs to the top that have no metric.
    await page.goto(`${url}/local/${projects.large}/table`)
    const routes = await measureRoutes(page)
    const all = await interactions()
    const slow = gaps.filter((gap) => gap > 20).length / gaps.length
    const interactionMs = percentile(all, 75)
    return [
      ...pair('eye among 10,000 runs', eyes),
      ...pair('sort of 10,000 runs', sorts),
      ...pair('filter keystroke, 10,000 runs', keystrokes),
      {
        what: 'route change',
        value: median(routes),
        text: `${median(routes).toFixed(0)} ms, slowest ${Math.max(...routes).toFixed(0)} ms`,
        budget: 200,
      },
      {
        what: 'interactions, p75',
        value: interactionMs,
        text: `${interactionMs === 0 ? 'under 16' : interactionMs.toFixed(0)} ms of ${all.length}, slowest ${Math.max(...all).toFixed(0)} ms`,
        budget: 150,
      },
      {
        what: 'runs table scrolled, p95 of frames',
        value: percentile(gaps, 95),
        text: `${percentile(gaps, 95).toFixed(1)} ms; ${(slow * 100).toFixed(0)} % over 20 ms`,
        budget: 17,
      },
    ]
  })
}

type Pair = readonly [feedbackMs: number, resultMs: number]

function pair(what: string, times: readonly Pair[]): readonly Finding[] {
  const feedback = median(times.map(([ms]) => ms))
  const result = median(times.map(([, ms]) => ms))
  return [
    { what: `${what}, feedback`, value: feedback, text: `${feedback.toFixed(0)} ms`, budget: 100 },
    { what: '… result', value: result, text: `${result.toFixed(0)} ms`, budget: 300 },
  ]
}

const firstRowText = (page: Page): Promise<string> =>
  page.evaluate(() => document.querySelector('[role="grid"] [aria-rowindex="2"]')?.textContent ?? '')

async function measureSort(page: Page): Promise<Pair[]> {
  const times: Pair[] = []
  const head = page.getByRole('columnheader', { name: 'accuracy' })
  for (let round = 0; round < rounds; round++) {
    const [sort, row] = [await head.getAttribute('aria-sort'), await firstRowText(page)]
    const isSorting: Condition<Given> = ({ before }) =>
      [...document.querySelectorAll('[role="columnheader"]')]
        .find((one) => one.textContent === 'accuracy')
        ?.getAttribute('aria-sort') !== before
    const isSorted: Condition<Given> = ({ text }) => {
      const first = document.querySelector('[role="grid"] [aria-rowindex="2"]')
      return first?.querySelector('.skeleton') === null && first.textContent !== text
    }
    const click = (): Promise<void> => head.getByRole('button', { name: 'accuracy', exact: true }).click()
    times.push(toPair(await timeUntil(page, 'click', click, { before: sort ?? '', text: row }, isSorting, isSorted)))
  }
  return times
}

interface Given {
  readonly before: string
  readonly text: string
}

async function measureEye(page: Page): Promise<Pair[]> {
  const times: Pair[] = []
  for (let row = 2; row < 2 + rounds; row++) {
    const eye = page.locator(`[aria-rowindex="${row}"] [aria-label^="Show "]`)
    const before = (await eye.getAttribute('aria-pressed')) ?? ''
    const isToggled: Condition<{ before: string; row: number }> = (given) =>
      document.querySelector(`[aria-rowindex="${given.row}"] [aria-label^="Show "]`)?.getAttribute('aria-pressed') !==
      given.before
    times.push(toPair(await timeUntil(page, 'click', () => eye.click(), { before, row }, isToggled, isToggled)))
  }
  return times
}

async function measureFilter(page: Page): Promise<Pair[]> {
  const times: Pair[] = []
  const field = page.getByRole('combobox', { name: 'Filter runs' })
  await field.focus()
  let typed = ''
  for (const key of '8421') {
    typed += key
    const count = await page.evaluate(() => document.querySelector('main [aria-live="polite"]')?.textContent ?? '')
    const isTyped: Condition<Given> = ({ before }) =>
      document.querySelector<HTMLInputElement>('[aria-label="Filter runs"]')?.value === before
    const isFiltered: Condition<Given> = ({ text }) => {
      const said = document.querySelector('main [aria-live="polite"]')?.textContent ?? ''
      return said !== '' && said !== text
    }
    const press = (): Promise<void> => page.keyboard.press(key)
    times.push(toPair(await timeUntil(page, 'keydown', press, { before: typed, text: count }, isTyped, isFiltered)))
  }
  await field.fill('')
  await page.getByText('10,000 runs').waitFor()
  return times
}

async function measureScroll(page: Page): Promise<readonly number[]> {
  const box = (await page.getByRole('grid').boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  const gaps = await recordFrames(page, async () => {
    for (let i = 0; i < scrolls; i++) await page.mouse.wheel(0, 120)
  })
  return gaps
}

/** From the table to charts, to a run, back to the table; the first time the code of a page may be still to come. */
async function measureRoutes(page: Page): Promise<number[]> {
  const times: number[] = []
  const go = async (act: () => Promise<void>, condition: Condition<undefined>): Promise<void> => {
    times.push((await timeUntil(page, 'click', act, undefined, condition))[0]!)
    await untilHolds(page, condition)
  }
  const rail = page.getByRole('navigation', { name: 'Project' })
  for (let round = 0; round < rounds; round++) {
    await go(() => rail.getByRole('link', { name: 'Workspace' }).click(), areChartsDrawn)
    await go(() => page.locator('a[href*="/runs/"]').first().click(), isRunPage)
    await go(() => rail.getByRole('link', { name: 'Runs' }).click(), areRowsThere)
  }
  return times
}

const isRunPage: Condition<undefined> = () =>
  location.pathname.includes('/runs/') && document.querySelector('.plot-area') !== null

function toPair([feedbackMs, resultMs]: readonly number[]): Pair {
  return [feedbackMs!, resultMs!]
}
