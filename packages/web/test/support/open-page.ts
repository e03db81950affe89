import { type AccessibilityProblem, findAccessibilityProblems, type launchChromium, until } from '@lossline/testing'
import { expect } from 'vitest'

/** A browser; the types come from the helper, so that nothing here depends on Playwright itself. */
export type Browser = NonNullable<Awaited<ReturnType<typeof launchChromium>>>
export type Page = Awaited<ReturnType<Browser['newPage']>>

/** A page of a fresh profile, and what went wrong on it. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page
  /** Errors of scripts and of the content policy. */
  readonly errors: readonly string[]
  /** Addresses asked for outside of the server's origin. */
  readonly foreignRequests: readonly string[]
}

/** Opens an address. */
export async function openPage(
  browser: Browser,
  url: string,
  options: { readonly theme?: 'light' | 'dark'; readonly width?: number; readonly height?: number } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    // As a browser with a window has it from the start.
    permissions: ['clipboard-write'],
  })
  const page = await context.newPage()
  const errors: string[] = []
  const foreignRequests: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    const isNetwork = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isNetwork) errors.push(message.text())
  })
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) foreignRequests.push(request.url())
  })
  await page.goto(url)
  return { page, errors, foreignRequests, [Symbol.asyncDispose]: () => context.close() }
}

/** Everything axe finds. */
export function problemsOf(page: Page): Promise<readonly AccessibilityProblem[]> {
  return findAccessibilityProblems(page)
}

/**
 * Waits until a page has a heading, nothing in sight is a placeholder, all at one moment. What is below comes when
 * somebody scrolls there.
 */
export async function settle(page: Page): Promise<void> {
  const state = () => {
    const inSight = [...document.querySelectorAll('.skeleton, main[aria-busy=true]')].filter(
      (element) => element.getBoundingClientRect().top < innerHeight,
    )
    return { hasHeading: document.querySelector('h1') !== null, placeholderCount: inSight.length }
  }
  await until(async () => expect(await page.evaluate(state)).toEqual({ hasHeading: true, placeholderCount: 0 }))
}

/** Everything axe finds in the light theme, and what has too little contrast in the dark one: the rest is the same. */
export async function problemsInBothThemes(page: Page): Promise<readonly AccessibilityProblem[]> {
  const problems = await problemsNow(page)
  if (problems.length === 0) return problems
  // A late answer may have changed the page in the middle of it. What is wrong stays wrong.
  await settle(page)
  return problemsNow(page)
}

async function problemsNow(page: Page): Promise<readonly AccessibilityProblem[]> {
  const light = await findAccessibilityProblems(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await findAccessibilityProblems(page, ['color-contrast', 'link-in-text-block'])
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark]
}

/**
 * The numbers that a chart draws, as anybody can read them: from its "view as table".
 *
 * @returns rows of cell texts, all pages of the table
 */
export async function readTable(page: Page, title: string): Promise<readonly (readonly string[])[]> {
  const panel = page.getByRole('group', { name: title, exact: true })
  await panel.hover()
  const button = panel.getByRole('button', { name: 'View as table' })
  // An attempt before this one may have ended in the middle.
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
  const region = panel.getByRole('region', { name: `${title} as table`, exact: true })
  // Its code comes when somebody wants it.
  await region.waitFor()
  for (let more = panel.getByRole('button', { name: /Show more/ }); (await more.count()) > 0; ) await more.click()
  const rows = await region
    .locator('tbody tr')
    .evaluateAll((elements) =>
      elements.map((row) => Array.from(row.querySelectorAll('td'), (cell) => cell.textContent ?? '')),
    )
  await panel.getByRole('button', { name: 'View as table' }).click()
  // The address says which panels are tables, a little later: what loads it anew shall find the chart.
  await until(() => expect(page.url()).not.toContain('tv='))
  return rows
}

/** Drags across a chart's plotting area, from and to shares of its width. */
export async function dragAcross(page: Page, title: string, from: number, to: number): Promise<void> {
  const box = await page.getByRole('group', { name: title, exact: true }).locator('.plot-area').boundingBox()
  if (!box) throw new Error(`The chart ${title} is not drawn.`)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * from, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y)
  await page.mouse.move(box.x + box.width * to, y)
  await page.mouse.up()
}
