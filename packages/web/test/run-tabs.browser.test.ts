import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openPage, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')
const program = (rate: number): string =>
  `${Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n')}\nrate = ${rate}\nend\n`

describe.skipIf(webRoot === undefined)('tabs of a run', { timeout: 60_000 }, () => {
  let pages: PageServer

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(path.startsWith('http') ? path : `${pages.server.url}${path}`, init)
    expect(response.status).toBeLessThan(300)
    return response
  }
  const post = (path: string, body: object): Promise<Response> =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const addRun = async (runId: string, rate: number): Promise<void> => {
    const input = { entityName: 'local', modelName: 'demo', name: runId, displayName: `run ${runId}` }
    const environment = { program: 'train.py', codePath: 'train.py', args: ['--fast'] }
    const config = JSON.stringify({ lr: { value: rate }, _wandb: { value: { e: { w1: environment } } } })
    const query = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } } }'
    await post('/graphql', { query, variables: { input: { ...input, config } } })
    const files = `mutation { createRunFiles(input: { entityName: "local", projectName: "demo", runName: "${runId}",
      files: ["code/train.py", "diff.patch", "code/odd & #%.txt", "long.txt"] }) { files { name uploadUrl } } }`
    const { data } = (await (await post('/graphql', { query: files })).json()) as {
      data: { createRunFiles: { files: { name: string; uploadUrl: string }[] } }
    }
    const texts: Record<string, string> = {
      'code/train.py': program(rate),
      'code/odd & #%.txt': 'odd text',
      'long.txt': Array.from({ length: 130_000 }, (_, i) => `zeile ü ${i}`).join('\n'),
      'diff.patch': 'diff --git a/x b/x\n@@ -1 +1 @@\n-old\n+new\n',
    }
    for (const { name, uploadUrl } of data.createRunFiles.files) {
      await send(new URL(uploadUrl, pages.server.url).href, { method: 'PUT', body: texts[name]! })
    }
  }

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    await addRun('one', 0.1)
    await addRun('two', 0.2)
    const nowSeconds = Date.now() / 1000
    const readings = Array.from({ length: 30 }, (_, i) =>
      JSON.stringify({
        _timestamp: nowSeconds - 60 + i,
        _runtime: i,
        'system.gpu.0.gpu': i,
        'system.gpu.1.gpu': 100 - i,
        'system.cpu': 50,
      }),
    )
    await post('/files/local/demo/two/file_stream', {
      files: { 'wandb-events.jsonl': { offset: 0, content: readings } },
    })
    const output = ['step 1', 'Traceback (most recent call last):', '  File "train.py", line 3', 'ValueError: no luck']
    await post('/files/local/demo/one/file_stream', {
      files: {
        'wandb-events.jsonl': { offset: 0, content: readings },
        'output.log': { offset: 0, content: output },
      },
      complete: true,
      exitcode: 1,
    })
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  test('a run without numbers says why, and what it said last', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/demo/runs/one`)
    const { page } = opened
    await page.getByRole('heading', { name: 'This run logged no numbers' }).waitFor()
    await page.getByText('Failed with exit code 1.').waitFor()
    await page.getByRole('link', { name: 'Overview', exact: true }).last().click()
    const last = page.getByRole('region', { name: 'Last output' })
    await last.getByText('ValueError: no luck').waitFor()
    expect(await last.textContent()).not.toContain('step 1')
    await page.getByRole('button', { name: 'Config as raw JSON' }).click()
    await page.getByRole('region', { name: 'Config, raw JSON' }).getByText('"lr": 0.1').waitFor()
    expect(opened.errors).toEqual([])
  })

  for (const theme of ['light', 'dark'] as const) {
    test(`system metrics are lines of devices and a heat map, ${theme}`, async () => {
      await using opened = await openPage(pages.browser, `${pages.server.url}/local/demo/runs/one/system`, { theme })
      const { page } = opened
      const chart = page.getByRole('group', { name: 'GPU utilization (%)' })
      await chart
        .getByText(/2 lines|GPU 1/)
        .first()
        .waitFor({ state: 'attached' })
      await page.getByRole('img', { name: 'GPU utilization (%) of 2 devices over time, 0 to 100.' }).waitFor()
      await page.getByRole('heading', { name: 'CPU', exact: true }).waitFor()
      expect(await problemsOf(page)).toEqual([])
      expect(opened.errors).toEqual([])
    })

    test(`code is shown and compared with another run, ${theme}`, async () => {
      await using opened = await openPage(pages.browser, `${pages.server.url}/local/demo/runs/one/code`, { theme })
      const { page } = opened
      await page.getByRole('table', { name: 'train.py' }).getByText('rate = 0.1').waitFor()
      await page.getByLabel('File').selectOption('diff.patch')
      await page.getByRole('region', { name: 'diff.patch' }).getByText('+new').waitFor()
      await page.getByLabel('File').selectOption('code/train.py')
      await page.getByLabel('Compare with').selectOption('two')
      const diff = page.getByRole('table', { name: 'Changes of train.py' })
      await diff.getByText('rate = 0.2').waitFor()
      await page.getByText('1 line added, 1 line removed').waitFor()
      expect(await diff.getByText('line 3', { exact: true }).count()).toBe(0)
      await page.getByRole('button', { name: 'Show 17 equal lines' }).click()
      await diff.getByText('line 3', { exact: true }).waitFor()
      await page.getByRole('button', { name: 'Side by side' }).click()
      await page.waitForURL(/vs=two.*split=1/)
      await page.reload()
      await diff.getByText('rate = 0.2').waitFor()
      expect(await problemsOf(page)).toEqual([])
      expect(opened.errors).toEqual([])
    })
  }

  test('a live run shows its last minutes, which is no zoom to take back', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/demo/runs/two/system`)
    const { page } = opened
    const chart = page.getByRole('group', { name: 'CPU of the process (%)' })
    await chart.locator('canvas').first().waitFor()
    expect(await page.getByRole('button', { name: 'Last 10 minutes' }).getAttribute('aria-pressed')).toBe('true')
    expect(await page.getByRole('button', { name: 'Reset zoom' }).count()).toBe(0)
    expect(opened.errors).toEqual([])
  })

  test('files are a tree, and the open one stands in the address', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/demo/runs/one/files`)
    const { page } = opened
    const list = page.getByRole('list', { name: 'Files' })
    await list.getByRole('button', { name: 'code/' }).waitFor()
    await list.getByRole('button', { name: 'odd & #%.txt' }).click()
    await page
      .getByRole('region', { name: /^Preview of/ })
      .getByText('odd text')
      .waitFor()
    await page.waitForURL(/files\/code\/odd%20/)
    await page.reload()
    await page
      .getByRole('region', { name: /^Preview of/ })
      .getByText('odd text')
      .waitFor()
    await list.getByRole('button', { name: 'code/' }).click()
    await list.getByRole('button', { name: 'odd & #%.txt' }).waitFor({ state: 'detached' })
    await page.getByLabel('Find files').fill('odd')
    await list.getByRole('button', { name: 'code/odd & #%.txt' }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Close the preview' }).click()
    await page.waitForURL(/runs\/one\/files\/?(\?|$)/)
    await page.goBack()
    await page.getByRole('region', { name: /^Preview of/ }).waitFor()
    await page.getByRole('button', { name: 'Clear: Find files' }).click()
    await list.getByRole('button', { name: 'long.txt' }).click()
    const long = page.getByRole('region', { name: 'Preview of long.txt' })
    await long.getByText('The first 250 kB of').waitFor()
    expect(await long.locator('pre').textContent()).not.toContain('\uFFFD')
    await long.getByRole('button', { name: 'Show more' }).click()
    await long.getByText('The first 500 kB of').waitFor()
    // On a narrow screen the list stays above what is open.
    await page.setViewportSize({ width: 400, height: 800 })
    const [listed, shown] = [await list.locator('..').boundingBox(), await long.boundingBox()]
    expect(listed!.height).toBeGreaterThan(80)
    expect(listed!.y + listed!.height).toBeLessThanOrEqual(shown!.y + 1)
    expect(await page.getByRole('navigation', { name: 'Run' }).locator('[data-status=active]').textContent()).toBe(
      'Files',
    )
    expect(opened.errors).toEqual([])
  })

  test('keys lead to the next run of the list, in the same tab', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/demo/runs/two/code?rs=-run.name`)
    const { page } = opened
    await page.getByText('1 of 2').waitFor()
    await page.keyboard.press('j')
    await page.waitForURL(/runs\/one\/code\?rs=-run.name$/)
    await page.getByText('2 of 2').waitFor()
    await page.getByRole('button', { name: 'Previous run' }).click()
    await page.waitForURL(/runs\/two\/code/)
    await page.getByRole('button', { name: 'Actions of this run' }).click()
    await page.getByText('WANDB_RUN_ID=two WANDB_RESUME=allow python train.py --fast').waitFor()
    await page.getByRole('button', { name: 'Copy config as YAML' }).click()
    await page.getByText('The config was copied').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('the baseline of a list goes along to a run', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/demo/table?b=two`)
    const { page } = opened
    await page.getByRole('link', { name: 'run one' }).click()
    await page.getByRole('navigation', { name: 'Run' }).getByRole('link', { name: 'Overview' }).click()
    const config = page.getByRole('region', { name: 'Config', exact: true })
    await page.getByRole('button', { name: 'Compare with baseline run two' }).click()
    await config.getByText('0.2 → 0.1').waitFor()
    expect(await config.textContent()).toContain('▼ −0.1')
    await config.getByText('changed').waitFor()
    await page.getByLabel('Differences only').check()
    await until(() => expect(new URL(page.url()).searchParams.get('diff')).toBe('only'))
    expect(await problemsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Compare everything' }).click()
    await page.waitForURL(/compare\?runs=two/)
    expect(opened.errors).toEqual([])
  })
})
