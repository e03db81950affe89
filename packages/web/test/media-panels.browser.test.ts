import { Histogram, Image, type InitOptions, init, Table } from '@lossline/core'
import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory, until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Browser, openPage, type Page, problemsOf } from './support/open-page.ts'

const webRoot = inject('webRoot')

describe.skipIf(webRoot === undefined)('media and tables in a workspace', { timeout: 60_000 }, () => {
  let browser: Browser
  let server: StartedServer
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    directory = await openTemporaryDirectory('lossline-media-')
    const dataDirectory = directory.path
    server = await startServer({ dataDirectory, port: 0, watch: [], webRoot: webRoot as string, log: () => {} })
    const options: InitOptions = {
      dir: dataDirectory,
      project: 'media',
      baseUrl: server.url,
      console: 'off',
      silent: true,
    }
    for (const name of ['first', 'second']) {
      const run = await init({ ...options, name })
      // The second run has no picture at the last step.
      for (let step = 0; step < (name === 'first' ? 4 : 3); step += 1) {
        const pixels = new Uint8Array(64).fill(step * 60)
        run.log({
          loss: 1 / (step + 1),
          sample: new Image(pixels, { width: 8, height: 8, caption: `${name} at ${step}` }),
          weights: new Histogram([step, step + 1, step + 2]),
        })
      }
      run.log({
        rows: new Table({
          columns: ['digit', 'guess'],
          rows: [
            [1, 7],
            [2, 2],
            [3, name === 'first' ? 3 : 8],
          ],
        }),
      })
      await run.finish()
    }
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await directory?.[Symbol.asyncDispose]()
  })

  const named = (page: Page, name: string) => page.getByRole('group', { name, exact: true })

  test('pictures of several runs stand at one step, which the address keeps; a run without it shows the one before', async () => {
    await using opened = await openPage(browser, `${server.url}/local/media`, { height: 1500 })
    const { page } = opened
    const sample = named(page, 'sample')
    await sample.getByText('first at 3').waitFor()
    await sample.getByText('second at 2').waitFor()
    await sample.getByRole('button', { name: 'Previous step' }).click()
    await sample.getByText('first at 2').waitFor()
    await until(() => expect(page.url()).toContain('ms=2'))
    await page.goto(`${server.url}/local/media?ms=3`)
    await sample.getByText('second at 2').waitFor()
    await sample.getByText('(asked 3)').waitFor()
    await named(page, 'weights').getByRole('region').first().waitFor()
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('a table shows the rows of the run that is chosen, sorts and opens them', async () => {
    await using opened = await openPage(browser, `${server.url}/local/media`, { theme: 'dark', height: 1500 })
    const { page } = opened
    const rows = named(page, 'rows')
    await rows.getByText('8', { exact: true }).waitFor()
    await rows.getByLabel('Run of rows').selectOption('first')
    await until(async () => expect(await rows.getByText('8', { exact: true }).count()).toBe(0))
    await rows.getByText('7', { exact: true }).waitFor()
    expect(await problemsOf(page)).toEqual([])
  })
})
