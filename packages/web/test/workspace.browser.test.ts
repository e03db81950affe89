import { Histogram, Image, init, Table } from '@lossline/core'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createWireRun } from './support/create-wire-run.ts'
import { openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')
const layers = Array.from({ length: 9 }, (_, i) => `layer_${i}/grad`)

describe.skipIf(webRoot === undefined)('a workspace', { timeout: 60_000 }, () => {
  let pages: PageServer

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  test('puts a family of metrics into one chart, tells of new metrics, and keeps the width of its list', async () => {
    // Metrics of the machine come as soon as a run takes long, and are news too.
    const logTo = { ...pages.logTo, project: 'layers', settings: { disableSystemMetrics: true } }
    const run = await init(logTo)
    for (let step = 0; step < 5; step++) {
      run.log(Object.fromEntries(layers.map((name, i) => [`net/${name}`, (i + 1) / (step + 1)])))
    }
    await run.finish()
    const url = `${pages.server.url}/local/layers`
    await using opened = await openPage(pages.browser, url)
    const { page } = opened
    await page.getByRole('button', { name: 'One chart for 9 metrics net/layer_*/grad' }).click()
    const all = page.getByRole('group', { name: 'net/layer_*/grad', exact: true })
    // Each line has the number of its layer behind the name of the run.
    await all.getByText(/ 8$/).waitFor()
    await page.getByRole('button', { name: /^One chart for/ }).waitFor({ state: 'detached' })

    const later = await init(logTo)
    for (const value of [1, 2]) later.log({ 'net/late': value })
    await later.finish()
    await page.getByRole('button', { name: '1 new metric' }).click()
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'net/late', exact: true }).click()
    await page.getByRole('group', { name: 'net/late', exact: true }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Seen' }).click()
    await page.getByRole('button', { name: '1 new metric' }).waitFor({ state: 'detached' })

    const edge = page.getByRole('separator', { name: 'Width of the runs list' })
    const widthOf = async (): Promise<number> =>
      (await page.getByRole('complementary', { name: 'Runs' }).boundingBox())!.width
    const before = await widthOf()
    await edge.focus()
    await page.keyboard.press('ArrowRight')
    await until(async () => expect(await widthOf()).toBe(before + 16))
    const box = (await edge.boundingBox())!
    await page.mouse.move(box.x + 3, box.y + 300)
    await page.mouse.down()
    await page.mouse.move(box.x + 103, box.y + 300)
    await page.mouse.up()
    await until(async () => expect(await widthOf()).toBe(before + 116))
    await page.reload()
    await edge.waitFor()
    await until(async () => expect(await widthOf()).toBe(before + 116))

    // Headings count the runs of the view.
    const heading = page.getByRole('button', { name: /^net/ })
    await heading.getByText('2 runs with data').or(heading.getByText('1 run with data')).waitFor()
    const filter = page.getByRole('combobox', { name: 'Filter runs' })
    await filter.fill('has(net/late)')
    await heading.getByText('1 run with data').waitFor()
    await filter.fill('has(net/layer_0/grad) or has(net/late)')
    await heading.getByText('2 runs with data').waitFor()
    await filter.fill('')
    await filter.press('Enter')

    await page.getByRole('button', { name: 'Invert which runs are shown' }).click()
    await page.getByText('0 of 2 shown').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('an empty view is filled with a click for each metric, and the pages at the left make room', async () => {
    const run = await init({ ...pages.logTo, project: 'by-hand', settings: { disableSystemMetrics: true } })
    for (let step = 0; step < 3; step++) run.log({ loss: 1 / (step + 1), acc: step })
    await run.finish()
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/by-hand`)
    const { page } = opened
    await page.getByRole('group', { name: 'loss', exact: true }).waitFor()
    const spec = JSON.stringify({
      section: { settings: { shouldAutoGeneratePanels: false }, panelBankConfig: { state: 1, sections: [] } },
    })
    const made = await fetch(`${pages.server.url}/api/projects/local/by-hand/views`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'project-view', name: 'nw-hand-v', displayName: 'By hand', spec }),
    })
    expect(made.status).toBe(201)
    await page.goto(`${pages.server.url}/local/by-hand?nw=hand`)
    const offered = page.getByRole('region', { name: 'Metrics to add' })
    await until(async () => expect(await offered.getByRole('listitem').allTextContents()).toEqual(['acc', 'loss']))
    expect(await problemsOf(page)).toEqual([])
    await offered.getByRole('button', { name: 'loss' }).click()
    await page.getByRole('group', { name: 'loss', exact: true }).waitFor()
    await offered.getByRole('button', { name: 'acc' }).click()
    await page.getByRole('group', { name: 'acc', exact: true }).waitFor()
    await offered.getByRole('button', { name: 'All metrics…' }).click()
    await page.getByRole('dialog', { name: 'Add panels' }).waitFor()
    await page.keyboard.press('Escape')
    await offered.getByRole('button', { name: 'Done' }).click()
    await offered.waitFor({ state: 'detached' })
    // A section of one's own, and back.
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('Add section')
    await page.getByRole('option', { name: 'Add section' }).waitFor()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Add a section' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Mine')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^Mine/ }).waitFor()
    // A panel that goes there stays in sight, with the focus.
    await page.getByRole('group', { name: 'acc', exact: true }).hover()
    await page.getByRole('button', { name: 'More for acc' }).click()
    await page.getByRole('button', { name: 'Move to section…' }).click()
    await page.getByRole('button', { name: 'Mine', exact: true }).click()
    await page.getByRole('button', { name: /^Mine 1 chart/ }).waitFor()
    const moved = page.getByRole('group', { name: 'acc', exact: true })
    await until(async () => expect(await moved.evaluate((panel) => panel === document.activeElement)).toBe(true))
    await page.keyboard.press('ControlOrMeta+s')
    await page.getByRole('region', { name: 'Messages' }).getByText('Saved').waitFor()
    await page.keyboard.press('ControlOrMeta+z')
    await page.keyboard.press('ControlOrMeta+z')
    await page.getByRole('button', { name: /^Mine/ }).waitFor({ state: 'detached' })

    const rail = page.getByRole('navigation', { name: 'Project' })
    await rail.getByRole('button', { name: 'Hide pages' }).press('Enter')
    await rail.waitFor({ state: 'hidden' })
    await page.reload()
    await page.getByRole('button', { name: 'Show pages' }).waitFor()
    expect(await rail.isVisible()).toBe(false)
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Show pages' }).press('Enter')
    await rail.getByRole('link', { name: 'Sweeps' }).waitFor()
    await until(async () => expect(await page.locator(':focus').getAttribute('id')).toBe('hide-pages'))
    expect(opened.errors).toEqual([])
  })

  test('tells what a metric is, as runs say and as somebody says on the page, with its unit wherever its values are', async () => {
    const run = await init({ ...pages.logTo, project: 'units', settings: { disableSystemMetrics: true } })
    run.defineMetric('loss', { description: 'Cross-entropy on unseen data', unit: 'nats', goal: 'minimize' })
    for (const loss of [3, 2.5]) run.log({ loss, step_time: loss / 10 })
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/units`)
    const { page } = opened
    // Where it is best is told at the best point, which moves with the run.
    await page.getByRole('group', { name: 'loss', exact: true }).getByRole('slider').focus()
    const bestIs = (value: number) =>
      until(async () => {
        await page.keyboard.press('Home')
        await page.keyboard.press('End')
        expect(await page.getByText(`Best loss of ${run.name}: ${value} nats`).count()).toBe(1)
      })
    await bestIs(2.5)
    for (const loss of [2, 1.5]) {
      run.log({ loss, step_time: loss / 10 })
      await bestIs(loss)
    }
    await run.finish()
    const panel = page.getByRole('group', { name: 'loss', exact: true })
    await panel
      .getByText(/in nats against step.*Lowest 1\.5 nats.*Lower is better. Cross-entropy/)
      .waitFor({ state: 'attached' })
    await panel.getByRole('img', { name: 'Lower is better' }).waitFor()
    const title = panel.getByRole('button', { name: 'loss', exact: true })
    await title.focus()
    await page.getByRole('tooltip').getByText('Cross-entropy on unseen data').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('tooltip').waitFor({ state: 'hidden' })
    expect(await problemsOf(page)).toEqual([])

    await page.getByRole('group', { name: 'step_time', exact: true }).hover()
    await page.getByRole('button', { name: 'More for step_time' }).click()
    await page.getByRole('button', { name: 'Description and unit…' }).click()
    const dialog = page.getByRole('dialog', { name: 'About step_time' })
    await dialog.getByLabel('Unit').fill('s')
    await dialog.getByLabel('Better values').selectOption('Lower is better')
    expect(await problemsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText(/^Line chart of step_time in s against step.*Lowest 150 ms/).waitFor({ state: 'attached' })

    await page.goto(`${pages.server.url}/local/units/table`)
    const head = page.getByRole('columnheader', { name: /lower is better, loss in nats/ })
    await head.hover()
    await head.getByRole('button', { name: 'Column loss' }).click()
    await page.getByRole('button', { name: 'Description and unit…' }).click()
    const about = page.getByRole('dialog', { name: 'About loss' })
    await about.getByLabel('Unit').fill('bits')
    await about.getByText('Reset to what runs say: nats').waitFor()
    await about.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('columnheader', { name: /loss in bits/ }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await page.getByRole('columnheader', { name: /loss in nats/ }).waitFor()
    expect(opened.errors).toEqual([])
  })

  test('the charts of all runs have one layout of their own, which saves itself and goes along into the workspace', async () => {
    const ids: string[] = []
    for (const name of ['first', 'second']) {
      const run = await init({ ...pages.logTo, project: 'layouts', name, settings: { disableSystemMetrics: true } })
      for (const loss of [3, 2, 1]) run.log({ loss, lr: loss / 10 })
      await run.finish()
      ids.push(run.id)
    }
    const project = `${pages.server.url}/local/layouts`
    await using opened = await openPage(pages.browser, `${project}/runs/${ids[0]}`)
    const { page } = opened
    const panel = (title: string) => page.getByRole('group', { name: title, exact: true })
    await panel('lr').hover()
    await page.getByRole('button', { name: 'More for lr' }).click()
    const saved = page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/views'),
    )
    await page.getByRole('button', { name: 'Hide', exact: true }).click()
    await panel('lr').waitFor({ state: 'detached' })
    expect((await saved).status()).toBe(201)
    expect(await problemsOf(page)).toEqual([])

    await page.goto(`${project}/runs/${ids[1]}`)
    await panel('loss').waitFor()
    expect(await panel('lr').count()).toBe(0)
    await page.getByRole('button', { name: 'Layout of the charts' }).click()
    await page.getByRole('link', { name: 'Open in workspace' }).click()
    await page.getByRole('button', { name: 'View: Charts of runs' }).waitFor()
    await page.getByText('Line chart of loss against step, 1 run.', { exact: false }).waitFor({ state: 'attached' })
    expect(await panel('lr').count()).toBe(0)
    // The workspace itself is as it was.
    await page.getByRole('button', { name: 'View: Charts of runs' }).click()
    await page.getByRole('button', { name: 'My workspace' }).click()
    await panel('lr').waitFor()

    await page.goto(`${project}/runs/${ids[0]}`)
    await panel('loss').waitFor()
    expect(await panel('lr').count()).toBe(0)
    await page.getByRole('button', { name: 'Layout of the charts' }).click()
    await page.getByRole('button', { name: 'Reset layout' }).click()
    await panel('lr').waitFor()
    await page.getByRole('toolbar', { name: 'View' }).getByRole('button', { name: 'Undo', exact: true }).click()
    await panel('lr').waitFor({ state: 'detached' })
    expect(opened.errors).toEqual([])
  })

  test('draws several sets of runs, on and off, all or one in a panel, and keeps them', async () => {
    for (const name of ['alpha-1', 'alpha-2', 'beta-1']) {
      const run = await init({ ...pages.logTo, project: 'sets', name })
      for (const loss of [3, 2, 1]) run.log({ loss })
      await run.finish()
    }
    const url = `${pages.server.url}/local/sets`
    await using opened = await openPage(pages.browser, url)
    const { page } = opened
    const described = (count: string) =>
      page.getByText(`Line chart of loss against step, ${count}.`, { exact: false }).waitFor({ state: 'attached' })
    await described('3 runs')
    await page.getByRole('button', { name: 'Options of the runs' }).click()
    await page.getByRole('button', { name: 'Add run set' }).click()
    const sets = page.getByRole('list', { name: 'Run sets' })
    await sets.getByRole('button', { name: 'Run set 2', exact: false }).first().waitFor()
    const current = sets.locator('[aria-current=true]')
    await until(async () => expect(await current.allTextContents()).toEqual([expect.stringContaining('Run set 2')]))
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('beta')
    await sets.getByText('1 of 1').waitFor()
    await sets.getByRole('button', { name: 'Run set 3 of 3' }).click()
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('alpha-1')
    await described('2 runs')
    await page.getByRole('switch', { name: 'Draw the runs of Run set 2' }).click()
    await described('1 run')
    await page.getByRole('button', { name: 'Undo' }).click()
    await described('2 runs')
    await page.getByRole('group', { name: 'loss', exact: true }).hover()
    await page.keyboard.press('e')
    const saved = page.waitForResponse((response) => response.request().postData()?.includes('runSet\\"') ?? false)
    await page.getByRole('combobox', { name: 'Runs', exact: true }).selectOption({ label: 'Run set 2' })
    await described('1 run')
    await saved
    await page.reload()
    await described('1 run')
    await page.getByRole('button', { name: 'Options of the runs' }).click()
    await page.getByRole('combobox', { name: 'Colour by' }).selectOption({ label: 'Run id' })
    const legend = page.getByRole('region', { name: 'What colours stand for' })
    await legend.getByText('Colour: id').waitFor()
    // The chosen set has one of the three runs.
    expect(await legend.getByRole('listitem').count()).toBe(1)
    await page.getByRole('button', { name: 'Separate visible runs' }).click()
    await legend.getByText('Colours spread over 2 runs').waitFor()
    await page.keyboard.press('Escape')
    await legend.getByRole('button', { name: 'Reset colours' }).click()
    await legend.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('combobox', { name: 'Run set' }).selectOption({ label: 'Run set 2' })
    await page.getByRole('grid').getByText('beta-1').waitFor()
    expect(await page.getByRole('grid').getByText('alpha').count()).toBe(0)
    expect(await problemsOf(page)).toEqual([])
  })

  test('draws runs of another project beside those of its own, and keeps them', async () => {
    // Both projects count from one on, and have a run of the same id.
    const id = 'same'
    const ends: readonly (readonly [project: string, id: string, name: string, end: number])[] = [
      ['near', id, 'near-1', 3],
      ['far', id, 'far-1', 2],
      ['far', 'other', 'far-2', 4],
    ]
    for (const [project, runId, name, end] of ends) {
      const run = await init({ ...pages.logTo, project, id: runId, name })
      for (const loss of [9, 8, end]) run.log({ loss, ...(project === 'far' && { iou: end }) })
      run.log({
        once: end,
        sample: new Image(Uint8Array.of(end), { width: 1, height: 1 }),
        weights: new Histogram([1, end]),
        predictions: new Table({ columns: ['of'], rows: [[name]] }),
      })
      await run.finish()
    }
    const at = { project: 'far', runId: 'going', displayName: 'far-live' }
    const live = await createWireRun(pages.server.url, at, {})
    await live.log([{ loss: 9 }, { loss: 7 }])
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/near`)
    const { page } = opened
    const described = (text: string) =>
      page.getByText(`Line chart of loss against step, ${text}`, { exact: false }).waitFor({ state: 'attached' })
    await described('1 run. Lowest 3, run near-1')
    const list = page.getByRole('complementary', { name: 'Runs' })
    const colorOf = (runName: string) =>
      list.getByRole('listitem').filter({ hasText: runName }).locator('line').getAttribute('stroke')
    const nearColor = await colorOf('near-1')
    await page.getByRole('button', { name: 'Options of the runs' }).click()
    await page.getByRole('button', { name: 'Add runs of another project…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add runs of another project' })
    // It has the focus already, so that what is typed does not reach the close button.
    await dialog.getByRole('textbox', { name: 'Find a project' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.type('FAR')
    await dialog.getByRole('button', { name: 'local/far' }).click()
    await described('4 runs. Lowest 2, run far-1')
    // What only the other project has logged comes too.
    await page.getByRole('group', { name: 'iou', exact: true }).waitFor()
    const sets = page.getByRole('list', { name: 'Run sets' })
    await sets.getByText('local/far').waitFor()
    await sets.getByText('3 of 3').waitFor()
    await live.log([{ loss: 1 }])
    await described('4 runs. Lowest 1, run far-live')
    await live.finish()

    // A name leads to the run, wherever it is, and its look is its own among all that are drawn.
    expect(await list.getByRole('link', { name: 'far-1' }).getAttribute('href')).toMatch(/^\/local\/far\/runs\/same/)
    const colors = [nearColor, ...(await Promise.all(['far-1', 'far-2', 'far-live'].map(colorOf)))]
    expect(new Set(colors).size).toBe(4)
    await page.getByRole('group', { name: 'loss', exact: true }).locator('.plot-area').hover()
    const tooltip = page.locator('body > div', { hasText: /^step/ })
    for (const name of ['near-1', 'far-1', 'far-2', 'far-live'])
      await tooltip.getByText(name, { exact: true }).waitFor()

    await list.getByRole('button', { name: 'Show far-live in charts' }).click()
    await described('3 runs')
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('far-1 or far-live')
    await described('2 runs. Lowest 2, run far-1')
    await page.waitForResponse((response) => response.request().postData()?.includes('far-live') ?? false)
    await page.getByRole('toolbar', { name: 'View' }).getByText('Saved').waitFor()
    await page.goto(`${pages.server.url}/local/near`)
    await described('2 runs. Lowest 2, run far-1')
    expect(await colorOf('near-1')).toBe(nearColor)
    expect(await page.getByText(/new metric/).count()).toBe(0)
    expect(await problemsOf(page)).toEqual([])

    await page.getByRole('link', { name: 'Runs', exact: true }).click()
    await page.getByRole('combobox', { name: 'Run set' }).selectOption({ label: 'far (local/far)' })
    const grid = page.getByRole('grid')
    await grid.getByText('far-live').waitFor()
    expect(await grid.getByText(/near-1|far-2/).count()).toBe(0)
    await grid.getByRole('link', { name: 'far-1' }).click()
    await page.waitForURL(/\/local\/far\/runs\/same/)
    await page.getByRole('heading', { name: 'far-1' }).waitFor()
    expect(opened.errors).toEqual([])
  })

  test('every kind of panel shows runs of another project as it shows those of its own', async () => {
    const panel = (viewType: string, config: object) => ({ __id__: viewType, viewType, config, isAuto: false })
    const panels = [
      panel('Bar Chart', { chartTitle: 'Bars', metrics: ['loss'] }),
      panel('Scalar Chart', { chartTitle: 'Scalar', metrics: ['loss'], groupAgg: 'max' }),
      panel('Scatter Plot', { chartTitle: 'Scatter', xAxis: 'summary:loss', yAxis: 'summary:loss' }),
      panel('Run Comparer', {}),
      panel('Media Browser', { chartTitle: 'Media', mediaKeys: ['sample'] }),
    ]
    // As W&B saves it: one set of the view's project, one of another.
    const runSets = ['near', 'far'].map((name) => ({ id: name, name, project: { entityName: 'local', name } }))
    const bank = { state: 1, settings: {}, sections: [{ name: 'Kinds', isOpen: true, panels }] }
    const section = { runSets, panelBankConfig: bank, panelBankSectionConfig: {}, customRunColors: {} }
    const made = await fetch(`${pages.server.url}/api/projects/local/near/views`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'project-view',
        name: 'nw-kinds-v',
        displayName: 'Kinds',
        spec: JSON.stringify({ section }),
      }),
    })
    expect(made.ok).toBe(true)
    const size = { width: 1400, height: 2400 }
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/near?nw=kinds`, size)
    const { page } = opened
    const shown = (title: string) => page.getByRole('group', { name: title, exact: true })
    const bars = shown('Bars').getByRole('listitem')
    await bars.filter({ hasText: 'near-1' }).filter({ hasText: '3' }).waitFor()
    await bars.filter({ hasText: 'far-2' }).filter({ hasText: '4' }).waitFor()
    expect(await bars.getByRole('link', { name: 'far-1' }).getAttribute('href')).toBe('/local/far/runs/same')
    await shown('Scalar').getByText('max of 4 runs', { exact: true }).waitFor()
    await page.getByText('Scatter plot of loss by loss, 4 runs.').waitFor({ state: 'attached' })
    const head = shown('Run comparer').getByRole('columnheader', { name: 'far-1' })
    expect(await head.getByRole('link').getAttribute('href')).toBe('/local/far/runs/same')
    await until(async () => {
      const sources = await shown('Media')
        .getByRole('img')
        .evaluateAll((all) => all.map((one) => one.getAttribute('src')))
      expect(sources.filter((src) => src?.includes('/api/runs/local/far/'))).toHaveLength(2)
      expect(sources.filter((src) => src?.includes('/api/runs/local/near/'))).toHaveLength(1)
    })
    // What was logged once stands as a value, also of a run that has the id of another one.
    const values = page.getByRole('table', { name: 'Values of Charts' })
    await values.getByRole('row').filter({ hasText: 'once' }).filter({ hasText: '–' }).waitFor()
    const links = values.getByRole('columnheader').getByRole('link')
    const names = await links.allTextContents()
    const cells = await values.getByRole('row').filter({ hasText: 'once' }).getByRole('cell').allTextContents()
    const cellOf = (name: string) => cells[names.indexOf(name)]
    expect(['near-1', 'far-1', 'far-2', 'far-live'].map(cellOf)).toEqual(['3', '2', '4', '–'])
    expect(await links.filter({ hasText: 'far-1' }).getAttribute('href')).toBe('/local/far/runs/same')
    await page.getByText('Histograms of weights of 3 runs.').waitFor({ state: 'attached' })
    await shown('predictions').getByRole('combobox').first().selectOption({ label: 'far-1' })
    await shown('predictions').getByRole('gridcell', { name: 'far-1' }).waitFor()
    // What only the other project has can be chosen too.
    await shown('Scatter').hover()
    await page.keyboard.press('e')
    await page.getByRole('combobox', { name: 'Y axis' }).fill('summary.iou')
    await page.locator('option[value="summary.iou"]').first().waitFor({ state: 'attached' })
    expect(opened.errors).toEqual([])
  })
})
