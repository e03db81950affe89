import { type InitOptions, init } from '@lossline/core'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, type Page, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')

const panel = (id: string, viewType: string, config: object) => ({ __id__: id, viewType, config, isAuto: false })
/** A workspace as W&B's library would save it. */
const spec = {
  section: {
    panelBankConfig: {
      state: 1,
      settings: {},
      sections: [
        {
          name: 'Numbers',
          isOpen: true,
          panels: [
            panel('a', 'Scalar Chart', {
              chartTitle: 'Best accuracy',
              metrics: ['acc'],
              groupAgg: 'max',
              groupArea: 'none',
            }),
            panel('b', 'Bar Chart', { chartTitle: 'Loss bars', metrics: ['loss'], lossline: { reduction: 'min' } }),
            panel('c', 'Bar Chart', {
              chartTitle: 'By optimizer',
              metrics: ['acc'],
              groupBy: 'optimizer.value',
              aggregate: true,
              lossline: { shape: 'box' },
            }),
            panel('d', 'Scatter Plot', {
              chartTitle: 'Rates',
              xAxis: 'config:lr.value',
              yAxis: 'summary:acc',
              xAxisLogScale: true,
              showLinearRegression: true,
            }),
            panel('e', 'Markdown Panel', {
              value: '# About\n**${run.name}** has ${summary.acc}. <img src=x onerror="document.title=1">',
            }),
            panel('f', 'Run Comparer', { diffOnly: 'split' }),
            panel('g', 'Parallel Coordinates Plot', {
              columns: [
                { accessor: 'config:lr.value', log: true },
                { accessor: 'config:optimizer.value' },
                { accessor: 'summary:acc' },
              ],
            }),
            panel('h', 'Parameter Importance', { targetKey: 'acc' }),
          ],
        },
      ],
    },
    panelBankSectionConfig: {},
    customRunColors: {},
  },
}

