import { Artifact, init } from '@lossline/core'
import type { ArtifactVersionResponse, ProjectResponse } from '@lossline/protocol'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')

describe.skipIf(webRoot === undefined)('artifacts', { timeout: 60_000 }, () => {
  let pages: PageServer
  const at = (path: string): string => `${pages.server.url}/local/digits/artifacts/${path}`

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    const options = { ...pages.logTo, project: 'digits' } as const
    const maker = await init({ ...options, name: 'maker' })
    for (const [index, rows] of [10, 20, 30].entries()) {
      const data = new Artifact('digits', 'dataset', { metadata: { rows, source: `city ${index}` } })
      await data.addBuffer(`head\nrows = ${rows}\nend\n`, 'info.txt')
      await data.addBuffer('the same', 'same.txt')
      if (index > 0) await data.addBuffer('new', 'new.bin')
      await maker.logArtifact(data, { aliases: index === 1 ? ['prod'] : [] }).wait()
    }
    await maker.finish()
    const user = await init({ ...options, name: 'user' })
    await user.useArtifact('digits:v1')
    await user.finish()
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  test('an alias moves, says from where, and goes back', async () => {
    await using opened = await openPage(pages.browser, at('dataset/digits/v2'))
    const { page } = opened
    await page.getByRole('navigation', { name: 'Versions' }).getByRole('link', { name: 'maker' }).first().waitFor()
    await page.getByRole('button', { name: 'Add an alias' }).click()
    await page.getByLabel('New alias').fill('prod')
    await page.keyboard.press('Enter')
    const message = page.getByText('prod: v1 → v2').first()
    await message.waitFor()
    await page.getByRole('button', { name: 'Remove alias prod' }).waitFor()
    expect(await page.getByRole('button', { name: 'Remove alias latest' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await page.getByRole('button', { name: 'Remove alias prod' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'History' }).click()
    const history = page.getByRole('table', { name: 'Aliases of digits' })
    await history.getByRole('row', { name: 'prod v2 → v1' }).waitFor()
    expect(await history.getByRole('row').count()).toBe(4)
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('navigation', { name: 'Version', exact: true }).getByRole('link', { name: 'Overview' }).click()
    await page.getByRole('button', { name: 'Edit description' }).click()
    await page.getByRole('textbox', { name: 'Edit description' }).fill('Thirty rows.')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Thirty rows.').waitFor()
    await page.getByLabel('Lifetime').selectOption({ label: 'Deleted 30 days after it was made' })
    await page.getByText(/^Goes after/).waitFor()
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('a protected alias asks before it moves, and the focus goes back to where it was', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/digits/overview`)
    const { page } = opened
    const section = page.getByRole('region', { name: 'Protected aliases' })
    await section.getByRole('button', { name: 'Add an alias' }).click()
    await section.getByLabel('New alias').fill('prod')
    await page.keyboard.press('Enter')
    await section.getByRole('button', { name: 'Remove alias prod' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.goto(at('dataset/digits/v2'))
    const give = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Add an alias' }).click()
      await page.getByLabel('New alias').fill('prod')
      await page.keyboard.press('Enter')
    }
    await page.getByRole('list', { name: 'Aliases' }).getByText('latest').waitFor()
    await give()
    const question = page.getByRole('alertdialog', { name: 'Move the protected alias prod?' })
    await question.getByText('prod: v1 → v2').waitFor()
    await question.getByText('1 run used v1: user.').waitFor()
    // What has the focus does no harm.
    expect(await question.getByRole('button', { name: 'Cancel' }).evaluate((it) => it === document.activeElement)).toBe(
      true,
    )
    expect(await problemsOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    await question.waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: 'Remove alias prod' }).count()).toBe(0)
    await give()
    await question.getByRole('button', { name: 'Move prod' }).click()
    const remove = page.getByRole('button', { name: 'Remove alias prod' })
    await remove.click()
    await page.getByRole('alertdialog').getByText('prod: v2 → none').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(await remove.evaluate((it) => it === document.activeElement)).toBe(true)
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('row', { name: 'prod v1 → v2' }).first().waitFor()
    expect(opened.errors).toEqual([])
  })

  test('no alias moves before the server has said which are protected now', async () => {
    await using opened = await openPage(pages.browser, at('dataset/digits/v2'))
    const { page } = opened
    const changes: string[] = []
    page.on('request', (request) => request.method() === 'PATCH' && changes.push(request.url()))
    const give = async (alias: string): Promise<void> => {
      await page.getByRole('button', { name: 'Add an alias' }).click()
      await page.getByLabel('New alias').fill(alias)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('list', { name: 'Aliases' }).getByText('latest').waitFor()
    const project = '**/api/projects/local/digits'
    await page.route(project, (route) => route.abort())
    await give('frozen')
    const messages = page.getByRole('region', { name: 'Messages' })
    await messages.getByRole('button', { name: 'Close the message' }).click()
    expect([changes, await page.getByRole('button', { name: 'Remove alias frozen' }).count()]).toEqual([[], 0])
    await page.unroute(project)
    // Somebody protects it after the page was opened.
    const before = await fetch(`${pages.server.url}/api/projects/local/digits`)
    const { protectedAliases } = ((await before.json()) as ProjectResponse).project
    await fetch(`${pages.server.url}/api/projects/local/digits`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ protectedAliases: [...protectedAliases, 'frozen'] }),
    })
    await give('frozen')
    await page.getByRole('alertdialog', { name: 'Give the protected alias frozen?' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expect(changes).toEqual([])
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`two versions are compared by metadata, files and text, ${theme}`, async () => {
      await using opened = await openPage(pages.browser, at('dataset/digits/v2'), { theme })
      const { page } = opened
      await page.getByLabel('Compare with').selectOption('v0')
      await page.waitForURL(/compare=v0/)
      await page.getByText('What changed from v0 to v2').waitFor()
      const metadata = page.getByRole('table', { name: 'Metadata of both versions' })
      await metadata.getByRole('row', { name: 'rows changed 10 30' }).waitFor()
      const files = page.getByRole('list', { name: 'Files of both versions' })
      await files.getByText('new.bin').waitFor()
      expect(await files.getByText('same.txt').count()).toBe(0)
      await page.getByRole('button', { name: 'Show changes of info.txt' }).click()
      const diff = page.getByRole('table', { name: 'Changes of info.txt' })
      await diff.getByText('rows = 10').waitFor()
      await diff.getByText('rows = 30').waitFor()
      await page.getByLabel('Show what is the same').check()
      await files.getByText('same.txt').waitFor()
      expect(await problemsOf(page)).toEqual([])
      expect(opened.errors).toEqual([])
    })
  }

  test('versions are found by their metadata, and by what is in no name', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/digits/artifacts`)
    const { page } = opened
    await page.getByRole('textbox', { name: /metadata$/ }).fill('city 1')
    const found = page.getByRole('table', { name: 'Versions found' })
    await found.getByRole('link', { name: 'digits:v1' }).waitFor()
    expect(await found.getByRole('row').count()).toBe(2)
    await page.getByRole('textbox', { name: /metadata$/ }).fill('nothing')
    await page.getByRole('heading', { name: 'No artifact matches “nothing”' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('many alike runs stand together until they are drawn one by one, by a worker', async () => {
    const post = async (query: string, input: object): Promise<void> => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ query, variables: { input } })
      const response = await fetch(`${pages.server.url}/graphql`, { method: 'POST', headers, body })
      expect(await response.json()).not.toHaveProperty('errors')
    }
    const { version } = (await (
      await fetch(`${pages.server.url}/api/projects/local/digits/artifacts/digits/versions/v0`)
    ).json()) as ArtifactVersionResponse
    const place = { entityName: 'local', projectName: 'digits' }
    for (let i = 0; i < 160; i += 1) {
      const run = { entityName: 'local', modelName: 'digits', name: `many${i}`, displayName: `many ${i}` }
      await post('mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }', run)
      await post('mutation ($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }', {
        ...place,
        runName: run.name,
        artifactID: btoa(`Artifact:${version.id}`),
        artifactEntityName: 'local',
        artifactProjectName: 'digits',
      })
    }
    await using opened = await openPage(pages.browser, at('dataset/digits/v0/lineage'))
    const { page } = opened
    const graph = page.getByRole('group', { name: /Lineage graph/ })
    await graph.getByRole('link', { name: /maker/ }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Find in 160 runs' }).fill('many 15')
    expect(await page.getByRole('list', { name: '160 runs' }).getByRole('link').count()).toBe(11)
    expect(await problemsOf(page)).toEqual([])
    const worker = page.waitForEvent('worker')
    await page.getByRole('button', { name: 'Draw all' }).click()
    await worker
    await graph.getByRole('link', { name: 'many 159' }).waitFor()
    await page.getByLabel('Direction').selectOption('upstream')
    await graph.getByRole('link', { name: 'many 159' }).waitFor({ state: 'detached' })
    await graph.getByRole('link', { name: /maker/ }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'digits:v0' }).click()
    await page.keyboard.press('t')
    await page.getByRole('list', { name: /Lineage, from/ }).waitFor()
    await page.waitForURL(/dir=upstream.*as=list/)
    expect(opened.errors).toEqual([])
  })

  test('what a run used is deleted only after its name is typed', async () => {
    await using opened = await openPage(pages.browser, at('dataset/digits/v1/overview'))
    const { page } = opened
    await page.getByRole('button', { name: 'Delete this version' }).click()
    const question = page.getByRole('alertdialog')
    await question.getByText(/1 run used it: user\./).waitFor()
    expect(await question.getByRole('button', { name: 'Delete version' }).isDisabled()).toBe(true)
    await question.getByRole('textbox').fill('digits:v1')
    await question.getByRole('button', { name: 'Delete version' }).click()
    await page.getByText('digits:v1 was deleted').first().waitFor()
    await page.getByRole('heading', { name: 'digits:v2' }).waitFor()
    await page.goto(at('dataset/digits/v1'))
    await page.getByRole('heading', { name: 'No artifact digits:v1 in digits' }).waitFor()
    expect(opened.errors).toEqual([])
  })
})
