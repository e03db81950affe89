import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')
/** More lines than a browser lays out one below the other. */
const lineCount = 410_000
const linesAtATime = 41_000

describe.skipIf(webRoot === undefined)('console output', { timeout: 60_000 }, () => {
  let pages: PageServer

  const post = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${pages.server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(200)
  }
  const print = (offset: number, lines: readonly string[]): Promise<void> =>
    post('/files/local/demo/long/file_stream', { files: { 'output.log': { offset, content: lines } } })
  const address = (rest = ''): string => `${pages.server.url}/local/demo/runs/long/logs${rest}`

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }'
    await post('/graphql', { query, variables: { input: { entityName: 'local', modelName: 'demo', name: 'long' } } })
    for (let offset = 0; offset < lineCount; offset += linesAtATime) {
      const texts = Array.from({ length: linesAtATime }, (_, i) => {
        const number = offset + i
        if (number === 123_456) return 'ERROR 2026-05-01T10:00:01.000000 a needle on stderr'
        if (number === lineCount - 1) return '2026-05-01T10:00:02.000000 10%|#\r100%|########## the end'
        return `2026-05-01T10:00:00.000000 line ${number}`
      })
      await print(offset, texts)
    }
  })
  afterAll(() => pages[Symbol.asyncDispose]())

  test('of any length opens at its end, where a progress bar shows its last state, and follows it until scrolled away', async () => {
    await using opened = await openPage(pages.browser, address())
    const { page } = opened
    const output = page.getByRole('log', { name: 'Console output' })
    await output.getByText('100%|########## the end').waitFor()
    await page.getByRole('button', { name: 'Raw' }).click()
    await output.getByText('10%|#␍100%').waitFor()

    await output.focus()
    await page.keyboard.press('Home')
    await output.getByText('line 0', { exact: true }).waitFor()
    await page.keyboard.press('ArrowDown')
    await output.getByText('line 0', { exact: true }).waitFor({ state: 'detached' })
    await output.hover()
    await page.mouse.wheel(0, 24)
    await output.getByText('line 1', { exact: true }).waitFor({ state: 'detached' })
    expect(await output.getByText('line 2', { exact: true }).count()).toBe(1)

    await print(lineCount, ['2026-05-01T10:00:03.000000 one more'])
    await page.getByRole('button', { name: 'Jump to end: 1 new line' }).click()
    await output.getByText('one more').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('is searched on the server, narrowed, and linked to line by line', async () => {
    await using opened = await openPage(pages.browser, address())
    const { page } = opened
    const output = page.getByRole('log', { name: 'Console output' })
    await output.waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('NEEDLE')
    await page.getByText('1 hit', { exact: true }).waitFor()
    await page.keyboard.press('Enter')
    await output.locator('mark', { hasText: 'needle' }).waitFor()
    expect(await output.getByText('line 123455').count()).toBe(1)
    expect(page.url()).toMatch(/q=NEEDLE.*#L123457$/)

    await page.getByLabel('Lines around hits').selectOption({ label: '2 lines around hits' })
    await output.getByText('⋯ 123,454 lines').waitFor()
    await page.getByRole('button', { name: 'Search for a pattern' }).click()
    await page.getByRole('textbox', { name: 'Search the output' }).fill('(')
    await page.getByText('is no pattern').waitFor()
    await page.getByRole('textbox', { name: 'Search the output' }).fill('ne{2}dle on')
    await output.locator('mark', { hasText: /^needle on$/ }).waitFor()
    await page.getByRole('textbox', { name: 'Search the output' }).fill('')

    await page.getByRole('combobox', { name: 'Lines shown' }).selectOption('stderr')
    await page.getByText(/^1 line of 410,0/).waitFor()
    await page.getByLabel('Times').selectOption('relative')
    expect(await problemsOf(page)).toEqual([])

    await page.goto(address('#L123457'))
    await page.reload()
    await output.getByText('a needle on stderr').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download all lines' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('long-output.log')
    expect(opened.errors).toEqual([])
  })
})
