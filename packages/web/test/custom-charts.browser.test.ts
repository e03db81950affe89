import { type InitOptions, init, plot, plotTable, Table } from '@lossline/core'
import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory, until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Browser, openPage, problemsOf } from './support/open-page.ts'

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

/** Everything by which a spec could reach out of its chart, or run something. */
const hostileSpec = {
  $schema: 'https://vega.github.io/schema/vega/v6.json',
  width: 200,
  height: 100,
  data: [
    { name: 'wandb' },
    {
      name: 'expressions',
      values: [{ a: 1 }],
      transform: [
        {
          type: 'formula',
          as: 'b',
          expr: 'toString.constructor && [].constructor.constructor(\'document.title = "taken over"\')()',
        },
      ],
    },
  ],
  signals: [{ name: 's', update: 'event.view && event.view.eval(\'document.title = "taken over"\')', on: [] }],
  marks: [
    {
      type: 'image',
      encode: {
        enter: { url: { value: 'http://127.0.0.1:9/picture.png' }, width: { value: 10 }, height: { value: 10 } },
      },
    },
    {
      type: 'rect',
      from: { data: 'wandb' },
      encode: {
        enter: {
          width: { value: 200 },
          height: { value: 100 },
          fill: { value: 'red' },
          href: { value: "javascript:document.title='taken over'" },
          tooltip: { value: '<img src=x onerror="document.title=1">' },
        },
      },
    },
  ],
}

describe.skipIf(webRoot === undefined)('custom charts', { timeout: 60_000 }, () => {
  let browser: Browser
  let server: StartedServer
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>
  let firstId: string

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    directory = await openTemporaryDirectory('lossline-charts-')
    const dataDirectory = directory.path
    server = await startServer({ dataDirectory, port: 0, watch: [], webRoot: webRoot as string, log: () => {} })
    for (const [name, spec] of Object.entries({ bubbles: scatterSpec, hostile: hostileSpec })) {
      const input = {
        entity: 'local',
        name,
        displayName: name,
        type: 'vega2',
        access: 'PRIVATE',
        spec: JSON.stringify(spec),
      }
      const query = 'mutation ($input: CreateCustomChartInput!) { createCustomChart(input: $input) { chart { id } } }'
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { input } }),
      })
      expect(await response.json()).toEqual({ data: { createCustomChart: { chart: { id: `local/${name}` } } } })
    }
    const options: InitOptions = {
      dir: dataDirectory,
      project: 'charts',
      baseUrl: server.url,
      console: 'off',
      silent: true,
    }
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
        hostile: plotTable({ preset: 'local/hostile', table, fields: {}, texts: {} }),
        unknown: plotTable({ preset: 'somebody/missing', table, fields: {}, texts: {} }),
      })
      await run.finish()
    }
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await directory?.[Symbol.asyncDispose]()
  })

  test('a workspace lays curves of several runs over each other and draws stored definitions', async () => {
    await using opened = await openPage(browser, `${server.url}/local/charts`)
    const { page } = opened
    const curve = page.getByRole('group', { name: 'Loss by epoch' })
    await curve.getByText('first', { exact: true }).waitFor()
    await curve.getByText('second', { exact: true }).waitFor()
    const bubbles = page.getByRole('group', { name: 'Bubbles' })
    await bubbles.getByRole('img', { name: 'Bubbles: 8 rows.' }).locator('canvas').waitFor()
    await page.getByText('There is no chart "missing" of "somebody".').waitFor()
    expect(await problemsOf(page)).toEqual([])
  })

  test('a run page draws its own, and what is under the pointer is told', async () => {
    await using opened = await openPage(browser, `${server.url}/local/charts/runs/${firstId}`)
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

  test('a hostile spec runs nothing, loads nothing and leads nowhere', async () => {
    await using opened = await openPage(browser, `${server.url}/local/charts/runs/${firstId}`)
    const { page } = opened
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    const card = page.getByRole('region', { name: 'hostile' })
    await card.scrollIntoViewIfNeeded()
    await until(async () =>
      expect((await card.getByRole('alert').count()) + (await card.locator('canvas').count())).toBeGreaterThan(0),
    )
    if ((await card.locator('canvas').count()) > 0) await card.locator('canvas').click({ position: { x: 50, y: 50 } })
    await page.getByRole('heading', { name: 'Bubbles' }).waitFor()
    expect(await page.title()).not.toContain('taken over')
    expect(requests.filter((url) => !url.startsWith(server.url))).toEqual([])
    expect(new URL(page.url()).pathname).toBe(`/local/charts/runs/${firstId}`)
  })
})
