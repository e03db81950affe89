import { type InitOptions, init, plot, plotTable, Table } from '@lossline/core'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')

const scatterSpec = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  data: { name: 'wandb' },
  title: '${string:title}',
  mark: { type: 'circle', tooltip: { content: 'data' }, size: 400 },
  encoding: {
    x: { field: '${field:x}', type: 'quantitative' },
    y: { field: '${field:y}', type: 'quantitative' },
  },
}

describe.skipIf(webRoot === undefined)('custom charts', { timeout: 60_000 }, () => {
  let pages: PageServer
  let firstId: string

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    for (const [name, spec] of Object.entries({ bubbles: scatterSpec })) {
      const input = {
        entity: 'local',
        name,
        displayName: name,
        type: 'vega2',
        access: 'PRIVATE',
        spec: JSON.stringify(spec),
      }
      const query = 'mutation ($input: CreateCustomChartInput!) { createCustomChart(input: $input) { chart { id } } }'
      const response = await fetch(`${pages.server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { input } }),
      })
      expect(await response.json()).toEqual({ data: { createCustomChart: { chart: { id: `local/${name}` } } } })
    }
    const options: InitOptions = { ...pages.logTo, project: 'charts' }
    for (const [index, name] of ['first', 'second'].entries()) {
      const run = await init({ ...options, name })
      if (index === 0) firstId = run.id
      const rows = [0, 1, 2, 3].map((epoch) => [epoch, 1 / (epoch + 1 + index)] as const)
      const table = new Table({ columns: ['epoch', 'loss'], rows })
      run.log({
        loss: 1,
        curve: plot.line(table, { x: 'epoch', y: 'loss', title: 'Loss by epoch' }),
        bubbles: plotTable({
          preset: 'local/bubbles',
          table,
          fields: { x: 'epoch', y: 'loss' },
          texts: { title: 'Bubbles' },
        }),
        unknown: plotTable({ preset: 'somebody/missing', table, fields: {}, texts: {} }),
      })
      await run.finish()
    }
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  test('a workspace lays curves of several runs over each other and draws stored definitions', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/charts`)
    const { page } = opened
    const curve = page.getByRole('group', { name: 'Loss by epoch' })
    await curve.getByText('first', { exact: true }).waitFor()
    await curve.getByText('second', { exact: true }).waitFor()
    const bubbles = page.getByRole('group', { name: 'Bubbles' })
    await bubbles.getByRole('img', { name: 'Bubbles: 8 rows.' }).locator('canvas').waitFor()
    await page.getByText('There is no chart "missing" of "somebody".').waitFor()
    expect(await problemsOf(page)).toEqual([])
    // In another theme it is drawn anew, as large as it was.
    const size = () => bubbles.locator('canvas').evaluate((canvas) => canvas.getBoundingClientRect().height)
    const height = await size()
    expect(height).toBeGreaterThan(100)
    await bubbles.locator('canvas').evaluate((canvas) => canvas.setAttribute('data-before', ''))
    await page.emulateMedia({ colorScheme: 'dark' })
    await bubbles.locator('canvas:not([data-before])').waitFor()
    await until(async () => expect(await size()).toBe(height))
  })

  test('a run page draws its own, and what is under the pointer is told', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/charts/runs/${firstId}`)
    const { page } = opened
    const canvas = page.getByRole('region', { name: 'Bubbles' }).locator('canvas')
    await canvas.waitFor()
    // The point of epoch 0 lies at the top left of the plot.
    await until(async () => {
      const box = (await canvas.boundingBox())!
      for (let x = 30; x < 60; x += 4) {
        for (let y = 20; y < 60; y += 4) {
          await page.mouse.move(box.x + x, box.y + y)
          if ((await page.getByRole('term').count()) > 0) return
        }
      }
      throw new Error('no point found')
    })
    await page.getByRole('term').filter({ hasText: 'epoch' }).waitFor()
  })
})
