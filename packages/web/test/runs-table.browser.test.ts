import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory, until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Browser, openPage, type Page, problemsOf } from './support/open-page.ts'

const webRoot = inject('webRoot')

describe.skipIf(webRoot === undefined)('the runs table', { timeout: 120_000 }, () => {
  let browser: Browser
  let server: StartedServer
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>
  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    directory = await openTemporaryDirectory('lossline-table-')
    server = await startServer({
      dataDirectory: directory.path,
      port: 0,
      watch: [],
      webRoot: webRoot as string,
      log: () => {},
    })
    for (let index = 0; index < 40; index++) await createRun(index)
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await directory?.[Symbol.asyncDispose]()
  })

  async function createRun(index: number): Promise<void> {
    const input = {
      name: `r${index}`,
      displayName: `run ${index}`,
      modelName: 'digits',
      tags: index % 8 === 0 ? ['baseline'] : [],
      config: JSON.stringify({ lr: { value: [0.1, 0.01][index % 2] }, seed: { value: 7 } }),
      summaryMetrics: JSON.stringify(index === 5 ? {} : { loss: 40 - index }),
    }
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
    const body = JSON.stringify({ query, variables: { input } })
    expect((await fetch(`${server.url}/graphql`, { method: 'POST', body })).status).toBe(200)
  }
  const open = (search = '', options: Parameters<typeof openPage>[2] = {}) =>
    openPage(browser, `${server.url}/local/digits/table${search}`, options)
  const rowNames = async (page: Page): Promise<string[]> =>
    (await page.getByRole('rowheader').allInnerTexts()).map((text) => text.trim())
  const startWith = (page: Page, names: readonly string[]) =>
    until(async () => expect((await rowNames(page)).slice(0, names.length)).toEqual(names))

  test('shows what runs differ by, sorts, filters, and is all in the address', async () => {
    await using opened = await open()
    const { page } = opened
    await startWith(page, ['run 39', 'run 38'])
    const heads = await page.getByRole('columnheader').allInnerTexts()
    expect(heads.join(' ')).toMatch(/lr.*loss/s)
    expect(heads.join(' ')).not.toContain('seed')
    await page.getByRole('button', { name: 'loss', exact: true }).click()
    await startWith(page, ['run 0', 'run 1'])
    await page.getByRole('button', { name: 'loss', exact: true }).click()
    await startWith(page, ['run 39', 'run 38'])
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('lr = 0.1 and loss > 30')
    await startWith(page, ['run 8', 'run 6', 'run 4', 'run 2', 'run 0'])
    await page.getByText('5 runs').waitFor()
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('lr = 0.1 and loss >')
    await page.getByText('Expected a number or a text after ">" (position 20).').waitFor()
    expect((await rowNames(page)).length).toBe(5)
    await page.getByRole('combobox', { name: 'Filter runs' }).fill('loss < 3')
    await startWith(page, ['run 39', 'run 38'])
    await until(async () => expect(page.url()).toMatch(/q=loss/))
    await page.reload()
    await startWith(page, ['run 39', 'run 38'])
    expect(await page.getByRole('combobox', { name: 'Filter runs' }).inputValue()).toBe('loss < 3')
    expect(opened.errors).toEqual([])
    expect(opened.foreignRequests).toEqual([])
  })

  test('completes what is typed', async () => {
    await using opened = await open()
    const { page } = opened
    const field = page.getByRole('combobox', { name: 'Filter runs' })
    await field.click()
    await page.keyboard.type('lo')
    await page.getByRole('listbox', { name: 'Completions' }).getByText('summary.loss').waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await until(async () => expect(await field.inputValue()).toBe('summary.loss '))
    await page.keyboard.type('< 2')
    await startWith(page, ['run 39'])
  })

  test('compares with a baseline, and lets columns be chosen', async () => {
    await using opened = await open('?s=-summary.loss')
    const { page } = opened
    const row = (name: string) => page.getByRole('row').filter({ hasText: name })
    await row('run 1').first().hover()
    await page.getByRole('button', { name: 'Compare others with run 1', exact: true }).click()
    await row('run 0').getByText('▲ +1').waitFor()
    await page.getByRole('button', { name: 'Columns' }).click()
    const dialog = page.getByRole('dialog', { name: 'Columns' })
    await dialog.getByRole('checkbox', { name: 'config seed' }).check()
    await dialog.getByRole('checkbox', { name: 'Tags' }).uncheck()
    await page.keyboard.press('Escape')
    await page.getByRole('columnheader', { name: 'config seed' }).waitFor()
    expect(await page.getByRole('columnheader', { name: 'Tags' }).count()).toBe(0)
    await page.reload()
    await page.getByRole('columnheader', { name: 'config seed' }).waitFor()
    await row('run 0').getByText('▲ +1').waitFor()
  })

  test('puts runs together, with figures, and opens a group', async () => {
    await using opened = await open('?s=-summary.loss')
    const { page } = opened
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('config.lr')
    await page.getByText('40 runs in 2 groups').waitFor()
    await startWith(page, ['lr = 0.01\n20 runs', 'lr = 0.1\n20 runs'])
    // Of 20 runs with 2, 4 … 40, and of 20 with 1, 3 … 39 of which one has none.
    await page.getByRole('row').filter({ hasText: 'lr = 0.1' }).getByText('21 ± 12').waitFor()
    await page.getByRole('button', { name: 'lr = 0.1', exact: false }).last().click()
    await startWith(page, ['lr = 0.01\n20 runs', 'lr = 0.1\n20 runs', 'run 0', 'run 2'])
    expect(await problemsOf(page)).toEqual([])
    await page.reload()
    await page.getByText('40 runs in 2 groups').waitFor()
    await page.getByRole('button', { name: 'Do not group by lr' }).click()
    await startWith(page, ['run 0', 'run 1'])
    expect(opened.errors).toEqual([])
  })

  test('changes many runs at once, and takes it back', async () => {
    await using opened = await open('?q=loss%20%3E%2037')
    const { page } = opened
    await startWith(page, ['run 2', 'run 1', 'run 0'])
    await page.getByRole('checkbox', { name: 'Select all' }).check()
    await page.getByText('3 runs selected').waitFor()
    await page.getByRole('button', { name: 'Tag' }).click()
    await page.getByLabel('Tag to add').fill('kept')
    await page.keyboard.press('Enter')
    await page.getByText('3 runs tagged kept').waitFor()
    await until(async () => expect(await page.getByRole('gridcell').filter({ hasText: 'kept' }).count()).toBe(3))
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await until(async () => expect(await page.getByRole('gridcell').filter({ hasText: 'kept' }).count()).toBe(0))
    await page.getByRole('checkbox', { name: 'Select run 1', exact: true }).click()
    await page.getByRole('button', { name: 'Move to trash' }).click()
    await startWith(page, ['run 2', 'run 0'])
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await startWith(page, ['run 2', 'run 1', 'run 0'])
  })

  test('a run is renamed, tagged and described on its own page, and put into the trash', async () => {
    await using opened = await openPage(browser, `${server.url}/local/digits/runs/r10/overview`)
    const { page } = opened
    await page.getByRole('heading', { name: 'run 10' }).hover()
    await page.getByRole('button', { name: 'Edit name' }).click()
    await page.getByRole('textbox', { name: 'Edit name' }).fill('the best one')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'the best one' }).waitFor()
    await page.getByRole('button', { name: 'Add a tag' }).click()
    await page.getByRole('textbox', { name: 'New tag' }).fill('golden')
    await page.keyboard.press('Enter')
    await page.getByRole('list', { name: 'Tags' }).getByText('golden').waitFor()
    await page.getByText('No notes.').hover()
    await page.getByRole('button', { name: 'Edit notes' }).click()
    await page.getByRole('textbox', { name: 'Edit notes' }).fill('learned in two epochs')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('learned in two epochs').waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.reload()
    await page.getByRole('heading', { name: 'the best one' }).waitFor()
    await page.getByText('golden').waitFor()
    await page.getByRole('button', { name: 'Remove tag golden' }).click()
    await until(async () => expect(await page.getByText('golden').count()).toBe(0))
    await page.getByRole('button', { name: 'Move to trash' }).click()
    await page.getByText('1 run moved to trash').waitFor()
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await page.goto(`${server.url}/local/digits/runs/r10`)
    await page.getByRole('heading', { name: 'the best one' }).waitFor()
    expect(opened.errors).toEqual([])
  })

  test('goes by keyboard, and axe finds nothing in both themes and on a narrow screen', async () => {
    for (const options of [{}, { theme: 'dark' as const }, { width: 390, height: 700 }]) {
      await using opened = await open('', options)
      const { page } = opened
      await startWith(page, ['run 39'])
      expect(await problemsOf(page)).toEqual([])
    }
    await using opened = await open()
    const { page } = opened
    await startWith(page, ['run 39'])
    await page.getByRole('grid').focus()
    for (const key of ['j', 'j', 'x']) await page.keyboard.press(key)
    await page.getByText('1 run selected').waitFor()
    expect(await page.getByRole('checkbox', { name: 'Select run 38', exact: true }).isChecked()).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'run 38' }).waitFor()
  })
})
