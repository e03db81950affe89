import { readFile } from 'node:fs/promises'
import { type InitOptions, init } from '@lossline/core'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, type Page, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')
const stepCount = 100_000
const spikeStep = 43_210

describe.skipIf(webRoot === undefined)('a panel in full screen, and as a picture', { timeout: 60_000 }, () => {
  let pages: PageServer

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    const options: InitOptions = { ...pages.logTo, project: 'full' }
    const run = await init({ ...options, name: 'spiky' })
    for (let step = 0; step < stepCount; step += 1)
      run.log({ loss: step === spikeStep ? 100 : 1, acc: step / stepCount })
    await run.finish()
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  const named = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
  const region = (page: Page, title: string) => page.getByRole('region', { name: `${title} in full screen` })

  test('opens from its menu or by a link, goes to its neighbours, and Back or Escape leaves it', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/full`)
    const { page } = opened
    await named(page, 'acc').hover()
    await named(page, 'acc').getByRole('button', { name: 'acc in full screen' }).click()
    await region(page, 'acc').locator('.plot canvas').first().waitFor()
    expect(await problemsOf(page)).toEqual([])
    const link = page.url()
    await region(page, 'acc').focus()
    await page.keyboard.press('ArrowRight')
    await region(page, 'loss').waitFor()
    await page.goBack()
    await region(page, 'acc').waitFor()
    await page.keyboard.press('Escape')
    await named(page, 'loss').waitFor()
    await page.goto(link)
    await region(page, 'acc').waitFor()
    await page.goto(`${pages.server.url}/local/full?panelDisplayName=loss&panelSectionName=Charts`)
    await region(page, 'loss').waitFor()
    await page.keyboard.press('Escape')
    await named(page, 'loss').hover()
    await page.keyboard.press('Shift+F')
    await region(page, 'loss').waitFor()
  })

  test('the spike of one point among 100,000 is in the picture and in the vectors', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/full`)
    const { page } = opened
    const loss = named(page, 'loss')
    await loss.locator('.plot canvas').first().waitFor()
    await loss.hover()
    const save = async (name: string): Promise<Buffer> => {
      await loss.getByRole('button', { name: 'Download loss' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
      ])
      return readFile(await download.path())
    }
    const svg = (await save('SVG')).toString()
    const [top, height] = /<clipPath[^>]*><rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"/
      .exec(svg)!
      .slice(1)
      .map(Number) as [number, number]
    const ys = [...svg.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))
    // The axis has 4 % of air above the spike.
    expect(ys.some((y) => y > top && y < top + height * 0.06)).toBe(true)
    expect(svg.length).toBeLessThan(300_000)
    const png = await save('PNG 1×')
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    const csv = (await save('CSV')).toString()
    expect(csv.split('\r\n')[0]).toContain('max')
    // What was saved is what the page itself has drawn: pixels of the line near the upper edge.
    const isSpikeDrawn = await page.evaluate(
      async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
        context.drawImage(bitmap, 0, 0)
        const from = Math.round(bitmap.height * 0.2)
        const { data } = context.getImageData(Math.round(bitmap.width * 0.15), from, Math.round(bitmap.width * 0.8), 10)
        for (let i = 0; i < data.length; i += 4) if (data[i + 2]! - data[i]! > 60) return true
        return false
      },
      [...png],
    )
    expect(isSpikeDrawn).toBe(true)
    await until(() => expect(opened.errors).toEqual([]))
  })
})
