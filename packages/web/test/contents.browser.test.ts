import { Artifact, Html, Image, type InitOptions, init, plot, Table } from '@lossline/core'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type OpenedPage, openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')

/** What somebody might log to take over the page of whoever looks at it. */
const hostileText = '<img src=x onerror="document.title=\'taken over\'">'
const hostilePage = `<p id="told">nothing ran</p><script>
  const told = []
  try { parent.document.title = 'taken over' } catch { told.push('no page around') }
  try { localStorage.getItem('x') } catch { told.push('no storage') }
  fetch('/api/status').then(() => told.push('network'), () => told.push('no network')).then(() => {
    document.getElementById('told').textContent = [origin, ...told].join(', ')
  })
</script>`

describe.skipIf(webRoot === undefined)('what runs of the SDK hold', { timeout: 120_000 }, () => {
  let pages: PageServer
  let options: InitOptions
  let trainId: string
  let evaluateId: string

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    options = { ...pages.logTo, project: 'digits' }
    const train = await init({ ...options, name: 'train run', jobType: 'train' })
    trainId = train.id
    for (const step of [0, 1, 2]) {
      const pixels = Uint8Array.from({ length: 64 }, (_, i) => (i * 4 + step * 50) % 256)
      train.log({ sample: new Image(pixels, { width: 8, height: 8, caption: `sample ${step}` }), loss: 1 / (step + 1) })
    }
    const rows = Array.from({ length: 250 }, (_, i) => [
      new Image(new Uint8Array(64).fill(i), { width: 8, height: 8 }),
      i === 7 ? hostileText : `digit ${i % 10}`,
      i === 3 ? Number.NaN : (i * 37) % 250,
    ])
    const matrix = plot.confusionMatrix({ yTrue: [0, 0, 1, 1, 1], preds: [0, 1, 1, 1, 0], classNames: ['cat', 'dog'] })
    train.log({
      predictions: new Table({ columns: ['image', 'label', 'score'], rows }),
      page: new Html(hostilePage, { inject: false }),
      matrix,
    })
    const model = new Artifact('cnn', 'model', { description: 'A small network.', metadata: { layers: 3 } })
    await model.addBuffer('weights', 'weights.bin')
    await model.addBuffer(hostilePage, 'page.html')
    await model.addBuffer('text', '<b>odd & name?#%.txt')
    await train.logArtifact(model, { aliases: ['best'] }).wait()
    await train.finish()

    const evaluate = await init({ ...options, name: 'evaluate run', jobType: 'evaluate' })
    evaluateId = evaluate.id
    await evaluate.useArtifact('cnn:best')
    evaluate.log({ 'test/accuracy': 0.9, 'test/interval/accuracy/lower': 0.85, 'test/interval/accuracy/upper': 0.94 })
    const report = new Artifact('report', 'evaluation')
    await report.addBuffer('{}', 'report.json')
    await evaluate.logArtifact(report).wait()
    await evaluate.finish()
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  const runUrl = (id: string, tab: string) => `${pages.server.url}/local/digits/runs/${id}/${tab}`
  const versionUrl = (tab: string) => `${pages.server.url}/local/digits/artifacts/model/cnn/best/${tab}`

  test('pictures are shown at the step that the slider is at, and a pasted link shows the same', async () => {
    await using opened = await openPage(pages.browser, `${runUrl(trainId, 'media')}?q=sample`)
    const { page } = opened
    const card = page.getByRole('region', { name: 'sample' })
    await card.getByText('sample 2').waitFor()
    const picture = card.getByRole('img', { name: 'sample 2' })
    await until(async () =>
      expect(await picture.evaluate((image) => (image as { naturalWidth: number } & typeof image).naturalWidth)).toBe(
        8,
      ),
    )
    await page.keyboard.press('[')
    await card.getByText('sample 1').waitFor()
    await until(() => expect(page.url()).toContain('step=1'))
    await page.reload()
    await card.getByText('sample 1').waitFor()
    await card.getByRole('button', { name: 'Enlarge sample 1' }).click()
    await page.getByRole('dialog').getByText('8 × 8 pixels').waitFor()
    await page.keyboard.press('Escape')
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('a table shows pictures beside values, sorts, finds, and opens a row', async () => {
    await using opened = await openPage(pages.browser, `${runUrl(trainId, 'tables')}?t=predictions`)
    const { page } = opened
    await page.getByText('250 rows').waitFor()
    const grid = page.getByRole('grid', { name: 'predictions' })
    const rows = grid.getByRole('row').filter({ has: page.getByRole('rowheader') })
    // All rows at one moment: they come and go while the table moves.
    const cells = async (at: number): Promise<readonly string[]> => {
      const texts = await rows.evaluateAll((all) =>
        all.map((row) =>
          Array.from(row.querySelectorAll('[role=rowheader], [role=gridcell]'), (cell) => cell.textContent ?? ''),
        ),
      )
      return texts.at(at) ?? []
    }
    await until(async () => expect(await cells(0)).toEqual(['1', '', 'digit 0', '0']))
    await until(async () => expect(await naturalWidth(grid.locator('img').first())).toBe(8))
    const head = grid.getByRole('columnheader', { name: /score/ })
    await until(async () => expect(await head.textContent()).toContain('0 … 249'))
    await head.getByRole('button', { name: 'score', exact: true }).click()
    await until(async () => expect(await cells(0)).toEqual(['28', '', 'digit 7', '249']))
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await until(() => expect(page.url()).toContain('-score'))
    await page.reload()
    await until(async () => expect((await cells(0))[3]).toBe('249'))
    // By keys alone: to the last row, where missing values are whatever the direction, and its page.
    await grid.focus()
    await page.keyboard.press('Control+End')
    await until(async () => expect((await cells(-1))[0]).toBe('4'))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Row 4' }).getByText('NaN', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByLabel('Find rows').fill('onerror')
    await page.getByText('1 of 250 rows').waitFor()
    await until(async () => expect((await cells(0))[2]).toBe(hostileText))
    await page.getByRole('button', { name: 'Open row 8' }).click()
    await page.getByRole('dialog', { name: 'Row 8' }).getByText(hostileText).waitFor()
    expect(await page.title()).not.toContain('taken over')
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('rows are filtered, grouped and saved; a wrong filter says where, and keeps what was there', async () => {
    await using opened = await openPage(pages.browser, `${runUrl(trainId, 'tables')}?t=predictions`)
    const { page } = opened
    await page.getByText('250 rows').waitFor()
    const filter = page.getByRole('combobox', { name: 'Filter rows' })
    await filter.fill('sco')
    await page.getByRole('option', { name: /^score/ }).waitFor()
    await filter.fill('label = ')
    await page.getByRole('option', { name: '"digit 0"' }).waitFor()
    await page.getByRole('button', { name: 'Filter rows: show as chips' }).click()
    // What cannot be read is a text until it is written.
    await filter.fill('label = "digit 0"')
    await filter.press('Tab')
    await page.getByRole('button', { name: 'label = "digit 0"', exact: true }).click()
    await page.getByRole('option', { name: 'digit 1' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('25 of 250 rows').waitFor()
    await page.getByRole('button', { name: 'label = "digit 1"', exact: true }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Filter rows: write as text' }).click()
    await filter.fill('score >= 100 and label = "digit 7"')
    await page.getByText('15 of 250 rows').waitFor()
    await page.getByRole('button', { name: 'Save rows' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV: matching rows, columns in view' }).click()
    expect((await download).suggestedFilename()).toBe('predictions.csv')
    await filter.fill('score >= ')
    await page.getByRole('alert').getByText('(position 10)').waitFor()
    await page.getByText('15 of 250 rows').waitFor()
    await filter.fill('')
    await page.getByText('250 rows').waitFor()
    await page.getByRole('button', { name: 'Columns', exact: true }).click()
    await page.getByLabel('Group by label').check()
    await page.keyboard.press('Escape')
    await page.getByText('11 groups').waitFor()
    await page.getByRole('button', { name: 'Show 25 rows of this group' }).first().click()
    await page.getByText('25 of 250 rows').waitFor()
    expect(await filter.inputValue()).toBe('label = "digit 0"')
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('what was logged once is a value with its interval, and no chart of one dot', async () => {
    await using opened = await openPage(pages.browser, runUrl(evaluateId, ''))
    const { page } = opened
    const table = page.getByRole('table', { name: 'Values of test' })
    await table.getByRole('row', { name: 'accuracy 0.9' }).waitFor()
    expect(await table.locator('tbody tr').count()).toBe(1)
    expect(await table.getByTitle('0.9, between 0.85 and 0.94').count()).toBe(1)
    expect(await page.locator('.plot-area').count()).toBe(0)
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('custom charts are drawn beside the metrics, and lead to their tables', async () => {
    await using opened = await openPage(pages.browser, runUrl(trainId, ''))
    const { page } = opened
    const chart = page.getByRole('region', { name: 'Confusion Matrix Curve' })
    await chart.scrollIntoViewIfNeeded()
    const rows = chart.getByRole('table').locator('tbody tr')
    await until(async () => expect(await rows.allInnerTexts()).toEqual(['cat\t1\t1', 'dog\t1\t2']))
    await chart.getByText('Accuracy 60.0 %').waitFor()
    await chart.getByLabel('What cells show').selectOption('% of actual')
    expect(await rows.allInnerTexts()).toEqual(['cat\t50.0\t50.0', 'dog\t33.3\t66.7'])
    expect(await problemsOf(page)).toEqual([])
    await chart.getByRole('link', { name: /^Table of/ }).click()
    await page.getByText('4 rows').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('all classes of a large confusion matrix are in sight', async () => {
    await using run = await init({ ...options, name: 'many classes' })
    const yTrue = Array.from({ length: 36 }, (_, i) => i % 12)
    const classNames = Array.from({ length: 12 }, (_, i) => `class number ${i}`)
    run.log({ matrix: plot.confusionMatrix({ yTrue, preds: yTrue.toReversed(), classNames }) })
    await until(async () =>
      expect((await fetch(`${pages.server.url}/api/runs/local/digits/${run.id}`)).status).toBe(200),
    )
    await using opened = await openPage(pages.browser, runUrl(run.id, ''))
    const table = opened.page.getByRole('region', { name: 'Confusion Matrix Curve' }).getByRole('table')
    await table.getByRole('columnheader', { name: 'class number 11' }).waitFor()
    const room = await table.evaluate(({ parentElement: box }) => [
      box!.scrollWidth - box!.clientWidth,
      box!.scrollHeight - box!.clientHeight,
    ])
    expect(room).toEqual([0, 0])
  })

  test('what a run logs while its page is open appears by itself', async () => {
    await using run = await init({ ...options, name: 'live run' })
    run.log({ loss: 1 })
    await until(async () =>
      expect((await fetch(`${pages.server.url}/api/runs/local/digits/${run.id}`)).status).toBe(200),
    )
    await using opened = await openPage(pages.browser, runUrl(run.id, 'media'))
    const { page } = opened
    await page.getByText('No media yet').waitFor()
    run.log({ later: new Image(new Uint8Array(64), { width: 8, height: 8, caption: 'just logged' }) })
    await page.getByRole('img', { name: 'just logged' }).waitFor()
    expect(opened.errors).toEqual([])
  })

  test('a logged page runs in a box of its own: no page around it, no storage, no network', async () => {
    await using opened = await openPage(pages.browser, runUrl(trainId, 'media'))
    const { page } = opened
    const told = 'null, no page around, no storage, no network'
    await page.frameLocator('iframe[title^="page"]').getByText(told).waitFor()
    expect(await page.title()).not.toContain('taken over')
    const download = page.waitForEvent('download')
    await page.getByRole('region', { name: 'page' }).getByRole('link', { name: 'Download' }).click()
    expect((await download).suggestedFilename()).toMatch(/\.html$/)
  })

  test('a version says what it is, what is in it, and how to use it', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/digits/artifacts`)
    const { page } = opened
    await page.getByRole('link', { name: 'cnn', exact: true }).click()
    await page.getByText('A small network.').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'train run' }).waitFor()
    await page.getByRole('link', { name: 'evaluate run' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Metadata' }).click()
    await page.getByText('layers').waitFor()
    await page.getByRole('link', { name: 'Usage' }).click()
    await page.getByText(/run\.useArtifact\("local\/digits\/cnn:v0"\)/).waitFor()
    await page.getByRole('link', { name: 'Files', exact: true }).click()
    await page.getByRole('button', { name: '<b>odd & name?#%.txt' }).click()
    await page
      .getByRole('region', { name: /^Preview/ })
      .getByText('text', { exact: true })
      .waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download weights.bin' }).click()
    expect((await download).suggestedFilename()).toBe('weights.bin')
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('a table in a version is shown as one, with its pictures', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/digits/artifacts`)
    const { page } = opened
    await page.getByText('run_table').click()
    await page.getByRole('link', { name: /predictions/ }).click()
    await page.getByRole('link', { name: 'Files', exact: true }).click()
    await page.getByLabel('Find files').fill('table')
    await page.getByRole('button', { name: 'predictions.table.json', exact: true }).click()
    await page.getByText('250 rows').waitFor()
    await until(async () => expect(await naturalWidth(page.getByRole('grid').locator('img').first())).toBe(8))
    await page.getByRole('button', { name: 'Open row 1', exact: true }).click()
    await page.getByRole('dialog', { name: 'Row 1' }).getByText('digit 0').waitFor()
    expect(await problemsOf(page)).toEqual([])
    // The copy among the files of the run is a table too.
    await page.goto(runUrl(trainId, 'files'))
    await page.getByLabel('Find files').fill('predictions')
    await page.getByRole('button', { name: /predictions_.*\.table\.json/ }).click()
    await page.getByText('250 rows').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('lineage leads from the run that made a model to what came of it, as a graph and in words', async () => {
    await using opened = await openPage(pages.browser, versionUrl('lineage'))
    const { page } = opened
    const graph = page.getByRole('group', { name: /Lineage graph/ })
    await graph.getByText('cnn:v0').waitFor()
    const names = await graph
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.firstChild?.textContent))
    expect(names).toEqual(['train run', 'cnn:v0', 'evaluate run', 'report:v0'])
    await graph.getByRole('link', { name: /train run/ }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate('document.activeElement.textContent')).toContain('evaluate run')
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'As list' }).click()
    const sentences = await page
      .getByRole('list', { name: /Lineage/ })
      .getByRole('listitem')
      .allTextContents()
    expect(sentences.map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
      'Run train run made cnn:v0',
      'Run evaluate run used cnn:v0',
      'Run evaluate run made report:v0',
    ])
    await page.getByRole('link', { name: 'evaluate run' }).first().click()
    await page.getByRole('navigation', { name: 'Run' }).getByRole('link', { name: 'Artifacts' }).click()
    await page.getByRole('region', { name: 'Inputs' }).getByRole('link', { name: 'cnn:v0' }).waitFor()
    await page.getByRole('region', { name: 'Outputs' }).getByRole('link', { name: 'report:v0' }).waitFor()
    expect(page.url()).toContain(evaluateId)
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('the dark page on a narrow screen has no trouble of access either', async () => {
    for (const url of [
      `${runUrl(trainId, 'tables')}?t=predictions`,
      versionUrl('overview'),
      runUrl(trainId, 'files'),
    ]) {
      await using opened = await openPage(pages.browser, url, { theme: 'dark', width: 390, height: 780 })
      await opened.page.locator('[role=gridcell], dd, li button').first().waitFor()
      expect(await problemsOf(opened.page)).toEqual([])
      expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    }
  })
})

function naturalWidth(image: ReturnType<OpenedPage['page']['locator']>): Promise<number> {
  return image.evaluate((element) => (element as { naturalWidth: number } & typeof element).naturalWidth)
}
