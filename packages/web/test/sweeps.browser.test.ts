import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')
const config = `method: grid
name: learning rates
metric: {name: loss, goal: minimize}
parameters:
  lr: {values: [0.1, 0.01, 0.001]}
  net: {parameters: {depth: {min: 1, max: 2}}}
`

describe.skipIf(webRoot === undefined)('sweeps', { timeout: 60_000 }, () => {
  let pages: PageServer
  let name: string

  const post = async <T = Record<string, never>>(path: string, body: object): Promise<T> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${pages.server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.status).toBeLessThan(300)
    return (await response.json()) as T
  }
  const addRun = async (runId: string, lr: number, loss: number, exitCode?: number): Promise<void> => {
    const input = {
      entityName: 'local',
      modelName: 'searches',
      name: runId,
      displayName: `run ${runId}`,
      sweep: name,
      config: JSON.stringify({ lr: { value: lr }, net: { value: { depth: 2 } } }),
      summaryMetrics: JSON.stringify({ loss: { min: loss } }),
    }
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }'
    await post('/graphql', { query, variables: { input } })
    if (exitCode === undefined) return
    await post(`/files/local/searches/${runId}/file_stream`, { complete: true, exitcode: exitCode })
  }

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    const query = 'mutation { upsertModel(input: { entityName: "local", name: "searches" }) { project { id } } }'
    await post('/graphql', { query })
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  test('one is made from YAML, after what is wrong with it was said', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/searches/sweeps`)
    const { page } = opened
    await page.getByRole('button', { name: 'New sweep' }).click()
    const field = page.getByLabel(/^Configuration/)
    await field.fill('method: bayes\nparameters: {lr: {min: 0.0, max: 1.0}}')
    await page.getByRole('button', { name: 'Make sweep' }).click()
    await page
      .getByRole('alert')
      .getByText(/needs a metric/)
      .waitFor()
    await field.fill(config)
    await page.getByRole('button', { name: 'Make sweep' }).click()
    await page.getByRole('heading', { name: 'learning rates' }).waitFor()
    name = new URL(page.url()).pathname.split('/').at(-1)!
    const agents = page.getByRole('region', { name: 'Agents' })
    await agents.getByText('No agent yet. Run this on any machine that can reach this server:').waitFor()
    const command = agents.getByText(`wandb agent local/searches/${name}`)
    expect(await command.textContent()).toContain(`export WANDB_BASE_URL=${pages.server.url}\n`)
    await agents.getByRole('radio', { name: 'JavaScript' }).check()
    const ours = agents.getByText(`npx lossline agent local/searches/${name}`)
    expect(await ours.textContent()).toContain(`export LOSSLINE_BASE_URL=${pages.server.url}\n`)
    await agents.getByRole('radio', { name: 'Python' }).check()
    await agents.getByText('Add runs without an agent').click()
    await agents.getByText(`WANDB_SWEEP_ID=${name}`).waitFor()
    expect(await page.getByRole('list', { name: 'Controls' }).getByRole('listitem').allTextContents()).toEqual([
      'Stoplet current runs finish, start no more',
      'Cancelkill current runs now',
    ])
    await page.getByRole('button', { name: 'Edit description' }).click()
    await page.getByRole('textbox', { name: 'Edit description' }).fill('Which **rate**?')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('rate', { exact: true }).waitFor()
    // Until it begins, its YAML can be changed.
    await page.getByRole('link', { name: 'YAML' }).click()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await field.fill('method: grid\nparameters: {lr: {min: 0.1, max: 0.2}}')
    await page.getByRole('button', { name: 'Save' }).click()
    await page
      .getByRole('alert')
      .getByText(/disallowed type/)
      .waitFor()
    await field.fill(`${config}# all of it\n`)
    await page.getByRole('button', { name: 'Save' }).click()
    // The form goes a moment after what was saved is shown.
    await field.waitFor({ state: 'hidden' })
    await page.getByText('# all of it').waitFor()
  })

  test('shows the best run as runs come, marks those that failed, and lets it be canceled', async () => {
    await addRun('a', 0.1, 3, 0)
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/searches/sweeps/${name}`)
    const { page } = opened
    const best = page.getByRole('region', { name: 'Best run' })
    await best.getByText('run a').waitFor()
    await addRun('b', 0.01, 1, 0)
    await addRun('c', 0.001, 2, 1)
    await addRun('d', 0.1, 4)
    await best.getByText('run b').waitFor()
    expect(await best.getByRole('definition').allTextContents()).toEqual(['0.01', '2'])
    await page.getByText('3 of 6 runs, 1 going on, 1 failed').waitFor()
    const history = page.getByRole('region', { name: 'Best loss over runs' })
    const ofRuns = (count: number) =>
      history.getByRole('figure', { name: `loss of ${count} runs in the order in which they began. Best 1.` })
    await ofRuns(4).waitFor()
    expect(await best.getByRole('link', { name: 'Use as baseline' }).getAttribute('href')).toContain('b=b')
    for (const chart of ['Best loss over runs', 'loss by parameter']) {
      const legend = page.getByRole('region', { name: chart })
      for (const word of ['finished', 'goes on', 'failed', 'best run']) {
        await legend.getByText(word, { exact: true }).waitFor()
      }
    }
    expect(await problemsOf(page)).toEqual([])
    // An agent that works, and what it works at.
    const input = { host: 'box', sweep: name, projectName: 'searches', entityName: 'local' }
    const register = 'mutation ($input: CreateAgentInput!) { createAgent(input: $input) { agent { id } } }'
    type Registered = { readonly data: { readonly createAgent: { readonly agent: { readonly id: string } } } }
    const made = await post<Registered>('/graphql', { query: register, variables: { input } })
    const { id } = made.data.createAgent.agent
    const agent = page.getByRole('list', { name: 'Agents seen' }).getByRole('listitem')
    await agent.getByText('Waits for a run').waitFor()
    const beat = 'mutation ($id: ID!) { agentHeartbeat(input: { id: $id, runState: "{\\"d\\":true}" }) { commands } }'
    await post('/graphql', { query: beat, variables: { id } })
    await agent.getByRole('link', { name: 'run d' }).waitFor()
    for (const text of ['box', 'last seen just now', '1 run']) await agent.getByText(text, { exact: true }).waitFor()
    // A run that comes moves nothing under the pointer; everything else has it.
    await history.getByRole('link').first().hover()
    const asked = page.waitForRequest(/runs\/importance$/)
    await addRun('e', 0.01, 6)
    await asked
    const other = page.getByRole('region', { name: 'loss by parameter' }).getByRole('link')
    await until(async () => expect(await other.count()).toBe(5))
    expect(await ofRuns(4).count()).toBe(1)
    await page.mouse.move(0, 0)
    await ofRuns(5).waitFor()
    await page.getByText('3 of 6 runs, 2 going on, 1 failed').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Cancel 2 runs' }).click()
    await page.getByText('Canceled', { exact: true }).waitFor()
    const query = '{ project(name: "searches", entityName: "local") { run(name: "d") { shouldStop } } }'
    expect(await post('/graphql', { query })).toEqual({ data: { project: { run: { shouldStop: true } } } })
  })

  test('sets the metric against a parameter, and lets runs be chosen there for all charts', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/searches/sweeps/${name}?of=net.depth`)
    const { page } = opened
    const scatter = page.getByRole('region', { name: 'loss by parameter' })
    await scatter.getByRole('button', { name: 'loss by parameter as table' }).click()
    const cells = () => scatter.getByRole('row').allTextContents()
    await until(async () => expect(await cells()).toContain('run b21finished2'))
    await page.reload()
    await scatter.getByRole('combobox', { name: 'Parameter' }).selectOption('lr')
    await page.waitForURL(/of=lr/)
    // Without a pointer: the lower part of the metric.
    await scatter.getByLabel('Axis', { exact: true }).selectOption('loss')
    await scatter.getByLabel('To, per cent of the axis').fill('40')
    await page.getByText('2 of 5 runs chosen').waitFor()
    const link = page.getByRole('link', { name: 'Open in the workspace' })
    expect(new URL((await link.getAttribute('href'))!, page.url()).searchParams.get('r')).toBe('none~b,c')
    await page.getByRole('button', { name: 'Choose all' }).click()
    await page.getByText('2 of 5 runs chosen').waitFor({ state: 'detached' })
    // A part of a parallel axis chooses for all charts too, and nothing moves for it.
    const parallel = page.getByRole('region', { name: 'Settings and results' })
    await parallel.scrollIntoViewIfNeeded()
    const axes = (await parallel.locator('canvas').boundingBox())!
    // The last axis is at the right.
    const last = axes.x + axes.width - 60
    await page.mouse.move(last, axes.y + axes.height - 4)
    await page.mouse.down()
    await page.mouse.move(last, axes.y + axes.height * 0.6, { steps: 4 })
    await page.mouse.up()
    await parallel.getByText(/^\d runs? of 5 chosen$/).waitFor()
    const status = page.getByRole('status').filter({ hasText: 'of 5 runs chosen' })
    const { y, height } = (await status.boundingBox())!
    expect(y + height).toBeLessThanOrEqual(page.viewportSize()!.height)
    expect(await parallel.locator('canvas').boundingBox()).toEqual(axes)
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('')
    await until(() => expect(new URL(page.url()).searchParams.get('r')).toMatch(/^none~/))
    await page.getByRole('button', { name: 'Choose all' }).click()
    await parallel.getByText(/^5 runs/).waitFor()
    // The eyes of its table are those runs too.
    await scatter.scrollIntoViewIfNeeded()
    const plot = (await scatter.locator('svg[role=presentation]').boundingBox())!
    await page.mouse.move(plot.x + plot.width * 0.75, plot.y + 2)
    await page.mouse.down()
    await page.mouse.move(plot.x + plot.width - 4, plot.y + plot.height - 40)
    await page.mouse.up()
    await page.getByText('2 of 5 runs chosen').waitFor()
    await parallel.getByText('2 runs of 5 chosen').waitFor()
    await page.getByRole('navigation', { name: 'Sweep' }).getByRole('link', { name: 'Runs' }).click()
    await page.getByRole('grid').getByRole('row').nth(4).waitFor()
    expect(new URL(page.url()).searchParams.get('r')).toBe('none~a,d')
  })

  test('its runs are a table by the metric, its YAML is kept, the list tells it all', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/searches/sweeps/${name}`, {
      theme: 'dark',
    })
    const { page } = opened
    await page.getByRole('navigation', { name: 'Sweep' }).getByRole('link', { name: 'Runs' }).click()
    const rows = page.getByRole('grid').getByRole('row')
    await rows.nth(5).waitFor()
    expect((await rows.allTextContents()).slice(1).map((text) => /run \w/.exec(text)?.[0])).toEqual([
      'run b',
      'run c',
      'run a',
      'run d',
      'run e',
    ])
    await page.getByRole('link', { name: 'YAML' }).click()
    await page.getByText('name: learning rates').waitFor()
    expect(page.url()).toContain('tab=config')
    expect(await problemsOf(page)).toEqual([])
    await page.goto(`${pages.server.url}/local/searches/sweeps`)
    const row = page.getByRole('row', { name: /learning rates/ })
    for (const text of ['grid', 'minimize loss', 'Canceled']) await row.getByText(text, { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Best' }).click()
    await page.waitForURL(/sweeps\?s=-best$/)
    expect(await problemsOf(page)).toEqual([])
  })

  test('runs that went astray leave the axis to the others, and are shown with a click', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/searches/sweeps/${name}`)
    const { page } = opened
    const history = page.getByRole('region', { name: 'Best loss over runs' })
    const top = () => history.locator('svg[role=presentation] text').first().textContent()
    await history.getByText('finished', { exact: true }).waitFor()
    const before = await top()
    expect(await history.getByRole('button', { name: 'Show all' }).count()).toBe(0)
    await addRun('far', 0.5, 1e9, 1)
    await history.getByText('▲▼ 1 run beyond the axis').waitFor()
    expect(await top()).toBe(before)
    await page.getByRole('region', { name: 'loss by parameter' }).getByText('▲▼ 1 run beyond the axis').waitFor()
    expect(await problemsOf(page)).toEqual([])
    await history.getByRole('button', { name: 'Show all' }).click()
    await until(async () => expect(await top()).not.toBe(before))
    await page.waitForURL(/far=1/)
    await page.reload()
    await history.getByText('1 run far from the others').waitFor()
    expect(opened.errors).toEqual([])
  })
})
