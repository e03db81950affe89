import { Artifact, init } from '@lossline/core'
import { type StartedServer, startServer } from '@lossline/server'
import { launchChromium, openTemporaryDirectory } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Browser, openPage, problemsInBothThemes, settle } from './support/open-page.ts'

const webRoot = inject('webRoot')
const adminToken = 'for this test alone'

describe.skipIf(webRoot === undefined)('where people have accounts', { timeout: 120_000 }, () => {
  let browser: Browser
  let server: StartedServer
  let directory: Awaited<ReturnType<typeof openTemporaryDirectory>>
  const keys: Record<string, string> = {}

  const ask = async (method: string, path: string, authorization: string, body?: object): Promise<Response> => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    expect(response.ok, await response.clone().text()).toBe(true)
    return response
  }
  const as = (user: string): string => `Basic ${btoa(`api:${keys[user]}`)}`

  beforeAll(async () => {
    browser = (await launchChromium()) as Browser
    directory = await openTemporaryDirectory('lossline-page-')
    const options = {
      dataDirectory: directory.path,
      port: 0,
      webRoot: webRoot as string,
      adminToken,
      auth: 'keys',
    } as const
    server = await startServer({ ...options, log: () => {} })
    const admin = `Bearer ${adminToken}`
    for (const user of ['carol', 'bob']) {
      const made = (await (await ask('PUT', `/api/admin/users/${user}`, admin)).json()) as { apiKey: string }
      keys[user] = made.apiKey
    }
    await ask('PUT', '/api/admin/teams/lab', admin)
    await ask('PUT', '/api/admin/teams/lab/members/carol', admin, { role: 'admin' })
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
    const first = { entityName: 'lab', modelName: 'digits', name: 'r1', displayName: 'first run' }
    const hidden = { entityName: 'bob', modelName: 'secret', name: 'r1', displayName: 'run of bob' }
    await ask('POST', '/graphql', as('carol'), { query, variables: { input: first } })
    await ask('POST', '/graphql', as('bob'), { query, variables: { input: hidden } })
    const runSets = [
      { id: 'a', name: 'Ours', enabled: true, project: { entityName: 'lab', name: 'digits' } },
      { id: 'b', name: 'Theirs', enabled: true, project: { entityName: 'bob', name: 'secret' } },
    ]
    await ask('POST', '/api/projects/lab/digits/views', as('carol'), {
      type: 'project-view',
      name: 'nw-both-v',
      displayName: 'Both',
      spec: JSON.stringify({
        section: { runSets, panelBankConfig: {}, panelBankSectionConfig: {}, customRunColors: {} },
      }),
    })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await directory?.[Symbol.asyncDispose]()
  })

  test('a link with a password opens with it alone, and offers nothing that would be refused', async () => {
    const request = { of: { kind: 'project' }, path: '/lab/digits/runs/r1/overview', password: 'open sesame' }
    const made = await ask('POST', '/api/projects/lab/digits/share-links', as('carol'), request)
    const { path } = (await made.json()) as { path: string }
    await using opened = await openPage(browser, server.url + path)
    const { page } = opened
    const give = async (password: string): Promise<void> => {
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Open' }).click()
    }
    expect(await problemsInBothThemes(page)).toEqual([])
    await give('open barley')
    await page.getByRole('alert').getByText('That is not the password.').waitFor()
    await give('open sesame')
    await page.getByRole('heading', { name: 'first run' }).waitFor()
    await page.getByText('Nothing here can be changed.').waitFor()
    expect(await page.getByRole('button', { name: /^(Edit|Add a tag|Share)/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Actions of this run' }).click()
    for (const name of ['Move to another project', 'Archive', 'Move to trash']) {
      expect(await page.getByRole('button', { name }).isDisabled(), name).toBe(true)
    }
    // What a view says of other projects comes with it; their runs do not.
    await page.goto(`${server.url}/lab/digits?nw=both&set=b`)
    await page.getByRole('note').getByText('does not show runs of bob/secret').waitFor()
    const heads = page.getByRole('list', { name: 'Run sets' })
    await heads.getByText('No access').waitFor()
    await heads.getByRole('button', { name: 'Ours' }).first().click()
    await page.getByRole('list', { name: 'Runs' }).getByText('first run').waitFor()
    await page.goto(`${server.url}/authorize`)
    await page.getByRole('heading', { name: 'Keys belong to accounts' }).waitFor()
    expect(await page.getByRole('button', { name: 'Make a key' }).count()).toBe(0)
    expect(opened.errors).toEqual([])
  })

  test('the page of a team tells who belongs to it, and its admin takes people in and out', async () => {
    await using opened = await openPage(browser, `${server.url}/lab`)
    const { page } = opened
    await page.getByLabel('API key').fill(keys.carol ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'Members' }).waitFor()
    await page.getByRole('link', { name: 'digits · lab' }).waitFor()
    await page.getByLabel('Name of a user').fill('bob')
    await page.getByLabel('Role of the new member').selectOption('reader')
    await page.getByRole('button', { name: 'Add member' }).click()
    const role = page.getByLabel('Role of bob')
    await role.waitFor()
    expect(await role.inputValue()).toBe('reader')
    await settle(page)
    expect(await problemsInBothThemes(page)).toEqual([])
    // A reader is told why before anything is refused.
    const project = (await (await ask('GET', '/api/projects/lab/digits', as('bob'))).json()) as object
    expect(project).toMatchObject({ project: { mayWrite: false } })
    await page.goto(`${server.url}/lab/digits/table?nw=both&set=b`)
    await page.getByRole('note').getByText('You can’t see runs of bob/secret. Ask bob').waitFor()
    await page.goto(`${server.url}/lab`)
    await page.getByRole('button', { name: 'Take out bob' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take out' }).click()
    await role.waitFor({ state: 'detached' })
    expect(opened.errors).toEqual([])
  })

  test('a protected alias is for admins to move, and others are told so', async () => {
    const login = { baseUrl: server.url, apiKey: keys.carol as string, console: 'off', silent: true } as const
    const run = await init({ ...login, dir: directory.join('runs'), entity: 'lab', project: 'nets', name: 'maker' })
    for (const content of ['1', '2']) {
      const net = new Artifact('net', 'model')
      await net.addBuffer(content, 'weights.bin')
      await run.logArtifact(net, { aliases: content === '1' ? ['prod'] : [] }).wait()
    }
    await run.finish()
    await ask('PATCH', '/api/projects/lab/nets', as('carol'), { protectedAliases: ['prod'] })
    await ask('PUT', '/api/admin/teams/lab/members/bob', `Bearer ${adminToken}`, { role: 'member' })
    const reason = 'This alias is protected: only admins of lab may move it.'
    await using opened = await openPage(browser, `${server.url}/lab/nets/artifacts/model/net/v0`)
    const { page } = opened
    await page.getByLabel('API key').fill(keys.bob ?? '')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const remove = page.getByRole('button', { name: 'Remove alias prod' })
    await page.getByTitle(reason).first().waitFor()
    expect([await remove.isDisabled(), await remove.getAttribute('title')]).toEqual([true, reason])
    expect(await page.getByRole('button', { name: 'Delete this version' }).isDisabled()).toBe(true)
    expect(await problemsInBothThemes(page)).toEqual([])
    await page.goto(`${server.url}/lab/nets/artifacts/model/net/v1`)
    await page.getByRole('button', { name: 'Add an alias' }).click()
    await page.getByLabel('New alias').fill('prod')
    await page.keyboard.press('Enter')
    await page.getByText(`prod: ${reason}`).first().waitFor()
    await page.goto(`${server.url}/lab/nets/overview`)
    const section = page.getByRole('region', { name: 'Protected aliases' })
    await section.getByText('Only admins of lab change this list.').waitFor()
    expect(await section.getByRole('button').count()).toBe(0)
    expect(opened.errors).toEqual([])
  })
})
