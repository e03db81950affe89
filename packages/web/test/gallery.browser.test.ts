import { fileURLToPath } from 'node:url'
import { until } from '@lossline/testing'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { fillServer, type LiveRun } from '../gallery/fill-server.ts'
import { panelStates } from '../gallery/panel-states.ts'
import { barPanel } from '../src/view/panels/bar-panel.ts'
import { markdownPanel } from '../src/view/panels/markdown-panel.ts'
import { mediaPanel } from '../src/view/panels/media-panel.ts'
import { panelKinds } from '../src/view/panels/registry.ts'
import { comparePictures, type PicturedPlace } from './support/compare-pictures.ts'
import { openPage, type Page, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const hasBrowser = inject('webRoot') !== undefined
const outDir = fileURLToPath(new URL('../node_modules/.cache/test-gallery', import.meta.url))
const picturesDir = fileURLToPath(new URL('pictures', import.meta.url))
/** Cells of the comparer: when runs were made, how long they took, and where. */
const timesOfRuns = '[data-kind="Run Comparer"] [role=cell]'
/** High enough for everything: what is not on screen waits until it is. */
const viewport = { width: 1440, height: 10_000 }

describe.skipIf(!hasBrowser)('the gallery of panels', { timeout: 120_000 }, () => {
  let pages: PageServer
  let live: LiveRun

  beforeAll(async () => {
    const configFile = fileURLToPath(new URL('../gallery/vite.config.ts', import.meta.url))
    await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } })
    pages = await openPageServer(outDir)
    live = await fillServer({ url: pages.server.url, logTo: pages.logTo })
  }, 120_000)
  afterAll(async () => {
    await live?.[Symbol.asyncDispose]()
    await pages?.[Symbol.asyncDispose]()
  })

  test('every kind is there in every state, looks as it did, and says why it cannot be drawn; axe finds nothing in either theme', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/gallery/index.html`, viewport)
    const { page } = opened
    await page.getByRole('heading', { name: 'Gallery of panels' }).waitFor()
    await until(async () => expect(await waiting(page)).toEqual([]))
    const shown = (kind: string, state: string) => page.locator(placeOf(kind, state)).first()
    for (const { kind } of panelKinds) {
      for (const { name } of panelStates) expect(await shown(kind, name).count(), `${kind}, ${name}`).toBe(1)
      // A text is there whatever the server says.
      if (kind === markdownPanel.kind) continue
      expect(await shown(kind, 'loading').locator('.skeleton').count(), `${kind}, loading`).toBe(1)
      await shown(kind, 'error').getByText('The disk of the server is full.').waitFor()
      await shown(kind, 'error').getByRole('button', { name: 'Retry' }).waitFor()
    }
    await shown('broken', 'usual').getByText('This panel failed to draw; the others are fine.').waitFor()
    expect(await page.getByText('failed to draw').count()).toBe(1)
    await shown('unknown', 'usual').getByText('cannot be drawn here yet').first().waitFor()
    await shown('unreadable', 'usual').getByText('This panel cannot be read.').first().waitFor()
    const places = await placesOf(page)
    for (const theme of ['Light', 'Dark']) {
      await page.getByRole('radio', { name: theme }).check()
      expect(await problemsOf(page)).toEqual([])
      const file = `${picturesDir}/gallery-${theme.toLowerCase()}.png`
      expect(await comparePictures(page, places, { file, mask: timesOfRuns })).toEqual([])
    }
    // In a panel of the usual size nothing scrolls unless somebody asks for all.
    const inner = (kind: string, state: string) => shown(kind, state).locator('[role=group] > .overflow-auto')
    const hasMore = (kind: string, state: string): Promise<boolean> =>
      inner(kind, state).evaluate((it) => it.scrollHeight > it.clientHeight)
    for (const { name } of panelStates) {
      if (name === 'loading' || name === 'error') continue
      expect(await hasMore(barPanel.kind, name), `bars, ${name}`).toBe(false)
      if (name !== 'large') expect(await hasMore(mediaPanel.kind, name), `media, ${name}`).toBe(false)
    }
    const bars = shown(barPanel.kind, 'large')
    await bars.getByText('11 of 60 bars shown').waitFor()
    expect(await bars.getByRole('listitem').count()).toBe(11)
    await bars.getByRole('button', { name: 'Show all' }).click()
    await until(async () => expect(await bars.getByRole('listitem').count()).toBe(60))
    expect(await hasMore(barPanel.kind, 'large')).toBe(true)
    expect(await bars.getByRole('link').count()).toBe(60)
    expect(await problemsOf(page)).toEqual([])
    await bars.getByRole('button', { name: 'Show fewer' }).click()
    await until(async () => expect(await bars.getByRole('listitem').count()).toBe(11))
    expect(opened.foreignRequests).toEqual([])
  })
})

function placeOf(kind: string, state: string): string {
  return `[data-kind="${kind}"][data-state="${state}"]`
}

/** Everything that the gallery frames, in its order. What loads moves, or would say something else each time. */
function placesOf(page: Page): Promise<PicturedPlace[]> {
  return page.locator('figure[data-kind]:not([data-state="loading"])').evaluateAll((figures) =>
    figures.map((figure) => {
      const { x, y, width, height } = figure.firstElementChild!.getBoundingClientRect()
      const title = (figure.textContent ?? '').slice(0, 40)
      return { name: `${figure.dataset.kind}, ${figure.dataset.state}: ${title}`, box: { x, y, width, height } }
    }),
  )
}

/** What panels wait for whose data should come. Parts of panels that are scrolled away may wait. */
function waiting(page: Page): Promise<(string | null)[]> {
  const isOfPanel = panelKinds.map(({ title }) => `.skeleton[aria-label^="Loading ${title}: "]`).join(', ')
  return page
    .locator('figure:not([data-state="loading"])')
    .locator(isOfPanel)
    .evaluateAll((found) => found.map((one) => one.getAttribute('aria-label')))
}
