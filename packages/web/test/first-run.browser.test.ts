import { request as sendRequest } from 'node:http'
import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory, spawnScript, workspaceUrl } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Browser, openPage, problemsOf } from './support/open-page.ts'

const webRoot = inject('webRoot')
const script = workspaceUrl('packages/lossline/scripts/sample/make-sample.mjs')

describe.skipIf(webRoot === undefined)('a server without runs', { timeout: 120_000 }, () => {
  let browser: Browser
  let server: StartedServer
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>
  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    directory = await openTemporaryDirectory('lossline-page-')
    const samplePack = directory.join('sample.br')
    await using child = spawnScript(script, { args: [samplePack] })
    expect(await child.exited, child.stderr).toEqual({ exitCode: 0, signal: null })
    const dataDirectory = directory.join('data')
    server = await startServer({ dataDirectory, port: 0, webRoot: webRoot as string, samplePack, log: () => {} })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await directory?.[Symbol.asyncDispose]()
  })

  /** As a program on another machine asks that knows the server by a name of its own. */
  function askAs(host: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const headers = { host, 'user-agent': 'wandb-core' }
    const asked = sendRequest(`${server.url}/graphql`, { method: 'POST', headers }, (answer) => {
      answer.resume().on('end', resolve)
    })
    asked.on('error', reject).end('{}')
    return promise
  }

  test('says what was turned away, loads the sample and removes it, and turns into the workspace of the first run', async () => {
    await using opened = await openPage(browser, server.url)
    const { page } = opened
    const waiting = page.getByRole('heading', { name: 'Waiting for your first run' })
    await waiting.waitFor()
    expect(await page.getByRole('tabpanel').textContent()).toContain(server.url)
    await page.getByRole('tab', { name: 'JavaScript', selected: true }).press('ArrowLeft')
    expect(await page.getByRole('tabpanel').textContent()).toContain(`lossline sync --base-url ${server.url}`)
    await askAs('gpu-box:5757')
    await page.getByText('asked for this server as gpu-box:5757, and was refused').waitFor()
    expect(await problemsOf(page)).toEqual([])

    // As a larger sample is, for a while.
    let isLoading = true
    await page.route('**/api/sample/local', async (route) => {
      if (!isLoading) return route.continue()
      const response = await route.fetch()
      const json = { ...((await response.json()) as object), state: 'loading', loadedRunCount: 1, runCount: 60 }
      await route.fulfill({ response, json })
    })
    await page.getByRole('button', { name: 'Load the sample project' }).click()
    await page.waitForURL(`${server.url}/local/sample`)
    const progress = page.getByRole('status').getByText('Loading the sample: 1 of 60 runs')
    await progress.first().waitFor()
    isLoading = false
    await progress.first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'About this sample project' }).click()
    await page.getByRole('button', { name: 'Remove sample' }).click()
    const question = page.getByRole('alertdialog')
    expect(await question.textContent()).toMatch(/are removed from disk at once/)
    await question.getByRole('button', { name: 'Remove sample' }).click()
    await waiting.waitFor()

    const query = `mutation { upsertBucket(input: { name: "r1", modelName: "digits" }) { inserted } }`
    await fetch(`${server.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) })
    await page.waitForURL(`${server.url}/local/digits`)
    const hint = page.getByRole('complementary', { name: 'Hint' })
    await hint.getByText('With Alt').waitFor()
    await page.setViewportSize({ width: 390, height: 800 })
    await hint.getByText('With Alt').waitFor({ state: 'hidden' })
    await page.setViewportSize({ width: 1280, height: 800 })
    await hint.getByRole('button').click()
    await hint.getByText('Noisy curves').waitFor()
    await page.reload()
    await hint.getByText('Noisy curves').waitFor()
    expect(opened.errors).toEqual([])
    expect(opened.foreignRequests).toEqual([])
  })
})
