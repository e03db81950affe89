import { type AccessibilityProblem, findAccessibilityProblems, type launchChromium } from '@lossline/testing'

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
 * The numbers that a chart draws, as anybody can read them: from its "view as table".
 *
 * @returns rows of cell texts, all pages of the table
 */
export async function readTable(page: Page, title: string): Promise<readonly (readonly string[])[]> {
  const panel = page.getByRole('group', { name: title, exact: true })
  await panel.hover()
  await panel.getByRole('button', { name: 'View as table' }).click()
  for (let more = panel.getByRole('button', { name: /Show more/ }); (await more.count()) > 0; ) await more.click()
  const rows = await panel
    .locator('tbody tr')
    .evaluateAll((elements) =>
      elements.map((row) => Array.from(row.querySelectorAll('td'), (cell) => cell.textContent ?? '')),
    )
  await panel.getByRole('button', { name: 'View as table' }).click()
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
