import type { RunResponse } from '@lossline/protocol'
import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory, until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createWireRun, type WireRun } from './support/create-wire-run.ts'
import { type Browser, dragAcross, openPage, problemsOf, readTable } from './support/open-page.ts'

const webRoot = inject('webRoot')

const config = { learningRate: 0.01, model: { layers: 3 } }
const createRun = (serverUrl: string, runId: string): Promise<WireRun> =>
  createWireRun(serverUrl, { project: 'digits', runId, displayName: `calm ${runId}` }, config)

describe.skipIf(webRoot === undefined)('the page on the real server', { timeout: 120_000 }, () => {
  let browser: Browser
  let server: StartedServer
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>
  const start = (port = 0): Promise<StartedServer> =>
    startServer({ dataDirectory: directory.path, port, watch: [], webRoot: webRoot as string, log: () => {} })
  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    directory = await openTemporaryDirectory('lossline-page-')
    server = await start()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await directory?.[Symbol.asyncDispose]()
  })

  test('a first run appears by itself, its chart grows, and every number drawn was logged', async () => {
    await using opened = await openPage(browser, server.url)
    const { page } = opened
    await page.getByRole('heading', { name: 'Waiting for your first run' }).waitFor()
    const run = await createRun(server.url, 'first')
    await page.waitForURL(`${server.url}/local/digits`)
    const values = Array.from({ length: 60 }, (_, i) => Math.exp(-i / 20) + Math.sin(i * 7) / 30)
    for (const loss of values.slice(0, 2)) await run.log([{ loss }])
    await page.getByRole('group', { name: 'loss', exact: true }).locator('.plot-area').waitFor()
    for (let i = 2; i < values.length; i++) await run.log([{ loss: values[i]! }])
    await until(async () =>
      expect((await readTable(page, 'loss')).map((cells) => cells[2])).toEqual(values.map(String)),
    )
    await run.finish()
    await page
      .getByRole('listitem')
      .filter({ hasText: 'calm first' })
      .getByText('Finished')
      .waitFor({ state: 'attached' })
    expect(opened.errors).toEqual([])
    expect(opened.foreignRequests).toEqual([])
  })

  test('zooms into what was reduced, keeps the spike, and shows the same after a reload', async () => {
    const run = await createRun(server.url, 'long')
    for (let from = 0; from < 20_000; from += 5000) {
      await run.log(
        Array.from({ length: 5000 }, (_, i) => ({ reward: from + i === 13_333 ? 50 : Math.cos((from + i) / 900) })),
      )
    }
    await using opened = await openPage(browser, `${server.url}/local/digits?m=reward`)
    const { page } = opened
    const chart = page.getByRole('group', { name: 'reward', exact: true })
    await chart.locator('.plot-area').waitFor()
    const largest = (rows: readonly (readonly string[])[]): number =>
      Math.max(...rows.map((cells) => Number(cells[4] ?? cells[2])))
    const whole = await readTable(page, 'reward')
    expect(largest(whole)).toBe(50)
    await dragAcross(page, 'reward', 0.66, 0.675)
    // Few enough points are in view for every one of them to be drawn.
    await until(async () => expect((await readTable(page, 'reward'))[0]).toHaveLength(3))
    const zoomed = await readTable(page, 'reward')
    expect(zoomed.find((cells) => cells[1] === '13,333')?.[2]).toBe('50')
    await page.reload()
    await chart.locator('.plot-area').waitFor()
    await until(async () => expect(await readTable(page, 'reward')).toEqual(zoomed))
  })

  test('smoothing comes from the server and does not change with the zoom', async () => {
    await using opened = await openPage(
      browser,
      `${server.url}/local/digits?m=reward&sm=twema%3A0.9&z=step~13000~13600`,
    )
    const { page } = opened
    await page.getByRole('group', { name: 'reward', exact: true }).locator('.plot-area').waitFor()
    const smoothedAt = async (step: string): Promise<string | undefined> => {
      const rows = await readTable(page, 'reward')
      return rows.find((cells) => cells[1] === step)?.[3]
    }
    const before = await smoothedAt('13,400')
    expect(before).toBeDefined()
    await page.goto(`${server.url}/local/digits?m=reward&sm=twema%3A0.9&z=step~13380~13420`)
    await page.getByRole('group', { name: 'reward', exact: true }).locator('.plot-area').waitFor()
    await until(async () => expect(await smoothedAt('13,400')).toBe(before))
  })

  test('an address that grows long is kept by the server, and shows the same when pasted, reloaded and gone back to', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `no-such-run-${i}`)
    await using opened = await openPage(browser, `${server.url}/local/digits?r=all~~${ids.join(',')},first&m=loss`)
    const { page } = opened
    const shown = page.getByText(/^\d+ of \d+ shown$/)
    await shown.waitFor()
    const before = await shown.textContent()
    await page.waitForURL(/\?v=[\w-]{22}$/)
    const { href } = new URL(page.url())
    await page.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('heading', { name: 'digits' }).waitFor()
    await page.reload()
    await page.goBack()
    await until(async () => expect(await shown.textContent()).toBe(before))
    await using other = await openPage(browser, href)
    const pasted = other.page.getByText(/^\d+ of \d+ shown$/)
    await until(async () => expect(await pasted.textContent()).toBe(before))
    expect(await other.page.getByRole('combobox', { name: 'Find panels' }).inputValue()).toBe('loss')
    expect([...opened.errors, ...other.errors]).toEqual([])
  })

  test('config, summary and output are on the run page, and axe is content', async () => {
    const run = await createRun(server.url, 'words')
    await run.log([{ 'val/loss': 0.25, 'val/acc': 0.9 }])
    await run.print(['epoch 1', 'epoch 2'])
    await run.finish()
    await using opened = await openPage(browser, `${server.url}/local/digits/runs/words/overview`)
    const { page } = opened
    await page.getByRole('region', { name: 'Config' }).getByText('layers').waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Logs' }).click()
    await page.getByText('epoch 2').waitFor()
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('a restarted server is found again, with what was logged meanwhile', async () => {
    const run = await createRun(server.url, 'restart')
    await run.log([{ speed: 1 }, { speed: 1.5 }])
    await using opened = await openPage(browser, `${server.url}/local/digits?m=speed`)
    const { page } = opened
    await page.getByRole('group', { name: 'speed', exact: true }).locator('.plot-area').waitFor()
    const { port } = server
    await server.close()
    await page.getByText(/Reconnecting/).waitFor()
    server = await start(port)
    await run.log([{ speed: 2 }])
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 20_000 })
    await until(async () =>
      expect((await readTable(page, 'speed')).map((cells) => cells[2])).toEqual(['1', '1.5', '2']),
    )
  })

  test('pages that are opened while the server is away come by themselves once it is back', async () => {
    await using opened = await openPage(browser, `${server.url}/local/digits`)
    const { page } = opened
    await page.getByRole('link', { name: 'calm first' }).first().waitFor()
    const { port } = server
    await server.close()
    await page.getByText(/Reconnecting/).waitFor()
    const away = page.getByRole('heading', { name: /^Can’t reach the server/ })
    await page.getByRole('link', { name: 'Sweeps' }).click()
    await away.waitFor()
    await page.getByRole('button', { name: 'Retry', exact: true }).click()
    await away.waitFor()
    server = await start(port)
    await page.getByRole('heading', { name: 'Sweeps' }).waitFor({ timeout: 20_000 })
    expect(page.url()).toContain('/local/digits/sweeps')
    // One whose code is there, and whose data are not.
    await server.close()
    await page.getByText(/Reconnecting/).waitFor()
    await page.getByRole('link', { name: 'Workspace' }).click()
    await away.waitFor()
    server = await start(port)
    await page.getByRole('link', { name: 'calm first' }).first().waitFor({ timeout: 20_000 })
  })

  test('changes show at once; they wait while the server is away, outlive a reload, and are told of when they are refused', async () => {
    for (const runId of ['kept', 'gone', 'else']) await createRun(server.url, runId)
    await using opened = await openPage(browser, `${server.url}/local/digits/table?nw=unsaved&col=run.tags`)
    const { page } = opened
    const rename = async (from: string, to: string): Promise<void> => {
      await page.getByRole('row').filter({ hasText: from }).hover()
      await page.getByRole('button', { name: `Rename ${from}` }).click()
      await page.getByRole('textbox', { name: `Name of ${from}` }).fill(to)
      await page.keyboard.press('Enter')
      await page.getByRole('rowheader', { name: to }).waitFor()
    }
    const nameOf = async (runId: string): Promise<string> => {
      const { run } = (await (await fetch(`${server.url}/api/runs/local/digits/${runId}`)).json()) as RunResponse
      return run.displayName
    }
    // A refusal is taken back, and can be tried again.
    await page.getByRole('rowheader', { name: 'calm kept' }).waitFor()
    const { promise: isSeen, resolve: see } = Promise.withResolvers<void>()
    await page.route('**/api/runs/local/digits/kept', async (route) => {
      await isSeen
      await route.fulfill({ status: 500, json: { error: { code: 'internal', message: 'The disk is full.' } } })
    })
    await rename('calm kept', 'calmer')
    see()
    const messages = page.getByRole('region', { name: 'Messages' })
    await messages.getByText('Could not rename calm kept to calmer. The disk is full.').waitFor()
    await page.getByRole('rowheader', { name: 'calm kept' }).waitFor()
    await page.unroute('**/api/runs/local/digits/kept')
    await messages.getByRole('button', { name: 'Retry' }).click()
    await page.getByRole('rowheader', { name: 'calmer' }).waitFor()
    await until(async () => expect(await nameOf('kept')).toBe('calmer'))

    const { port } = server
    await server.close()
    await page.getByText(/Reconnecting/).waitFor()
    await rename('calmer', 'calmest')
    await rename('calm gone', 'not there')
    await rename('calm else', 'elsewhere')
    await page.getByRole('button', { name: 'Offline: 3 changes wait' }).click()
    const list = page.getByRole('list', { name: 'Changes that wait' })
    await until(async () => expect(await list.getByRole('listitem').count()).toBe(3))
    expect(await problemsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    // The page itself comes from the server: a reload waits for it.
    await page.reload().catch(() => undefined)
    server = await start(port)
    await fetch(`${server.url}/api/projects/local/digits/runs/change`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ of: { runIds: ['gone'] }, action: 'trash' }),
    })
    // The browser's own page of the error loads itself anew, which may break off a visit.
    await until(async () => void (await page.goto(`${server.url}/local/digits/table?nw=unsaved&col=run.tags`)))
    await page.getByText(/Made offline, and refused now: could not rename calm gone to not there/).waitFor()
    for (const name of ['calmest', 'elsewhere']) await page.getByRole('rowheader', { name }).waitFor()
    expect([await nameOf('kept'), await nameOf('else')]).toEqual(['calmest', 'elsewhere'])
    await page.getByRole('button', { name: 'Live', exact: true }).waitFor()

    // Also without a reload, and what is about no ids: all runs that match, a move, what is confirmed without typing.
    const closing = async (): Promise<boolean> => {
      const event = await page.evaluate(() => {
        const asked = new Event('beforeunload', { cancelable: true })
        window.dispatchEvent(asked)
        return asked.defaultPrevented
      })
      return event
    }
    expect(await closing()).toBe(false)
    // It stays until somebody closes it, over what follows.
    await messages.getByRole('button', { name: 'Close the message' }).click()
    await server.close()
    await page.getByText(/Reconnecting/).waitFor()
    await rename('elsewhere', 'anywhere')
    expect(await closing()).toBe(true)
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    const bar = page.getByRole('region', { name: 'Selected runs' })
    await bar.getByRole('button', { name: 'Tag', exact: true }).click()
    await bar.getByRole('textbox').fill('later')
    await page.keyboard.press('Enter')
    await messages.getByText(/^Once the server is back, all runs then: tagged later/).waitFor()
    // Others may match by then, and somebody agreed to a number.
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await bar.getByRole('button', { name: 'Move to trash' }).click()
    await messages.getByText(/^Could not move all runs to trash: the server is away\./).waitFor()
    expect(await page.getByRole('alertdialog').count()).toBe(0)
    await messages.getByRole('button', { name: 'Close the message' }).first().click()
    await bar.getByRole('button', { name: 'Select none' }).click()
    await page.getByRole('checkbox', { name: 'Select calmest' }).check()
    await bar.getByRole('button', { name: 'Move', exact: true }).click()
    await bar.getByRole('textbox').fill('archive')
    await page.keyboard.press('Enter')
    await page.getByRole('rowheader', { name: 'calmest' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Offline: 3 changes wait' }).waitFor()
    server = await start(port)
    await page.getByRole('button', { name: 'Live', exact: true }).waitFor({ timeout: 20_000 })
    await until(async () => expect(await nameOf('else')).toBe('anywhere'))
    const tagged = async (project: string, runId: string): Promise<readonly string[]> => {
      const answer = await fetch(`${server.url}/api/runs/local/${project}/${runId}`)
      return ((await answer.json()) as RunResponse).run.tags
    }
    await until(async () => expect(await tagged('archive', 'kept')).toContain('later'))
    expect(await tagged('digits', 'else')).toContain('later')
    expect(await closing()).toBe(false)

    // What was sent and has no answer may have happened: the list says what there is.
    await page.route('**/runs/change', async (route) => {
      await route.fetch()
      await route.fulfill({ status: 504, body: '' })
    })
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await bar.getByRole('button', { name: 'Move to trash' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click()
    await messages.getByText('The server did not answer. Some runs may be in the trash.').waitFor()
    await page.getByRole('rowheader', { name: 'anywhere' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Live', exact: true }).waitFor()
  })
})

describe.skipIf(webRoot === undefined)('the page of a server that asks for keys', { timeout: 120_000 }, () => {
  test('asks for a key, shows what it opens, makes keys where clients send people for one, and signs out', async () => {
    await using directory = await openTemporaryDirectory('lossline-page-')
    const browser = (await launchChromium()) as Browser
    const server = await startServer({
      dataDirectory: directory.path,
      port: 0,
      watch: [],
      webRoot: webRoot as string,
      log: () => {},
      adminToken: 'token',
    })
    try {
      const response = await fetch(`${server.url}/api/admin/users/ada`, {
        method: 'PUT',
        headers: { authorization: 'Bearer token' },
      })
      const { apiKey } = (await response.json()) as { apiKey: string }
      await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({
          query: 'mutation { upsertBucket(input: { name: "r1", modelName: "digits" }) { inserted } }',
        }),
      })
      const page = await browser.newPage()
      await page.goto(server.url)
      const field = page.getByLabel('API key')
      await field.fill('x'.repeat(48))
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('alert').getByText('This API key is not known here.').waitFor()
      await field.fill(apiKey)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText('digits').first().waitFor()
      await page.goto(`${server.url}/authorize`)
      await page.getByRole('button', { name: 'Make a key' }).click()
      const made = await page
        .getByRole('status')
        .getByText(/^\S{40,}$/)
        .textContent()
      const known = await fetch(`${server.url}/api/session`, { headers: { authorization: `Bearer ${made}` } })
      expect(await known.json()).toMatchObject({ user: { name: 'ada' } })
      await page.getByRole('button', { name: 'Account of ada' }).click()
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByLabel('API key').waitFor()
      expect(await page.getByText('digits').count()).toBe(0)
    } finally {
      await browser.close()
      await server.close()
    }
  })
})