describe.skipIf(webRoot === undefined)('panels of numbers', { timeout: 60_000 }, () => {
  let pages: PageServer
  const ids: string[] = []

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    const options: InitOptions = { ...pages.logTo, project: 'numbers' }
    for (const [index, lr] of [0.1, 0.01, 0.001, 0.0001].entries()) {
      const run = await init({
        ...options,
        name: `run ${index}`,
        config: { lr, optimizer: index % 2 ? 'sgd' : 'adam', seed: 7 },
      })
      for (let step = 0; step < 5; step += 1)
        run.log({ loss: (index + 1) * (5 - Math.abs(step - 2)), acc: 0.5 + index / 10 })
      ids.push(run.id)
      await run.finish()
    }
    const headers = { 'content-type': 'application/json' }
    const body = { type: 'project-view', name: 'nw-numbers-v', displayName: 'Numbers', spec: JSON.stringify(spec) }
    const response = await fetch(`${pages.server.url}/api/projects/local/numbers/views`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(201)
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  const named = (page: Page, name: string) => page.getByRole('group', { name, exact: true })
  const address = () => `${pages.server.url}/local/numbers?nw=numbers`

  test('say what the runs have, as W&B’s words ask for it', async () => {
    await using opened = await openPage(pages.browser, address(), { height: 1400 })
    const { page } = opened
    await named(page, 'Best accuracy').getByText('0.8', { exact: true }).waitFor()
    const bars = named(page, 'Loss bars').getByRole('listitem')
    await bars.nth(3).waitFor()
    expect(await bars.allTextContents()).toEqual(['run 312', 'run 29', 'run 16', 'run 03'])
    const widths = await bars
      .locator('svg')
      .evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect().width))
    expect(new Set(widths).size).toBe(1)
    const boxes = named(page, 'By optimizer').getByRole('listitem')
    await boxes.nth(1).waitFor()
    expect((await boxes.allTextContents()).sort()).toEqual(['adam0.6 n = 2', 'sgd0.7 n = 2'])
    await named(page, 'About').getByText('run 3', { exact: true }).waitFor()
    expect(await named(page, 'About').locator('img').count()).toBe(0)
    expect(opened.errors).toEqual([])
    expect(await problemsOf(page)).toEqual([])
  })

  test('a rectangle over points leaves their runs alone visible, and the plot is a table too', async () => {
    await using opened = await openPage(pages.browser, address(), { theme: 'dark', height: 1400 })
    const { page } = opened
    const plot = named(page, 'Rates')
    await plot.locator('a circle').nth(3).waitFor()
    await plot.getByText(/Regression r = −?-?\d/).waitFor()
    const box = (await plot.boundingBox())!
    // The two runs with the lower rates lie in the left half.
    await page.mouse.move(box.x + 70, box.y + 45)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 60, { steps: 4 })
    await page.mouse.up()
    await until(async () => expect(await plot.locator('a circle').count()).toBe(2))
    await plot.hover()
    await page.keyboard.press('t')
    const rows = plot.getByRole('row')
    await rows.nth(2).waitFor()
    expect((await rows.allTextContents()).slice(1).sort()).toEqual(['run 20.0010.7', 'run 30.00010.8'])
    await until(() => expect(new URL(page.url()).searchParams.get('tv')).not.toBeNull())
    await page.reload()
    await rows.nth(2).waitFor()
    expect(await problemsOf(page)).toEqual([])
  })

  test('a part of an axis is chosen without a pointer, and becomes the filter', async () => {
    await using opened = await openPage(pages.browser, address(), { height: 1800 })
    const { page } = opened
    const plot = named(page, 'Parallel coordinates')
    await plot.scrollIntoViewIfNeeded()
    await plot.getByText('4 runs', { exact: true }).waitFor()
    await plot.getByText('Drag along an axis, or choose here').click()
    await plot.getByLabel('Axis', { exact: true }).selectOption('acc')
    await plot.getByLabel('From, per cent of the axis').fill('60')
    await plot.getByText('2 runs of 4 chosen').waitFor()
    await plot.getByRole('button', { name: 'Filter to selection' }).click()
    await page.getByText('2 of 2 shown').waitFor()
    // The address follows a moment later.
    await until(() =>
      expect(new URL(page.url()).searchParams.get('q')).toBe('summary.acc >= 0.7 and summary.acc <= 0.8'),
    )
    await named(page, 'Importance for acc')
      .getByText(/2 runs have a number for acc. With fewer than 10 runs/)
      .waitFor()
    expect(await problemsOf(page)).toEqual([])
  })

  test('runs are compared side by side: only differences at first, against the first of them', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/numbers/table`)
    const { page } = opened
    for (const name of ['run 0', 'run 3'])
      await page
        .getByRole('row', { name: new RegExp(name) })
        .getByRole('checkbox')
        .click()
    await page.getByRole('grid').focus()
    await page.keyboard.press('c')
    const table = page.getByRole('table', { name: 'Comparison of runs' })
    const row = (name: string) => table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })
    await row('lr').getByText('0.0001').waitFor()
    await row('loss').getByText('▲ +300 %').waitFor()
    expect(await row('seed').count()).toBe(0)
    await page.getByLabel('Differences only').uncheck()
    await row('seed').getByText('7').first().waitFor()
    await until(() =>
      expect(new URL(page.url()).searchParams.get('runs')?.split(',').sort()).toEqual([ids[0], ids[3]].sort()),
    )
    // A time is not cut, and a run that is not there is named.
    const created = row('created').getByRole('cell').first().locator('span').first()
    expect(await created.evaluate((cell) => cell.scrollWidth - cell.clientWidth)).toBe(0)
    await page.goto(`${pages.server.url}/local/numbers/compare?runs=${ids[0]},nope`)
    await page.getByRole('alert').getByText('“nope” is not here.').waitFor()
    await page.getByRole('heading', { name: 'Compare 1 run' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
  })
})
