import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory, until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Browser, openPage, type Page, problemsInBothThemes, problemsOf, settle } from './support/open-page.ts'

const webRoot = inject('webRoot')
const token = 'token-of-the-operator'

/** Makes runs as W&B's clients do, and ends them. */
async function addRuns(url: string, project: string, names: readonly string[]): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  for (const displayName of names) {
    const name = displayName.replaceAll(' ', '-')
    await post('/graphql', {
      query: 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }',
      variables: { input: { name, modelName: project, displayName } },
    })
    await post(`/files/local/${project}/${name}/file_stream`, { complete: true, exitcode: 0 })
  }
}

describe.skipIf(webRoot === undefined)('the shell', { timeout: 120_000 }, () => {
  let browser: Browser
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>
  let open: StartedServer
  let closed: StartedServer
  let adminKey: string
  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    directory = await openTemporaryDirectory('lossline-shell-')
    const start = (name: string): Promise<StartedServer> =>
      startServer({
        dataDirectory: directory.join(name),
        port: 0,
        watch: [],
        webRoot: webRoot as string,
        log: () => {},
        adminToken: token,
      })
    open = await start('open')
    closed = await start('closed')
    await addRuns(open.url, 'digits', ['swift owl', 'slow bear'])
    await addRuns(open.url, 'vision', ['other owl'])
    const made = await fetch(`${closed.url}/api/admin/users/root`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ admin: true }),
    })
    adminKey = ((await made.json()) as { apiKey: string }).apiKey
  })
  afterAll(async () => {
    await browser?.close()
    await open?.close()
    await closed?.close()
    await directory?.[Symbol.asyncDispose]()
  })
  const palette = (page: Page) => page.getByRole('combobox', { name: /^Search runs/ })
  const press = async (page: Page, ...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }

  test('the palette finds runs of all projects, and what was chosen comes first the next time', async () => {
    await using opened = await openPage(browser, `${open.url}/local/digits`)
    const { page } = opened
    await page.getByRole('link', { name: 'Workspace' }).waitFor()
    await press(page, 'Control+k')
    await palette(page).fill('owl')
    const options = page.getByRole('dialog').getByRole('listbox').getByRole('option')
    await until(async () =>
      expect(await options.allTextContents()).toEqual([
        expect.stringContaining('swift owl'),
        expect.stringContaining('other owl'),
      ]),
    )
    expect(await problemsOf(page)).toEqual([])
    await press(page, 'ArrowDown', 'Enter')
    await until(() => expect(page.url()).toBe(`${open.url}/local/vision/runs/other-owl`))
    await press(page, 'Control+k')
    await until(async () => expect(await options.first().textContent()).toContain('other owl'))
    await palette(page).fill('>dark')
    await press(page, 'Enter')
    await until(async () => expect(await page.locator('html').getAttribute('data-theme')).toBe('dark'))
    expect(opened.errors).toEqual([])
  })

  test('what is typed while the palette is on its way goes into its field and to no shortcut', async () => {
    await using opened = await openPage(browser, `${open.url}/local/digits`)
    const { page } = opened
    const arrival = Promise.withResolvers<void>()
    await page.route('**/command-palette-*.js', async (route) => {
      await arrival.promise
      await route.continue()
    })
    await page.reload()
    await page.getByRole('link', { name: 'Workspace' }).waitFor()
    const theme = await page.locator('html').getAttribute('data-theme')
    await press(page, 'Control+k', 'd', 'o')
    arrival.resolve()
    await palette(page).waitFor()
    await press(page, 'g')
    expect(await palette(page).inputValue()).toBe('dog')
    expect(await page.locator('html').getAttribute('data-theme')).toBe(theme)
    expect(opened.errors).toEqual([])
  })

  test('keys in a row lead to the pages of a project; in the settings they can be changed and switched off', async () => {
    await using opened = await openPage(browser, `${open.url}/local/digits`)
    const { page } = opened
    await page.getByRole('link', { name: 'Workspace' }).waitFor()
    await press(page, 'g')
    await page.getByText('G then …').waitFor()
    await press(page, 'o')
    await page.getByRole('heading', { name: 'Storage used' }).waitFor()
    await page.goto(`${open.url}/settings/shortcuts`)
    await page.getByRole('button', { name: 'Change the key for: Go to all projects' }).click()
    await press(page, 'y', 'y')
    await page.getByText('Y then Y').waitFor()
    await press(page, 'y', 'y')
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
    await page.goto(`${open.url}/settings/shortcuts`)
    await page.getByLabel('Single-key shortcuts').uncheck()
    await press(page, 'y', 'y', 'Control+k')
    await palette(page).waitFor()
    expect(page.url()).toBe(`${open.url}/settings/shortcuts`)
    expect(opened.errors).toEqual([])
  })

  test('comfortable text is larger everywhere, at once and from then on, and nothing is cut', async () => {
    await using opened = await openPage(browser, `${open.url}/settings`)
    const { page } = opened
    const sizeOf = (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => getComputedStyle(element).fontSize)
    expect(await sizeOf('body')).toBe('13px')
    await page.getByRole('radio', { name: 'Comfortable' }).check()
    expect(await sizeOf('body')).toBe('15px')
    expect(await problemsOf(page)).toEqual([])
    for (const path of ['/local/digits/table', '/local/digits', '/']) {
      await page.goto(open.url + path)
      await settle(page)
      expect(await sizeOf('body')).toBe('15px')
      const cut = await page
        .locator('main [role=row], main tr, [aria-label=Runs] li')
        .evaluateAll((rows) =>
          rows.filter((row) => row.scrollHeight > row.clientHeight + 1).map((row) => row.textContent),
        )
      expect(cut).toEqual([])
      expect(await problemsOf(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Theme', exact: true }).click()
    await page.getByRole('radio', { name: 'Dense' }).check()
    expect(await sizeOf('body')).toBe('13px')
    expect(opened.errors).toEqual([])
  })

  test('a description is safe Markdown; a project is deleted only after its name was typed', async () => {
    await addRuns(open.url, 'doomed', ['one'])
    await using opened = await openPage(browser, `${open.url}/local/doomed/overview`)
    const { page } = opened
    await page.getByRole('button', { name: 'Write one' }).click()
    await page
      .getByLabel('Markdown')
      .fill('**Bold** <script>bad()</script> [link](https://example.org) ![x](https://example.org/x.png)')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('.prose strong').waitFor()
    expect(await page.locator('.prose').locator('script, img').count()).toBe(0)
    expect(await page.locator('.prose a').first().getAttribute('rel')).toBe('noopener noreferrer')
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Nobody has written yet').waitFor()

    await page.getByRole('button', { name: 'Delete this project' }).click()
    const remove = page.getByRole('button', { name: 'Delete project' })
    expect(await remove.isDisabled()).toBe(true)
    await page.getByRole('alertdialog').getByRole('textbox').fill('doomed')
    expect(await problemsOf(page)).toEqual([])
    await remove.click()
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
    await until(async () => expect(await page.getByRole('link', { name: /^doomed/ }).count()).toBe(0))
    expect(opened.errors).toEqual([])
    expect(opened.foreignRequests).toEqual([])
  })

  test('what is empty leads to the part of the guide that says how it is filled, and nothing comes from elsewhere', async () => {
    await using opened = await openPage(browser, `${open.url}/local/digits/artifacts`)
    const { page } = opened
    await page.getByRole('link', { name: 'Guide: Logging an artifact' }).click()
    await page.waitForURL(`${open.url}/help/artifacts#putting-one-together`)
    const heading = page.getByRole('heading', { name: 'Putting one together' })
    await until(async () => expect(await heading.evaluate((it) => it === document.activeElement)).toBe(true))
    const picture = page.getByRole('img', { name: /^The lineage of a data set/ })
    await until(async () =>
      expect(await picture.evaluate((it) => (it as HTMLImageElement).naturalWidth)).toBeGreaterThan(0),
    )
    // A link between two files of the guide is followed in the page.
    await page.evaluate(() => Object.assign(window, { isSame: true }))
    await page.getByRole('link', { name: 'team server' }).click()
    await page.getByRole('heading', { name: 'A server for a team', level: 1 }).waitFor()
    expect(page.url()).toBe(`${open.url}/help/team-server`)
    await press(page, 'Control+k')
    await palette(page).fill('fork')
    await press(page, 'Enter')
    await page.getByRole('heading', { name: 'Going on with runs', level: 1 }).waitFor()
    const contents = page.getByRole('navigation', { name: 'Guide' })
    await contents.getByRole('link', { name: 'Take back' }).click()
    await page.waitForURL(/resume#take-back$/)
    // An entry leads to its place each time.
    const text = page.getByRole('main')
    const part = text.getByRole('heading', { name: 'Take back', exact: true })
    const placeOfText = (): Promise<number> => text.evaluate((it) => it.scrollTop)
    const isFocused = (): Promise<boolean> => part.evaluate((it) => it === document.activeElement)
    await until(async () => expect(await isFocused()).toBe(true))
    const place = await placeOfText()
    await text.evaluate((it) => it.scrollTo({ top: 0 }))
    await contents.getByRole('link', { name: 'Take back' }).click()
    await until(async () => expect([await placeOfText(), await isFocused()]).toEqual([place, true]))
    await contents.getByRole('link', { name: 'Going on with runs' }).click()
    await page.waitForURL(/resume$/)
    await until(async () => expect(await placeOfText()).toBe(0))
    await text.evaluate((it) => it.scrollTo({ top: 300 }))
    await contents.getByRole('link', { name: 'Going on with runs' }).click()
    await until(async () => expect(await placeOfText()).toBe(0))
    expect(await page.evaluate(() => 'isSame' in window)).toBe(true)
    expect(opened.errors).toEqual([])
    expect(opened.foreignRequests).toEqual([])
  })

  test('in a notebook there is nothing but the page, in the theme of the notebook', async () => {
    // As W&B's notebooks make their frames.
    await using opened = await openPage(browser, `${open.url}/local/digits?jupyter=true&theme=dark`, { height: 420 })
    const { page } = opened
    await page.getByRole('heading', { name: 'Workspace of digits' }).waitFor({ state: 'attached' })
    expect(await page.locator('header, nav').count()).toBe(0)
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await press(page, 'Control+k', '?', 'd', '\\')
    expect(await page.locator('dialog[open], aside').count()).toBe(0)
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    // What is longer than the frame scrolls inside of it.
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(420)
    expect(opened.errors).toEqual([])
  })

  test('keys and users are made where people are told apart', async () => {
    await using signed = await openPage(browser, closed.url)
    const { page } = signed
    await page.getByLabel('API key').fill(adminKey)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Account of root' }).waitFor()
    await page.goto(`${closed.url}/settings/account`)
    await page.getByLabel('What it is for').fill('laptop')
    await page.getByRole('button', { name: 'Make a key' }).click()
    const key = await page.getByRole('status').locator('code').textContent()
    expect(key).toMatch(/^\w{48}$/)
    expect(await problemsInBothThemes(page)).toEqual([])
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByText('laptop').waitFor()
    await page.goto(`${closed.url}/admin`)
    await page.getByLabel('Name of a new user').fill('ana')
    await page.getByRole('button', { name: 'Add user' }).click()
    await page.getByRole('cell', { name: 'ana', exact: true }).waitFor()
    await page.getByRole('button', { name: 'See what can go' }).click()
    await page.getByText(/can go\./).waitFor()
    expect(await problemsInBothThemes(page)).toEqual([])
    expect(signed.errors).toEqual([])
  })
})
