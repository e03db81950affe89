import { readFile } from 'node:fs/promises'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, type Page, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')

describe.skipIf(webRoot === undefined)('the runs table', { timeout: 120_000 }, () => {
  let pages: PageServer
  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    for (let index = 0; index < 40; index++) await createRun(index)
    for (let index = 0; index < 3; index++) await createRun(index, 'columns')
  })
  afterAll(() => pages?.[Symbol.asyncDispose]())

  async function createRun(index: number, project = 'digits'): Promise<void> {
    const input = {
      name: `r${index}`,
      displayName: `run ${index}`,
      modelName: project,
      tags: index % 8 === 0 ? ['baseline'] : [],
      config: JSON.stringify({ lr: { value: [0.1, 0.01][index % 2] }, seed: { value: 7 } }),
      summaryMetrics: JSON.stringify(index === 5 ? {} : { loss: 40 - index }),
    }
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
    const body = JSON.stringify({ query, variables: { input } })
    expect((await fetch(`${pages.server.url}/graphql`, { method: 'POST', body })).status).toBe(200)
  }
  // A view that nobody has saved: what a test changes is not there in the next one.
  const open = (search = '', options: Parameters<typeof openPage>[2] = {}) =>
    openPage(pages.browser, `${pages.server.url}/local/digits/table?nw=unsaved${search.replace('?', '&')}`, options)
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
    await page.getByText('5 of 40 runs').waitFor()
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

  test('a faulty filter in an address leaves no run out, and says what is wrong', async () => {
    await using opened = await open(`?q=${encodeURIComponent('((')}`)
    const { page } = opened
    await page.getByText('Expected a key or words to look for (position 3). Showing all.').waitFor()
    await startWith(page, ['run 39', 'run 38'])
    expect(await page.getByRole('grid').getAttribute('class')).not.toContain('opacity-60')
  })

  test('keeps rows on screen while a filter is typed, and underlines what is wrong', async () => {
    await using opened = await open()
    const { page } = opened
    await startWith(page, ['run 39'])
    await page.evaluate(`
      const look = () => document.querySelector('[role=rowheader]') ?? (document.title = 'blank')
      new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
    `)
    const field = page.getByRole('combobox', { name: 'Filter runs' })
    await field.click()
    for (const letter of 'loss <') {
      await page.keyboard.type(letter)
      await page.evaluate(() => new Promise(requestAnimationFrame))
    }
    // The one before, if there was time to ask for it.
    await page.getByText(/Showing (all|the previous result)\./).waitFor()
    await until(async () => expect(await page.locator('[data-problem]').count()).toBe(1))
    await page.keyboard.type(' 3')
    await startWith(page, ['run 39', 'run 38'])
    await field.fill('name ~ /(/')
    await page.getByText('/(/ is no pattern: unterminated group (position 8).').waitFor()
    await startWith(page, ['run 39', 'run 38'])
    // While it is written, what finds nothing takes no row away, and a long filter is seen whole.
    await field.fill('name = "nobody of this name" and summary.loss < 3 and state = finished')
    // The one before, if there was time to ask for it.
    await page.getByText(/Showing (all|the previous result)\./).waitFor()
    await startWith(page, ['run 39', 'run 38'])
    expect(await field.evaluate((input) => input.scrollWidth - input.clientWidth)).toBe(0)
    expect(await page.title()).not.toBe('blank')
    await field.press('Enter')
    await page.getByRole('heading', { name: 'No run matches' }).waitFor()
    await field.fill('loss < 4')
    await startWith(page, ['run 39', 'run 38', 'run 37'])
    await field.press('ArrowDown')
    for (const key of ['j', 'x']) await page.keyboard.press(key)
    await page.getByText('1 run selected').waitFor()
    expect(await page.getByRole('checkbox', { name: 'Select run 38', exact: true }).isChecked()).toBe(true)
  })

  test('a filter is made of chips by keyboard alone, and is the same as text', async () => {
    await using opened = await open('?q=state%20%21%3D%20crashed')
    const { page } = opened
    await startWith(page, ['run 39'])
    const address = () => new URL(page.url()).searchParams.get('q')
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const focusOn = (name: string | RegExp) =>
      until(async () => expect(await page.locator(':focus').getAttribute('aria-label')).toMatch(name))
    await press('/', 'Tab', 'Tab')
    await focusOn('Filter runs: show as chips')
    await press('Enter')
    await page.getByRole('toolbar', { name: 'Filter runs' }).waitFor()
    // A condition on a number, beside the one that is there.
    await press('/')
    await focusOn('Key to filter by')
    await page.keyboard.type('loss')
    await press('Enter')
    await focusOn('Value')
    await page.getByText('Here: 1 … 40').waitFor()
    await page.keyboard.type('x')
    await page.getByText('summary.loss holds numbers, and “x” is none.').waitFor()
    await press('Backspace')
    await page.keyboard.type('3')
    await press('Enter')
    await startWith(page, ['run 39', 'run 38'])
    await until(async () => expect(address()).toBe('state != crashed and summary.loss < 3'))
    await page.getByText('2 of 40 runs').waitFor()
    // An alternative to it, in a group of its own.
    await focusOn('Add a condition')
    await press('ArrowLeft')
    await focusOn('summary.loss < 3')
    await press('Enter')
    await focusOn('Value')
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Group' }).press('Enter')
    await page.getByRole('button', { name: 'Add a condition to the group' }).press('Enter')
    await focusOn('Key to filter by')
    await page.keyboard.type('tags')
    await press('Enter')
    await page.keyboard.type('baseline')
    await press('Enter')
    await until(async () => expect(address()).toBe('state != crashed and (summary.loss < 3 or tags has baseline)'))
    await page.getByText('7 of 40 runs').waitFor()
    expect(await problemsOf(page)).toEqual([])
    // Escape leaves a condition as it was; Delete takes it away.
    await page.getByRole('button', { name: 'state != crashed', exact: true }).press('Enter')
    const choice = page.getByRole('dialog', { name: 'state != crashed' }).getByLabel('Value')
    await choice.selectOption('running')
    await choice.press('Escape')
    await focusOn('state != crashed')
    await press('Delete')
    await until(async () => expect(address()).toBe('summary.loss < 3 or tags has baseline'))
    await page.reload()
    await page.getByRole('button', { name: 'tags has baseline', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Hide crashed' }).click()
    await page.getByRole('button', { name: 'Filter runs: write as text' }).click()
    const text = '(summary.loss < 3 or tags has baseline) and state != crashed'
    expect(await page.getByRole('combobox', { name: 'Filter runs' }).inputValue()).toBe(text)
    // A click that removes one condition while another is edited, or itself is, takes that one alone.
    await page
      .getByRole('combobox', { name: 'Filter runs' })
      .fill('state != crashed and summary.loss < 30 and config.lr = 0.1')
    await page.getByRole('button', { name: 'Filter runs: show as chips' }).click()
    const edit = async (condition: string, value: string): Promise<void> => {
      await page.getByRole('button', { name: condition, exact: true }).click()
      await page.getByRole('dialog', { name: condition }).getByRole('combobox', { name: 'Value' }).fill(value)
    }
    await edit('summary.loss < 30', '20')
    await page.getByRole('button', { name: 'Remove state != crashed' }).click()
    await until(async () => expect(address()).toBe('summary.loss < 30 and config.lr = 0.1'))
    await edit('summary.loss < 30', '10')
    await page.getByRole('button', { name: 'Remove summary.loss < 30' }).click()
    await until(async () => expect(address()).toBe('config.lr = 0.1'))
    expect(opened.errors).toEqual([])
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

  test('columns are made wider, written otherwise, pinned and moved, and stay so in the view', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/columns/table`)
    const { page } = opened
    const head = (name: string) => page.getByRole('columnheader').filter({ hasText: name })
    const heads = async () => (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim())
    await head('loss').waitFor()
    const openMenu = async (name: string): Promise<void> => {
      await head(name).hover()
      await page.getByRole('button', { name: `Column ${name}` }).click()
    }
    await openMenu('loss')
    // The button stands beside its own title, not its neighbour's.
    const [button, title] = await Promise.all(
      ['Column loss', 'loss'].map((name) => head('loss').getByRole('button', { name, exact: true }).boundingBox()),
    )
    expect(Math.abs(title!.x - button!.x - button!.width)).toBeLessThan(10)
    await page.getByRole('combobox', { name: 'Numbers' }).selectOption('Fixed digits')
    await page.getByRole('spinbutton', { name: 'Digits' }).fill('1')
    await page.getByRole('combobox', { name: 'Better is' }).selectOption('Lower')
    await page.getByRole('gridcell', { name: '40.0' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Pin to the left' }).click()
    await until(async () => expect((await heads())[1]).toBe('loss'))
    // Waits until the head stands still in its new place. The middle of its edge is 4 px from its end.
    await head('loss').getByTitle('Drag to make the column wider').hover()
    const before = (await head('loss').boundingBox())!
    await page.mouse.down()
    await page.mouse.move(before.x + before.width + 56, before.y + 10)
    await page.mouse.up()
    await until(async () => expect((await head('loss').boundingBox())!.width).toBe(before.width + 60))
    await head('Tags').dragTo(head('Created'))
    await until(async () => expect((await heads()).slice(1, 4)).toEqual(['loss', 'State', 'Tags']))
    await page.getByText('Saved', { exact: true }).waitFor()
    await page.goto(page.url().replace(/\?.*/, ''))
    await until(async () => expect((await heads()).slice(1, 4)).toEqual(['loss', 'State', 'Tags']))
    expect((await head('loss').boundingBox())!.width).toBe(before.width + 60)
    await head('loss').getByLabel('lower is better').waitFor()
    // One step back for each thing that was done.
    await openMenu('Tags')
    await page.getByRole('button', { name: 'Hide', exact: true }).click()
    await head('Tags').waitFor({ state: 'detached' })
    await page.getByRole('toolbar', { name: 'View' }).getByRole('button', { name: 'Undo' }).click()
    await head('Tags').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('puts runs together, with figures, and opens a group', async () => {
    await using opened = await open('?s=-summary.loss')
    const { page } = opened
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('config.lr')
    await page.getByText('40 runs in 2 groups').waitFor()
    // The groups too in the order of the table: the higher mean first.
    await startWith(page, ['lr = 0.1\n20 runs', 'lr = 0.01\n20 runs'])
    // Of 20 runs with 2, 4 … 40, and of 20 with 1, 3 … 39 of which one has none.
    const first = page.getByRole('row').filter({ hasText: 'lr = 0.1' })
    await first.getByText('21 ± 12').waitFor()
    await first
      .getByRole('img', { name: /^Runs of the group/ })
      .last()
      .waitFor()
    await first.getByText('Running').waitFor()
    await page.getByRole('button', { name: 'lr = 0.1', exact: false }).last().click()
    await startWith(page, ['lr = 0.1\n20 runs', 'run 0', 'run 2'])
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
    await page.getByRole('button', { name: 'Tag', exact: true }).click()
    await page.getByLabel('Tag to add').fill('kept')
    await page.keyboard.press('Enter')
    await page.getByText('3 runs tagged kept').waitFor()
    await until(async () => expect(await page.getByRole('gridcell').filter({ hasText: 'kept' }).count()).toBe(3))
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await until(async () => expect(await page.getByRole('gridcell').filter({ hasText: 'kept' }).count()).toBe(0))
    await page.getByRole('checkbox', { name: 'Select run 1', exact: true }).click()
    await page.getByRole('button', { name: 'Move to trash' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click()
    await startWith(page, ['run 2', 'run 0'])
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click()
    await startWith(page, ['run 2', 'run 1', 'run 0'])

    await page.getByRole('checkbox', { name: 'Select run 1', exact: true }).click()
    await page.getByRole('combobox', { name: 'Colour' }).selectOption('Gold')
    await page.getByText('1 run coloured').waitFor()
    await page.getByRole('checkbox', { name: 'Select run 1', exact: true }).click()
    await page.getByRole('button', { name: 'Hide', exact: true }).click()
    await until(() => expect(page.url()).toMatch(/r=10%7E%7Er1/))
    await page.getByRole('button', { name: 'Export all runs that match' }).click()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV, columns shown' }).click(),
    ])
    const lines = (await readFile(await saved.path(), 'utf8')).trim().split('\r\n')
    expect(lines[0]).toMatch(/^name,id,run\.state/)
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['run 2', 'run 1', 'run 0'])

    // The newest run: one that comes back into a project is its newest.
    await page.goto(page.url().replace(/\?.*/, '?nw=unsaved'))
    await startWith(page, ['run 39', 'run 38'])
    await page.getByRole('checkbox', { name: 'Select run 39', exact: true }).click()
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    await page.getByLabel('Project to move to').fill('elsewhere')
    await page.keyboard.press('Enter')
    await startWith(page, ['run 38'])
    const moved = page.getByRole('region', { name: 'Messages' }).getByText('1 run moved to elsewhere')
    await moved.locator('..').getByRole('button', { name: 'Undo' }).click()
    await startWith(page, ['run 39', 'run 38'])
    expect(opened.errors).toEqual([])
  })

  test('names, tags and notes are changed in their rows', async () => {
    await using opened = await openPage(
      pages.browser,
      `${pages.server.url}/local/columns/table?nw=unsaved&col=run.tags,run.notes`,
    )
    const { page } = opened
    await startWith(page, ['run 2', 'run 1', 'run 0'])
    await page.getByRole('grid').focus()
    await page.keyboard.press('j')
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: 'Name of run 2' }).fill('the second')
    await page.keyboard.press('Enter')
    await startWith(page, ['the second'])
    const row = page.getByRole('row').filter({ hasText: 'the second' })
    await row.hover()
    await row.getByRole('button', { name: 'Edit the notes of the second' }).click()
    await page.getByRole('textbox', { name: 'Notes, in Markdown' }).fill('**good**')
    await page.locator('strong', { hasText: 'good' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Save', exact: true }).last().click()
    await row.getByText('good', { exact: true }).waitFor()
    await row.hover()
    await row.getByRole('button', { name: 'Edit the tags of the second' }).click()
    const tags = page.getByRole('dialog', { name: 'Tags of the second' })
    await tags.getByRole('textbox', { name: 'New tag' }).fill('kept')
    await page.keyboard.press('Enter')
    await row.getByText('kept').first().waitFor()
    await page.keyboard.press('Escape')
    await tags.waitFor({ state: 'detached' })
    // All but one are put aside.
    await page.getByRole('checkbox', { name: 'Select all' }).click()
    await page.getByRole('checkbox', { name: 'Select the second' }).click()
    await page.getByText('2 runs selected').waitFor()
    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    await page.getByText('2 runs archived').waitFor()
    await until(async () => expect(await page.getByRole('gridcell').filter({ hasText: 'archived' }).count()).toBe(2))
    expect(opened.errors).toEqual([])
  })

  test('a run is renamed, tagged and described on its own page, and put into the trash', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/digits/runs/r10/overview`)
    const { page } = opened
    await page.getByRole('heading', { name: 'run 10' }).waitFor()
    await page.keyboard.press('b')
    await page.getByText('baseline', { exact: true }).waitFor()
    expect(new URL(page.url()).searchParams.get('b')).toBe('r10')
    await page.keyboard.press('b')
    await page.getByText('baseline', { exact: true }).waitFor({ state: 'detached' })
    await page.keyboard.press('F2')
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
    await page.getByRole('button', { name: 'Actions of this run' }).click()
    await page.getByRole('button', { name: 'Move to trash' }).click()
    // The question gives the focus back to what opened the menu.
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Escape')
    const menu = page.getByRole('button', { name: 'Actions of this run' })
    await until(async () => expect(await menu.evaluate((it) => it === document.activeElement)).toBe(true))
    await menu.click()
    await page.getByRole('button', { name: 'Move to trash' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Move to trash' }).click()
    await page.getByText('1 run moved to trash').waitFor()
    // The newest message is the first.
    await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).first().click()
    await page.goto(`${pages.server.url}/local/digits/runs/r10`)
    await page.getByRole('heading', { name: 'the best one' }).waitFor()
    expect(opened.errors).toEqual([])
  })

  test('rows stay where they are while somebody reads: values change in them, deleted ones go, the rest is offered', async () => {
    for (let index = 0; index < 4; index++) await createRun(index, 'moving')
    await using opened = await openPage(
      pages.browser,
      `${pages.server.url}/local/moving/table?nw=unsaved&s=%2Bsummary.loss&col=run.tags,summary.loss`,
    )
    const { page } = opened
    const graphql = async (query: string, variables: object): Promise<void> => {
      const body = JSON.stringify({ query, variables })
      expect((await fetch(`${pages.server.url}/graphql`, { method: 'POST', body })).status).toBe(200)
    }
    const setLoss = (name: string, loss: number): Promise<void> =>
      graphql('mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }', {
        input: { name, modelName: 'moving', summaryMetrics: JSON.stringify({ loss }) },
      })
    await startWith(page, ['run 3', 'run 2', 'run 1', 'run 0'])
    await page.getByRole('rowheader', { name: 'run 1' }).hover()
    await setLoss('r0', 2.5)
    await page.getByRole('row').filter({ hasText: 'run 0' }).getByText('2.5').waitFor()
    await page.getByRole('button', { name: 'Order has changed' }).waitFor()
    expect(await rowNames(page)).toEqual(['run 3', 'run 2', 'run 1', 'run 0'])
    expect(await problemsOf(page)).toEqual([])
    await createRun(39, 'moving')
    await page.getByRole('button', { name: '1 new run' }).waitFor()
    await fetch(`${pages.server.url}/api/projects/local/moving/runs/change`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ of: { runIds: ['r2'] }, action: 'trash' }),
    })
    await until(async () => expect(await rowNames(page)).toEqual(['run 3', 'run 1', 'run 0']))
    await page.getByRole('button', { name: '1 new run' }).click()
    await until(async () => expect(await rowNames(page)).toEqual(['run 39', 'run 0', 'run 3', 'run 1']))
    // Where nobody reads, rows come by themselves.
    await page.mouse.move(600, 20)
    await page.getByRole('combobox', { name: 'Filter runs' }).focus()
    await setLoss('r1', 0.5)
    await startWith(page, ['run 1', 'run 39', 'run 0'])
    // So it is with groups, and in those that are open.
    await page.getByRole('combobox', { name: 'Group by' }).selectOption('config.lr')
    await page.getByRole('button', { name: 'lr = 0.01' }).last().click()
    await startWith(page, ['lr = 0.1\n1 run', 'lr = 0.01\n3 runs', 'run 1'])
    const before = await rowNames(page)
    await setLoss('r1', 90)
    await page.getByRole('row').filter({ hasText: 'run 1' }).getByText('90').waitFor()
    await page.getByRole('button', { name: 'Order has changed' }).waitFor()
    expect(await rowNames(page)).toEqual(before)
    expect(opened.errors).toEqual([])
  })

  test('goes by keyboard: marks, pins, previews, opens; axe finds nothing on a narrow screen', async () => {
    await using narrow = await open('', { width: 390, height: 700 })
    await startWith(narrow.page, ['run 39'])
    // A row that is at work keeps its name, and what can be done with it leaves room for the rows.
    await narrow.page.getByRole('checkbox', { name: 'Select run 39', exact: true }).check()
    const sizeOf = async (name: string | RegExp, role: 'region' | 'link') =>
      narrow.page.getByRole(role, { name }).evaluate((element) => ({
        isCut: element.scrollWidth > element.clientWidth,
        height: element.getBoundingClientRect().height,
      }))
    expect((await sizeOf('run 39', 'link')).isCut).toBe(false)
    expect((await sizeOf('Selected runs', 'region')).height).toBeLessThan(110)
    expect(await problemsOf(narrow.page)).toEqual([])
    await using opened = await open()
    const { page } = opened
    await startWith(page, ['run 39'])
    await page.getByRole('grid').focus()
    for (const key of ['j', 'j', 'x']) await page.keyboard.press(key)
    await page.getByText('1 run selected').waitFor()
    expect(await page.getByRole('checkbox', { name: 'Select run 38', exact: true }).isChecked()).toBe(true)
    for (const key of ['j', 'j', 'Shift+X']) await page.keyboard.press(key)
    await page.getByText('3 runs selected').waitFor()
    await page.keyboard.press('p')
    await startWith(page, ['run 36', 'run 39', 'run 38', 'run 37'])
    await until(() => expect(page.url()).toContain('p=r36'))
    // The run that was meant is meant still, where it is now.
    await page.keyboard.press('p')
    await startWith(page, ['run 39', 'run 38', 'run 37', 'run 36'])
    await page.keyboard.press('p')
    await startWith(page, ['run 36', 'run 39', 'run 38', 'run 37'])
    await page.keyboard.press(' ')
    const preview = page.getByRole('complementary', { name: 'Preview of run 36' })
    await preview.getByRole('region', { name: 'Config' }).waitFor()
    await page.keyboard.press('j')
    await page.getByRole('complementary', { name: 'Preview of run 39' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    // What was opened last goes first.
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    await page.getByText('3 runs selected').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('3 runs selected').waitFor({ state: 'detached' })
    // Tags and notes are written at once where they are opened, whether they have a column or not.
    const heads = await page.getByRole('columnheader').allInnerTexts()
    await page.keyboard.press('Shift+T')
    for (const tag of ['vp', 'jk']) {
      await page.keyboard.type(tag)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('dialog', { name: 'Tags of run 39' }).getByText('jk').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Shift+N')
    await page.keyboard.type('xv')
    expect(await problemsOf(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await until(async () => {
      const answer = await fetch(`${pages.server.url}/api/runs/local/digits/r39`)
      expect(await answer.json()).toMatchObject({ run: { tags: ['vp', 'jk'], notes: 'xv' } })
    })
    expect(await page.getByRole('columnheader').allInnerTexts()).toEqual(heads)
    // An edit of a run is undone like a change of the view.
    await page.getByRole('region', { name: 'Messages' }).getByText('Saved the notes of run 39').waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('Undone: Saved the notes of run 39').waitFor()
    await until(async () => {
      const answer = await fetch(`${pages.server.url}/api/runs/local/digits/r39`)
      expect(await answer.json()).toMatchObject({ run: { tags: ['vp', 'jk'], notes: '' } })
    })
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search runs/ }).fill('#jk')
    await page.getByRole('dialog').getByRole('option', { name: 'jk' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'run 39' }).waitFor()
  })
})
