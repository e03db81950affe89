import { launchChromium, until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type FakeRun, type FakeServer, startFakeServer } from './support/fake-server.ts'
import { accuracyCurve, lossCurve, withSpike } from './support/generated-data.ts'
import { type Browser, dragAcross, openPage, problemsOf, readTable } from './support/open-page.ts'

const webRoot = inject('webRoot')

describe.skipIf(webRoot === undefined)('the page in a browser', { timeout: 120_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
  })
  afterAll(() => browser?.close())

  const serve = (): Promise<FakeServer> => startFakeServer(webRoot as string)
  function addRuns(server: FakeServer, count: number): readonly FakeRun[] {
    return Array.from({ length: count }, (_, i) =>
      server.addRun({
        config: { optimizer: { name: 'adam', learningRate: 0.01 }, epochs: 5 },
        summary: { 'train/loss': 0.3 },
        lines: [{ number: 0, timestamp: null, level: 'info', text: `hello from run ${i + 1}` }],
        columns: new Map([
          ['train/loss', lossCurve(300, i)],
          ['train/accuracy', accuracyCurve(300, i)],
          ['val/loss', lossCurve(20, i)],
          ['val/accuracy', accuracyCurve(20, i)],
        ]),
      }),
    )
  }

  test('waits for the first run and shows it by itself', async () => {
    await using server = await serve()
    await using opened = await openPage(browser, server.url)
    const { page } = opened
    await page.getByRole('heading', { name: 'Waiting for your first run' }).waitFor()
    expect(await page.getByRole('tabpanel').textContent()).toContain(`baseUrl: "${server.url}"`)
    await page.getByRole('tab', { name: 'Python' }).click()
    expect(await page.getByRole('tabpanel').textContent()).toContain(`os.environ["WANDB_BASE_URL"] = "${server.url}"`)
    addRuns(server, 1)
    await page.getByRole('group', { name: 'train/loss' }).locator('.plot-area').waitFor()
    expect(opened.errors).toEqual([])
    expect(opened.foreignRequests).toEqual([])
  })

  test('what is asked while the code is on its way is what the page then needs', async () => {
    await using server = await serve()
    const [run] = addRuns(server, 2)
    await using opened = await openPage(browser, `${server.url}/settings`)
    const { page } = opened
    // Once the stream has begun, answers that nobody has taken are forgotten.
    await page.route('**/api/events', () => {})
    const charts = `/local/demo/runs/${run!.runId}`
    for (const place of ['/local/demo', charts, `${charts}/system`, `${charts}/tables`, '/local/demo/table']) {
      await page.goto(`${server.url}${place}`)
      // After ten seconds they are forgotten as well.
      await until(async () => {
        expect(await page.evaluate(() => [...(window.losslineFirstAnswers?.keys() ?? ['none'])])).toEqual([])
      }, 9_000)
    }
    expect(opened.errors).toEqual([])
  })

  test('a run that goes on can be stopped, after asking once; one that has ended cannot', async () => {
    await using server = await serve()
    const run = server.addRun({ state: 'running' })
    const other = server.addRun({ state: 'running' })
    const ended = server.addRun({ state: 'finished' })
    await using opened = await openPage(browser, `${server.url}/local/demo/runs/${run.runId}`)
    const { page } = opened
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Let it run' }).click()
    expect(server.requests.filter((path) => path.endsWith('/stop'))).toEqual([])
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Stop it' }).click()
    await page.getByText('Asked to stop', { exact: true }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await until(() => expect(run.isStopRequested).toBe(true))
    await page.reload()
    await page.getByText('Asked to stop', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    // A server that is away is asked later.
    await page.goto(`${server.url}/local/demo/runs/${other.runId}`)
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await server.stop()
    await page.getByText(/Reconnecting/).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Stop it' }).click()
    await page.getByText('Asked to stop once the server is back').waitFor()
    expect(other.isStopRequested).toBe(false)
    await server.start()
    await page.getByText('Asked to stop', { exact: true }).waitFor({ timeout: 20_000 })
    expect(other.isStopRequested).toBe(true)
    await page.goto(`${server.url}/local/demo/runs/${ended.runId}`)
    await page.getByText('Finished').first().waitFor()
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    expect(opened.errors).toEqual([])
  })

  test('a chart grows while the run goes on, and draws exactly what was logged', async () => {
    await using server = await serve()
    const run = server.addRun({ state: 'running' })
    server.log(run, 'loss', [3])
    await using opened = await openPage(browser, `${server.url}/local/demo`)
    const { page } = opened
    // One point is a value and no line.
    await page.getByRole('table', { name: 'Values of Charts' }).getByRole('rowheader', { name: 'loss' }).waitFor()
    for (let i = 0; i < 10; i++) {
      server.log(run, 'loss', [3 - i / 10, Math.PI / (i + 1)])
      await page.waitForTimeout(30)
    }
    await page.getByRole('group', { name: 'loss' }).locator('.plot-area').waitFor()
    const logged = [...run.columns.get('loss')!.values].map(String)
    await until(async () => expect((await readTable(page, 'loss')).map((cells) => cells[2])).toEqual(logged))
    expect(opened.errors).toEqual([])
  })

  test('a drag zooms, asks for the finer range, survives a reload, and goes back', async () => {
    await using server = await serve()
    server.addRun({ columns: new Map([['loss', withSpike(lossCurve(50_000, 1), 21_000, 7)]]) })
    await using opened = await openPage(browser, `${server.url}/local/demo`)
    const { page } = opened
    const chart = page.getByRole('group', { name: 'loss' })
    await chart.locator('.plot-area').waitFor()
    const largest = (rows: readonly (readonly string[])[]): number =>
      Math.max(...rows.map((cells) => Number(cells[4] ?? cells[2])))
    const whole = await readTable(page, 'loss')
    expect(largest(whole)).toBe(7)

    await dragAcross(page, 'loss', 0.4, 0.45)
    await until(() => expect(page.url()).toContain('z=step'))
    await until(() => expect(server.requests).toContainEqual(expect.stringMatching(/^series loss 1 \d/)))
    // What was there before the answer has as many rows as the range is wide: a twentieth of the whole.
    const zoomed = await until(async () => {
      const rows = await readTable(page, 'loss')
      expect(rows.length).toBeGreaterThan(whole.length / 4)
      return rows
    })
    expect(largest(zoomed)).toBe(7)
    await page.reload()
    await chart.locator('.plot-area').waitFor()
    await until(async () => expect(await readTable(page, 'loss')).toEqual(zoomed))

    await chart.hover()
    await chart.getByRole('button', { name: 'Reset zoom' }).click()
    await until(() => expect(page.url()).not.toContain('z='))
    expect(opened.errors).toEqual([])
  })

  test('search, eyes, axes and smoothing come back with the address, and Back leaves the page', async () => {
    await using server = await serve()
    addRuns(server, 12)
    // On a narrow page some of the controls are in a menu.
    await using opened = await openPage(browser, `${server.url}/`, { width: 1680, height: 1000 })
    const { page } = opened
    await page.getByRole('link', { name: 'demo · local' }).click()
    await page.getByText('10 of 12 shown').waitFor()
    await page.getByRole('button', { name: 'Show calm-river-12 in charts' }).click()
    await page.getByText('9 of 12 shown').waitFor()
    await page.getByRole('button', { name: 'Log y' }).click()
    await page.getByLabel('X axis').selectOption('relative')
    await page.getByLabel('Smoothing', { exact: true }).selectOption('ema')
    await page.getByRole('combobox', { name: 'Find panels' }).fill('loss')
    await until(() => expect(page.url()).toContain('m=loss'))
    await page.getByRole('combobox', { name: 'Find panels' }).press('Enter')
    await page.locator('datalist option[value="loss"]').waitFor({ state: 'attached' })
    const look = async () => ({
      shown: await page.getByText(/of 12 shown/).textContent(),
      eye: await page.getByRole('button', { name: 'Show calm-river-12 in charts' }).getAttribute('aria-pressed'),
      logY: await page.getByRole('button', { name: 'Log y' }).getAttribute('aria-pressed'),
      x: await page.getByLabel('X axis').inputValue(),
      smoothing: await page.getByLabel('Smoothing', { exact: true }).inputValue(),
      panels: await page.getByRole('heading', { level: 3 }).allTextContents(),
    })
    const before = await look()
    expect(before).toMatchObject({ eye: 'false', logY: 'true', x: 'relative', smoothing: 'ema' })
    await page.reload()
    await page.getByText('9 of 12 shown').waitFor()
    await page.getByRole('heading', { name: 'val/loss' }).waitFor()
    await until(async () => expect(await look()).toEqual(before))
    await page.goBack()
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
  })

  test('closed sections ask for nothing, and a thousand runs do not stop the page', async () => {
    await using server = await serve()
    for (let i = 0; i < 1000; i++) {
      server.addRun({
        columns: new Map([
          ['a/loss', lossCurve(20, i)],
          ['a/acc', lossCurve(20, i)],
          ['b/loss', lossCurve(20, i)],
          ['b/acc', lossCurve(20, i)],
        ]),
      })
    }
    await using opened = await openPage(browser, `${server.url}/local/demo?c=b`)
    const { page } = opened
    await page.getByRole('group', { name: 'a/loss' }).locator('.plot-area').waitFor()
    await page.getByText('10 of 1,000 shown').waitFor()
    await page.getByRole('button', { name: 'Runs list', exact: true }).click()
    await page.getByText('Drawing 10 of 1,000 runs.').waitFor()
    await page.getByRole('button', { name: 'Runs list', exact: true }).click()
    expect(server.requests.filter((request) => request.startsWith('series b/'))).toEqual([])
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByText('1,000 of 1,000 shown').waitFor()
    await page.getByText('Line chart of a/loss against step, 1,000 runs.').waitFor({ state: 'attached' })
    await page.getByRole('button', { name: /^b/ }).click()
    await page.getByRole('group', { name: 'b/loss' }).locator('.plot-area').waitFor()
    // Of all that have its name as a beginning, the one that was asked for.
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('calm-river-1')
    const first = page.getByRole('dialog').getByRole('option').first()
    await until(async () => expect(await first.textContent()).toMatch(/^calm-river-1demo/))
    await page.keyboard.press('Escape')
    expect(opened.errors).toEqual([])
  })

  test('says that the server is away, keeps what it has, and heals by itself', async () => {
    await using server = await serve()
    const [run] = addRuns(server, 1)
    await using opened = await openPage(browser, `${server.url}/local/demo`)
    const { page } = opened
    await page.getByRole('group', { name: 'train/loss' }).locator('.plot-area').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await server.stop()
    await page.getByText(/Reconnecting/).waitFor()
    await page.getByText(/Can’t reach the server at/).waitFor()
    expect(await page.getByRole('group', { name: 'train/loss' }).locator('.plot-area').count()).toBe(1)
    // A page whose code is not here cannot be shown; what was shown stays.
    const rail = page.getByRole('navigation', { name: 'Project' })
    await rail.getByRole('link', { name: 'Sweeps' }).click()
    await page.getByRole('button', { name: 'Retry' }).waitFor()
    await page.goBack()
    await page.getByRole('group', { name: 'train/loss' }).locator('.plot-area').waitFor()
    await rail.getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('button', { name: 'Retry' }).waitFor()
    server.log(run!, 'train/loss', [42])
    await server.start()
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 20_000 })
    // It comes by itself.
    await page.getByRole('heading', { name: 'demo' }).waitFor()
    await page.goBack()
    await until(async () => expect((await readTable(page, 'train/loss')).at(-1)?.[2]).toBe('42'))
  })

  test('a chart stays when the part of the page that saves pictures cannot be had', async () => {
    await using server = await serve()
    addRuns(server, 1)
    await using opened = await openPage(browser, server.url)
    const { page } = opened
    await page.getByRole('link', { name: 'demo · local' }).waitFor()
    const refused: string[] = []
    await page.route(/chart-export-/, (route) => {
      refused.push(route.request().url())
      return route.abort()
    })
    await page.getByRole('link', { name: 'demo · local' }).click()
    const panel = page.getByRole('group', { name: 'train/loss' })
    await panel.locator('.plot-area').waitFor()
    await until(async () => expect(refused.length).toBeGreaterThan(0))
    // What a part that failed takes down goes a moment after the refusal.
    await page.waitForTimeout(500)
    expect(await panel.locator('.plot-area').count()).toBe(1)
    await panel.getByRole('button', { name: 'View as table' }).click()
    await panel.getByRole('grid').or(panel.getByRole('table')).first().waitFor()
  })

  test('a panel whose data cannot be had says so alone and tries again', async () => {
    await using server = await serve()
    addRuns(server, 2)
    await using opened = await openPage(browser, `${server.url}/local/demo?c=val`)
    const { page } = opened
    await page.getByRole('group', { name: 'train/loss' }).locator('.plot-area').waitFor()
    server.failWith(500)
    await page.getByRole('button', { name: /^val/ }).click()
    const failed = page.getByRole('group', { name: 'val/loss' })
    await failed.getByText('The server was told to fail.').waitFor()
    expect(await page.getByRole('group', { name: 'train/loss' }).locator('.plot-area').count()).toBe(1)
    server.failWith(undefined)
    await failed.getByRole('button', { name: 'Retry' }).click()
    await failed.locator('.plot-area').waitFor()
  })

  test('says why there is nothing to draw, and what to do', async () => {
    await using server = await serve()
    addRuns(server, 3)
    await using opened = await openPage(browser, `${server.url}/local/demo?x=metric%3Aepoch`)
    const { page } = opened
    const chart = page.getByRole('group', { name: 'train/loss' })
    await chart.getByText('No points: these runs never logged train/loss together with epoch.').waitFor()
    await chart.getByRole('button', { name: 'Use Step instead' }).click()
    await chart.locator('.plot-area').waitFor()
    await page.getByRole('button', { name: 'Show none' }).click()
    await page.getByText('3 runs match, none is visible').waitFor()
    await page.getByRole('button', { name: 'Show first 10' }).first().click()
    // What is still being written takes nothing away.
    const filter = page.getByRole('combobox', { name: 'Filter runs' })
    await filter.fill('zebra')
    await page.getByRole('status').getByText('No run matches zebra. Showing the previous result.').waitFor()
    expect(await chart.locator('.plot-area').isVisible()).toBe(true)
    await filter.press('Escape')
    await page.getByText('No run matches zebra.').waitFor()
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await chart.locator('.plot-area').waitFor()
    // Each key that leads from the filter leads to the first run that it finds.
    const focused = () => page.locator(':focus').textContent()
    const list = page.getByRole('list', { name: 'Runs' })
    for (const key of ['Enter', 'Escape', 'ArrowDown']) {
      await page.keyboard.press('/')
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('river')
      await page.keyboard.press(key)
      await until(async () => expect(await focused()).toBe('calm-river-3'))
      expect(await filter.inputValue()).toBe('river')
    }
    await page.keyboard.press('j')
    await until(async () => expect(await focused()).toBe('calm-river-2'))
    // Runs are selected where the keys are, or where the pointer was moved last.
    await page.keyboard.press('c')
    await page.getByText('Select two runs or more to compare them').waitFor()
    await page.keyboard.press('x')
    await page.getByText('1 run selected').waitFor()
    await list.getByRole('link', { name: 'calm-river-1' }).hover()
    await page.keyboard.press('x')
    await page.getByText('2 runs selected').waitFor()
    await list.getByRole('listitem').filter({ hasText: 'calm-river-1' }).getByLabel('Selected').waitFor()
    await page.keyboard.press('c')
    await until(() => expect(page.url()).toContain('/compare'))
    await page.goBack()
    await page.mouse.move(700, 20)
    await filter.press('Enter')
    await page.keyboard.press('j')
    await until(async () => expect(await focused()).toBe('calm-river-2'))
    await page.keyboard.press('v')
    await list.getByRole('button', { name: 'Show calm-river-2 in charts', pressed: false }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'calm-river-2' }).waitFor()
  })

  test('values that no axis has a place for are told in words, and listed', async () => {
    await using server = await serve()
    const steps = Float64Array.of(0, 1, 2)
    server.addRun({
      columns: new Map([
        ['broken', { steps, values: Float64Array.of(Number.NaN, Number.POSITIVE_INFINITY, Number.NaN) }],
        ['negative', { steps, values: Float64Array.of(-3, -2, -1) }],
      ]),
    })
    await using opened = await openPage(browser, `${server.url}/local/demo?ly=1`)
    const { page } = opened
    const broken = page.getByRole('group', { name: 'broken' })
    await broken.getByText('Nothing to draw: 3 values of broken, all NaN or infinite.').waitFor()
    expect(await broken.locator('canvas').count()).toBe(0)
    expect((await readTable(page, 'broken')).map((cells) => cells[2])).toEqual(['NaN', 'Infinity', 'NaN'])
    const negative = page.getByRole('group', { name: 'negative' })
    await negative.getByText('No value of negative is above 0').waitFor()
    await negative.getByRole('button', { name: 'Use symlog instead' }).click()
    await negative.locator('.plot-area').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('where W&B’s client sends people for a key, they find one; other reserved names are no entities', async () => {
    await using server = await serve()
    await using opened = await openPage(browser, `${server.url}/authorize`)
    const { page } = opened
    await page.getByRole('heading', { name: 'No key is needed here' }).waitFor()
    const command = await page.getByText(/^wandb login/).textContent()
    expect(command).toBe(`wandb login --host ${server.url}`)
    for (const path of ['/login', '/settings/keys', '/admin/a/runs/b']) {
      await page.goto(server.url + path)
      await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    }
    expect(opened.errors).toEqual([])
  })

  test('the run page shows its charts, config and output', async () => {
    await using server = await serve()
    const [run] = addRuns(server, 1)
    await using opened = await openPage(browser, `${server.url}/local/demo/runs/run1`)
    const { page } = opened
    await page.getByRole('group', { name: 'val/loss' }).locator('.plot-area').waitFor()
    await page.getByRole('navigation', { name: 'Run' }).getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('region', { name: 'Config' }).getByText('learningRate').waitFor()
    expect(page.url()).toContain('/overview')
    await page.getByRole('link', { name: 'Logs' }).click()
    await page.getByText('hello from run 1').waitFor()
    run!.lines.push({ number: 1, timestamp: null, level: 'error', text: 'a new line' })
    server.send({
      type: 'run',
      entity: 'local',
      project: 'demo',
      runId: 'run1',
      revision: 2,
      historyRevision: 1,
      state: 'finished',
      changed: ['logs'],
    })
    await page.getByText('a new line').waitFor()
    await page.goto(`${server.url}/local/demo/runs/nope`)
    await page.getByText('No run nope in demo').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('runs that come move no row while somebody points at one', async () => {
    await using server = await serve()
    addRuns(server, 3)
    await using opened = await openPage(browser, `${server.url}/local/demo`)
    const { page } = opened
    const list = page.getByRole('complementary', { name: 'Runs' })
    const names = () => list.getByRole('link').allTextContents()
    await list.getByRole('link', { name: 'calm-river-3' }).hover()
    addRuns(server, 2)
    await page.getByRole('button', { name: '2 new runs' }).waitFor()
    expect(await names()).toEqual(['calm-river-3', 'calm-river-2', 'calm-river-1'])
    await page.getByRole('button', { name: '2 new runs' }).click()
    await until(async () => expect((await names())[0]).toBe('calm-river-5'))
    await page.mouse.move(900, 500)
    addRuns(server, 1)
    await until(async () => expect((await names())[0]).toBe('calm-river-6'))
    expect(opened.errors).toEqual([])
  })

  test('a narrow screen has one column, and the runs over it', async () => {
    await using server = await serve()
    addRuns(server, 2)
    await using opened = await openPage(browser, `${server.url}/local/demo`, { width: 390, height: 844 })
    const { page } = opened
    await page.getByRole('group', { name: 'train/accuracy' }).locator('.plot-area').waitFor()
    const lefts = await page
      .getByRole('group')
      .evaluateAll((panels) => panels.map((panel) => panel.getBoundingClientRect().left))
    expect(new Set(lefts).size).toBe(1)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.getByRole('button', { name: 'Runs list', exact: true }).click()
    // The legends of the charts have such buttons too.
    const list = page.getByRole('complementary', { name: 'Runs' })
    await list.getByRole('button', { name: 'Show calm-river-1 in charts' }).waitFor()
    await page.getByRole('button', { name: 'Close the runs list' }).click({ position: { x: 200, y: 20 } })
    expect(await list.count()).toBe(0)
    // Charts are looked at here, not arranged.
    const chart = page.getByRole('group', { name: 'train/accuracy' })
    expect(await chart.evaluate((panel) => panel.getBoundingClientRect().height)).toBe(220)
    await chart.getByRole('button', { name: 'More for train/accuracy' }).click()
    const choices = page.getByRole('dialog').getByRole('button')
    await until(async () => expect(await choices.allTextContents()).toEqual(['Description and unit…', 'Copy link']))
    await page.keyboard.press('Escape')
    expect(await page.getByRole('button', { name: /^(Move|Pin|Add|Settings of train)/ }).count()).toBe(0)
  })

  test('a finger scrolls the page over charts and reads them, two of them zoom', async () => {
    await using server = await serve()
    addRuns(server, 2)
    await using opened = await openPage(browser, `${server.url}/local/demo`, { width: 390, height: 500 })
    const { page } = opened
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 })
    const area = page.getByRole('group', { name: 'train/accuracy' }).locator('.plot-area')
    await area.waitFor()
    const box = (await area.boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      touchPoints: { x: number; y: number; id: number }[],
    ) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints })
    await touch('touchStart', [{ x, y, id: 0 }])
    await touch('touchEnd', [])
    await page.locator('body > div', { hasText: /^step/ }).waitFor()
    await touch('touchStart', [
      { x: x - 30, y, id: 0 },
      { x: x + 30, y, id: 1 },
    ])
    for (const apart of [50, 80, 110]) {
      await touch('touchMove', [
        { x: x - apart, y, id: 0 },
        { x: x + apart, y, id: 1 },
      ])
    }
    await touch('touchEnd', [])
    await until(() => expect(page.url()).toContain('z=step'))
    const top = async (): Promise<number> => (await area.boundingBox())!.y
    const before = await top()
    await touch('touchStart', [{ x, y, id: 0 }])
    for (const up of [20, 40, 60, 80]) await touch('touchMove', [{ x, y: y - up, id: 0 }])
    await touch('touchEnd', [])
    await until(async () => expect(await top()).toBeLessThan(before - 20))
    expect(opened.errors).toEqual([])
  })
})
