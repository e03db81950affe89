import { readFile } from 'node:fs/promises'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createWireRun } from './support/create-wire-run.ts'
import { openPage, type Page, problemsOf, readTable } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')
const rowCount = 3000

describe.skipIf(webRoot === undefined)('line charts', { timeout: 60_000 }, () => {
  let pages: PageServer

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    for (let i = 0; i < 6; i++) {
      const at = { project: 'lines', runId: `r${i}`, displayName: `run ${i}` }
      const run = await createWireRun(pages.server.url, at, { lr: 1 / (i + 1) })
      const rows = Array.from({ length: rowCount }, (_, step) => ({
        loss: i + Math.sin(step / 7) + (step % 3),
        signed: Math.sinh(Math.sin(step / 50) * 8),
      }))
      await run.log(rows)
      await run.finish()
    }
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  const url = (query = ''): string => `${pages.server.url}/local/lines${query}`
  const named = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
  const drawn = async (page: Page, name: string): Promise<void> =>
    named(page, name).locator('.plot canvas').first().waitFor()

  /** How the list shows runs: their colour and dash by their names. */
  async function looksOf(page: Page): Promise<Record<string, string>> {
    const items = page.getByRole('list', { name: 'Runs', exact: true }).getByRole('listitem')
    await items.first().waitFor()
    const found = await items.evaluateAll((rows) =>
      rows.map((row) => {
        const line = row.querySelector('svg line[stroke-dasharray]')
        return [
          /run \d/.exec(row.textContent ?? '')?.[0] ?? '',
          `${line?.getAttribute('stroke')} ${line?.getAttribute('stroke-dasharray')}`,
        ]
      }),
    )
    return Object.fromEntries(found)
  }

  test('a run keeps hue and dash whatever is filtered, sorted, deleted or loaded anew', async () => {
    await using opened = await openPage(pages.browser, url())
    const { page } = opened
    const before = await looksOf(page)
    expect(new Set(Object.values(before)).size).toBe(6)
    await page.goto(url('?s=%2Bconfig.lr'))
    expect(await looksOf(page)).toEqual(before)
    await page.goto(url('?q=config.lr%20%3C%200.3'))
    const filtered = await looksOf(page)
    expect(Object.keys(filtered)).toHaveLength(3)
    expect(before).toMatchObject(filtered)
    const trash = await fetch(`${pages.server.url}/api/projects/local/lines/runs/change`, {
      method: 'POST',
      body: JSON.stringify({ of: { runIds: ['r0'] }, action: 'trash' }),
    })
    expect(trash.status).toBe(200)
    await page.goto(url())
    const { 'run 0': _, ...left } = before
    expect(await looksOf(page)).toEqual(left)
    await page.reload()
    expect(await looksOf(page)).toEqual(left)
  })

  test('a pasted address shows the same in another browser, and smoothed values do not depend on zoom and size', async () => {
    await using opened = await openPage(pages.browser, url('?r=none~r1,r2&ly=symlog&sm=twema:0.9'))
    await drawn(opened.page, 'loss')
    const wholeRows = await readTable(opened.page, 'loss')
    await using pasted = await openPage(
      pages.browser,
      url('?r=none~r1,r2&ly=symlog&sm=twema:0.9&z=step~1000~1100&panel=auto:line:loss'),
      // On a narrow page the switches of axes are in a menu.
      { width: 1680 },
    )
    const { page } = pasted
    const full = page.getByRole('region', { name: 'loss in full screen' })
    await full.locator('.plot canvas').first().waitFor()
    expect(await page.getByRole('button', { name: 'Symlog y' }).getAttribute('aria-pressed')).toBe('true')
    const rows = await readTable(page, 'loss')
    // Every step of both runs, and none beyond the zoom.
    expect(rows).toHaveLength(202)
    const smoothedAt = (table: typeof rows) => new Map(table.map((cells) => [`${cells[0]} ${cells[1]}`, cells[3]]))
    const whole = smoothedAt(wholeRows)
    const zoomed = smoothedAt(rows)
    const common = [...zoomed].filter(([place]) => whole.has(place))
    expect(common.length).toBeGreaterThan(20)
    for (const [place, value] of common) expect(whole.get(place), place).toBe(value)
    expect(pasted.errors).toEqual([])
  })

  test('moments are reached by keyboard, and what a log axis leaves out comes back with one click', async () => {
    await using opened = await openPage(pages.browser, url('?ly=1&r=none~r1,r2'))
    const { page } = opened
    await drawn(page, 'signed')
    const signed = named(page, 'signed')
    const moment = signed.getByRole('list', { name: 'Moments of the runs' }).getByRole('button')
    await moment.first().waitFor()
    // The slider of the chart comes after its moments.
    await signed.getByRole('slider').focus()
    await page.keyboard.press('Shift+Tab')
    await page.getByText('run 1: finished', { exact: true }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await signed.getByRole('button', { name: 'use symlog' }).click()
    await signed.getByText('≤ 0 not shown').waitFor({ state: 'detached' })
    await until(() => expect(new URL(page.url()).searchParams.get('ly')).toBe('symlog'))
    expect(opened.errors).toEqual([])
  })

  test('the eye of a legend hides a run in all charts, by keyboard too, and brings it back', async () => {
    await using opened = await openPage(pages.browser, url('?r=none~r1,r2&panel=auto:line:loss'))
    const { page } = opened
    const names = page.getByRole('list', { name: 'Runs in this chart' })
    const eye = names.getByRole('button', { name: 'Show run 1 in charts' })
    await eye.focus()
    await page.keyboard.press('Enter')
    await until(() => expect(new URL(page.url()).searchParams.get('r')).toBe('none~r2~r1'))
    expect(await eye.getAttribute('aria-pressed')).toBe('false')
    expect(await problemsOf(page)).toEqual([])
    await eye.click()
    await names.getByRole('link', { name: 'run 1', exact: true }).waitFor()
    // What a chart leaves out takes nothing from the names.
    await page.goto(url('?r=none~r1,r2&panel=auto:line:signed&ly=1'))
    const note = (await page.getByText('≤ 0 not shown').boundingBox())!
    const name = (await names.getByRole('link', { name: 'run 2', exact: true }).boundingBox())!
    expect(name.y + name.height).toBeLessThanOrEqual(note.y + 1)
    await page.getByText('■ finished', { exact: true }).waitFor()
    expect(opened.errors).toEqual([])
  })

  test('the charts of a section share one y range where it says so, step by step undone', async () => {
    await using opened = await openPage(pages.browser, url('?r=none~r1,r2'))
    const { page } = opened
    const texts = async (name: string): Promise<readonly string[]> => {
      await named(page, name).hover()
      await named(page, name)
        .getByRole('button', { name: `Download ${name}` })
        .click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('dialog').getByRole('button', { name: 'SVG', exact: true }).click(),
      ])
      const svg = await readFile(await download.path(), 'utf8')
      return [...svg.matchAll(/<text[^>]*text-anchor="end"[^>]*>([^<]*)/g)].map(([, text]) => text!)
    }
    await drawn(page, 'loss')
    await drawn(page, 'signed')
    const [loss, signed] = [await texts('loss'), await texts('signed')]
    expect(loss).not.toEqual(signed)
    await page.getByRole('heading', { name: /^Charts/ }).hover()
    await page.getByRole('button', { name: 'Settings of Charts' }).click()
    const settings = page.getByRole('complementary', { name: 'Settings of Charts' })
    await settings.getByRole('checkbox', { name: /^Same y range/ }).check()
    await until(async () => expect(await texts('loss')).toEqual(signed))
    expect(await texts('signed')).toEqual(signed)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await until(async () => expect(await texts('loss')).toEqual(loss))
    expect(opened.errors).toEqual([])
  })

  test('a run that is meant is painted on a canvas of its own for as long, and a chart out of sight has none', async () => {
    await using opened = await openPage(pages.browser, url('?r=none~r1,r2'))
    const { page } = opened
    await drawn(page, 'loss')
    const canvasCounts = (): Promise<readonly number[]> =>
      Promise.all(['loss', 'signed'].map((name) => named(page, name).locator('.plot canvas').count()))
    await until(async () => expect(await canvasCounts()).toEqual([1, 1]))
    const names = page.getByRole('list', { name: 'Runs', exact: true })
    await names.getByText('run 1', { exact: true }).hover()
    await until(async () => expect(await canvasCounts()).toEqual([2, 2]))
    await page.mouse.move(0, 0)
    await until(async () => expect(await canvasCounts()).toEqual([1, 1]))
    // The crosshair stands at the same step in both, on a canvas that is moved there.
    const area = (await named(page, 'loss').locator('.plot-area').boundingBox())!
    const crosshairLefts = (): Promise<readonly number[]> =>
      page.locator('.plot-crosshair').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left))
    await page.mouse.move(area.x + 100, area.y + 20)
    await until(async () => expect(await crosshairLefts()).toHaveLength(2))
    const before = await crosshairLefts()
    await page.mouse.move(area.x + 160, area.y + 20)
    await until(async () => {
      for (const [i, left] of (await crosshairLefts()).entries())
        expect(Math.abs(left - before[i]! - 60)).toBeLessThan(20)
    })
    const tooltip = (await page.locator('body > div', { hasText: /^step/ }).boundingBox())!
    expect(tooltip.x > area.x + 160 || tooltip.x + tooltip.width < area.x + 160).toBe(true)
    // Under the pointer there is a table then.
    await page.keyboard.press('t')
    await named(page, 'loss').getByRole('table').first().waitFor()
    await until(async () => expect(await crosshairLefts()).toHaveLength(0))
    expect(await named(page, 'signed').locator('.plot canvas').count()).toBe(1)
    await page.keyboard.press('t')
    await drawn(page, 'loss')
    await page.mouse.move(0, 0)
    await until(async () => expect(await canvasCounts()).toEqual([1, 1]))
    // The second chart is far below what can be seen.
    await page.setViewportSize({ width: 500, height: 800 })
    const pushDown = (by: string) =>
      named(page, 'signed').evaluate((one, margin) => {
        ;(one as HTMLElement).style.marginTop = margin
      }, by)
    await pushDown('3000px')
    await until(async () => expect(await canvasCounts()).toEqual([1, 0]))
    await pushDown('')
    await until(async () => expect(await canvasCounts()).toEqual([1, 1]))
    expect(opened.errors).toEqual([])
  })

  test('a tooltip reads what is under the pointer while the chart moves; a pinned one what is drawn now, and Escape closes it before the full screen', async () => {
    await using opened = await openPage(pages.browser, url('?r=none~r1,r2&panel=auto:line:loss'))
    const { page } = opened
    const full = page.getByRole('region', { name: 'loss in full screen' })
    await full.locator('.plot canvas').first().waitFor()
    const box = (await full.locator('.plot-area').boundingBox())!
    const middle = [box.x + box.width / 2, box.y + box.height / 2] as const
    const tooltip = page.locator('body > div', { hasText: /^(Pinned)?step|^ ?Pinned/ })
    /** A point away at the most. */
    const readsStepAt = (share: number) =>
      until(async () => {
        const [from, to] = new URL(page.url()).searchParams.get('z')!.split('~').slice(1).map(Number) as [
          number,
          number,
        ]
        const told = Number((await tooltip.locator('strong').textContent())!.replace(/\D/g, ''))
        expect(Math.abs(told - from - share * (to - from))).toBeLessThan(3)
      })
    await page.mouse.move(...middle)
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -1000)
    await page.keyboard.up('Control')
    await readsStepAt(0.5)
    await page.keyboard.down('Shift')
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, middle[1])
    await readsStepAt(0.75)
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await page.mouse.dblclick(...middle)
    await until(() => expect(new URL(page.url()).searchParams.has('z')).toBe(false))
    await page.mouse.click(...middle)
    await tooltip.getByText('Pinned').waitFor()
    // Beside the place that it reads, not over it.
    const place = (await tooltip.boundingBox())!
    expect(middle[0] < place.x || middle[0] > place.x + place.width).toBe(true)
    expect(await problemsOf(page)).toEqual([])
    await tooltip.getByRole('button', { name: 'Unpin these values' }).click()
    await until(async () => expect(await tooltip.getByText('Pinned').count()).toBe(0))
    await page.mouse.click(...middle)
    await tooltip.getByText('Pinned').waitFor()
    expect(await tooltip.getByText('smoothed').count()).toBe(0)
    await page.keyboard.press('s')
    await tooltip.getByText('smoothed').waitFor()
    // Without the pointer there is no other tooltip.
    await page.mouse.move(box.x, box.y - 60)
    await page.keyboard.press('Escape')
    await tooltip.waitFor({ state: 'detached' })
    expect(await full.count()).toBe(1)
    await page.keyboard.press('Escape')
    await until(async () => expect(await full.count()).toBe(0))
  })

  test('the title of a small chart can be read beside its buttons, and what notes it has make room', async () => {
    await using opened = await openPage(pages.browser, url('?r=none~r1,r2&sm=none&z=step~10~2000'), { width: 1024 })
    const { page } = opened
    await drawn(page, 'signed')
    const signed = named(page, 'signed')
    await signed.getByText('means of 6 px').waitFor()
    await signed.hover()
    // A part of a pixel less would do for dots at its end.
    const cutBy = () =>
      signed.getByRole('heading').evaluate((title) => {
        const range = document.createRange()
        range.selectNodeContents(title)
        return range.getBoundingClientRect().width - title.getBoundingClientRect().width
      })
    await until(async () => expect(await cutBy()).toBeLessThan(0.01))
  })

  test('a slider of smoothing asks the server when it is let go, and charts follow it before', async () => {
    await using opened = await openPage(pages.browser, url('?r=none~r1,r2&sm=twema:0.2'), { width: 1680 })
    const { page } = opened
    await drawn(page, 'loss')
    await drawn(page, 'signed')
    const before = await readTable(page, 'loss')
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/api/series')) asked.push(request.url())
    })
    const slider = page.getByRole('slider', { name: 'Smoothing weight' })
    const { x, y, width, height } = (await slider.boundingBox())!
    await page.mouse.move(x + width * 0.2, y + height / 2)
    await page.mouse.down()
    for (const share of [0.4, 0.5, 0.6, 0.7, 0.8]) await page.mouse.move(x + width * share, y + height / 2)
    await until(async () => expect(await page.getByText('approximate', { exact: true }).count()).toBe(2))
    await until(() => expect(new URL(page.url()).searchParams.get('sm')).toMatch(/^twema:0\.[3-9]/))
    expect(asked).toEqual([])
    await page.mouse.up()
    await until(async () => expect(await page.getByText('approximate', { exact: true }).count()).toBe(0))
    expect(asked.length).toBeGreaterThan(0)
    expect(await readTable(page, 'loss')).not.toEqual(before)
    // A key is a move that is let go at once.
    asked.length = 0
    await slider.press('ArrowRight')
    await until(() => expect(asked.length).toBeGreaterThan(0))
    expect(opened.errors).toEqual([])
  })
})
