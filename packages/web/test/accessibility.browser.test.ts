import { until } from '@lossline/testing'
import type { AnyRoute } from '@tanstack/react-router'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { router } from '../src/routes.tsx'
import { openPage, problemsInBothThemes, settle } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'
import { addWholeProject, type WholeProject } from './support/whole-project.ts'

const webRoot = inject('webRoot')
const project = 'vision'

/** Panels for what the runs have logged besides, in the order in which they stand there. System metrics are closed. */
const automaticIds = [
  'auto:line:accuracy',
  'auto:line:train/loss',
  'auto:line:val/loss',
  'auto:table:predictions',
  'auto:media:sample',
  'auto:histogram:weights',
  'auto:chart:confusion',
]

describe.skipIf(webRoot === undefined)('every page', { timeout: 300_000 }, () => {
  let pages: PageServer
  let whole: WholeProject
  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    whole = await addWholeProject(pages, project)
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  /** Addresses of a route: with something to show, and naming what is not there. */
  const addressesOf = (): Readonly<Record<string, readonly string[]>> => {
    const base = `/local/${project}`
    const run = `${base}/runs/${whole.runId}`
    return {
      '/': ['/'],
      '/authorize': ['/authorize'],
      '/settings/': ['/settings'],
      '/settings/shortcuts': ['/settings/shortcuts'],
      '/settings/account': ['/settings/account'],
      '/admin': ['/admin'],
      '/help': ['/help'],
      '/help/$page': ['/help/artifacts', '/help/page#filter-of-runs', '/help/gone'],
      '/$entity': ['/local', '/nobody'],
      '/$entity/$project': [base, '/local/gone'],
      '/$entity/$project/workspace': [
        `${base}/workspace?nw=${whole.viewId}`,
        `${base}?q=name+%3D+zebra`,
        `${base}?r=none`,
      ],
      '/$entity/$project/table': [`${base}/table`, `${base}/table?g=config.optimizer.name`, '/local/gone/table'],
      '/$entity/$project/compare': [`${base}/compare?runs=${whole.runId},search0`, `${base}/compare`],
      '/$entity/$project/overview': [`${base}/overview`, '/local/gone/overview'],
      '/$entity/$project/groups/$group/workspace': [`${base}/groups/fold-0/workspace`, `${base}/groups/gone/workspace`],
      '/$entity/$project/sweeps': [`${base}/sweeps`, '/local/gone/sweeps'],
      '/$entity/$project/sweeps/$sweepId': [
        `${base}/sweeps/${whole.sweepId}`,
        `${base}/sweeps/${whole.sweepId}?tab=runs`,
        `${base}/sweeps/${whole.sweepId}?tab=config`,
        `${base}/sweeps/gone`,
      ],
      '/$entity/$project/artifacts': [`${base}/artifacts`, '/local/gone/artifacts'],
      '/$entity/$project/artifacts/$type/$name': [`${base}/artifacts/model/cnn`, `${base}/artifacts/model/gone`],
      '/$entity/$project/artifacts/$type/$name/$version': [
        `${base}/artifacts/model/cnn/v1?compare=v0`,
        `${base}/artifacts/model/cnn/v9`,
      ],
      '/$entity/$project/artifacts/$type/$name/$version/$tab': ['files', 'metadata', 'usage', 'lineage', 'history'].map(
        (tab) => `${base}/artifacts/model/cnn/v0/${tab}`,
      ),
      '/$entity/$project/artifacts/$type/$name/$version/files/$': [`${base}/artifacts/model/cnn/v0/files/no/such/file`],
      '/$entity/$project/reports': [`${base}/reports`],
      '/$entity/$project/reports/$report': [`${base}/reports/gone--1`],
      '/$entity/$project/runs/$runId/': [run, `${base}/runs/search0`, `${base}/runs/gone`],
      '/$entity/$project/runs/$runId/overview': [`${run}/overview`],
      '/$entity/$project/runs/$runId/system': [`${run}/system`, `${base}/runs/search0/system`],
      '/$entity/$project/runs/$runId/code': [`${run}/code`, `${base}/runs/search0/code`],
      '/$entity/$project/runs/$runId/logs': [`${run}/logs`, `${base}/runs/search0/logs`],
      '/$entity/$project/runs/$runId/media': [`${run}/media`, `${base}/runs/search0/media`],
      '/$entity/$project/runs/$runId/tables': [`${run}/tables`, `${base}/runs/search0/tables`],
      '/$entity/$project/runs/$runId/artifacts': [`${run}/artifacts`, `${base}/runs/search0/artifacts`],
      '/$entity/$project/runs/$runId/files/$': [`${run}/files`, `${base}/runs/search0/files`],
    }
  }

  test('axe finds nothing on any page, with data and without, in either theme', async () => {
    const addresses = addressesOf()
    // Routes below others are theirs alone, and those without a page only lead elsewhere.
    const all: Readonly<Record<string, AnyRoute>> = router.routesById
    const parents = new Set(Object.values(all).map(({ parentRoute }) => parentRoute?.id))
    const routes = Object.values(all).flatMap(({ id, options }) =>
      parents.has(id) || !('component' in options) ? [] : [id],
    )
    expect(Object.keys(addresses).sort()).toEqual(routes.sort())
    await using opened = await openPage(pages.browser, `${pages.server.url}/no/such/page/here`)
    const { page } = opened
    await settle(page)
    const found: (readonly [string, unknown])[] = [['no such page', await problemsInBothThemes(page)]]
    for (const path of Object.values(addresses).flat()) {
      await page.goto(pages.server.url + path)
      await settle(page)
      found.push([path, await problemsInBothThemes(page)])
    }
    expect(found.filter(([, problems]) => (problems as readonly unknown[]).length > 0)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('axe finds nothing in menus, dialogs and drawers, nor while the server refuses', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/${project}`)
    const { page } = opened
    await settle(page)
    const found: (readonly [string, unknown])[] = []
    const check = async (name: string): Promise<void> => {
      found.push([name, await problemsInBothThemes(page)])
    }
    const inDialog = async (name: string, open: () => Promise<void>): Promise<void> => {
      await open()
      await page.getByRole('dialog').last().waitFor()
      await check(name)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').last().waitFor({ state: 'hidden' })
    }
    const button = (name: string | RegExp) => () => page.getByRole('button', { name, exact: true }).first().click()
    await page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press(' ')
    await page
      .getByRole('complementary', { name: /^Preview of/ })
      .getByRole('region', { name: 'Config' })
      .waitFor()
    await check('preview of a run')
    await page.keyboard.press('Escape')
    await inDialog('palette', () => page.keyboard.press('Control+k'))
    await inDialog('shortcuts', () => page.keyboard.press('?'))
    await inDialog('add panel', () => page.keyboard.press('a'))
    await inDialog('views', button('View: My workspace'))
    await inDialog('panel menu', button('More for accuracy'))
    await page.keyboard.press('|')
    await page.getByRole('complementary', { name: 'Settings of Workspace' }).waitFor()
    await check('settings drawer')
    await page.keyboard.press('Escape')
    await button('accuracy in full screen')()
    await page.getByRole('button', { name: 'Leave full screen' }).waitFor()
    await check('full screen')

    await page.route('**/api/**', (route) =>
      route.fulfill({ status: 500, json: { error: { message: 'No.', requestId: 'r1' } } }),
    )
    for (const path of ['', '/table', '/overview', '/sweeps', '/artifacts', '/reports', `/runs/${whole.runId}`]) {
      await page.goto(`${pages.server.url}/local/${project}${path}`)
      await page.getByText('The server could not answer').or(page.getByRole('alert')).first().waitFor()
      await check(`refused ${path}`)
    }
    expect(found.filter(([, problems]) => (problems as readonly unknown[]).length > 0)).toEqual([])
  })

  test('from a run to a value and a saved view with the keyboard alone', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/${project}`)
    const { page } = opened
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    const tabTo = async (role: string): Promise<void> => {
      for (let i = 0; i < 30; i++) {
        await press('Tab')
        if ((await page.evaluate('document.activeElement?.getAttribute("role")')) === role) return
      }
      throw new Error(`Tab leads to no ${role}.`)
    }
    const focused = (): Promise<unknown> =>
      page.evaluate('document.getElementById(document.activeElement?.getAttribute("aria-labelledby"))?.textContent')
    await settle(page)
    await press('/')
    await page.keyboard.type('swift')
    await page.getByText('3 of 3 shown').waitFor()
    await press('Tab', 'j', 'j', 'v')
    await page.getByText('2 of 3 shown').waitFor()
    await press('v', 'Shift+V')
    await page.getByText('1 of 3 shown').waitFor()
    await press('Shift+V', 'p')
    await until(() => expect(page.url()).toContain('p='))
    const first = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first()
    await first.getByText('swift-owl-1').waitFor()

    await press('Control+j')
    await page.getByRole('grid').getByText('swift-owl-1').waitFor()
    await press('j', 'x', 'j', 'x', 'c')
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor()
    await press('g', 'w')
    await first.getByText('swift-owl-1').waitFor()

    await press('f')
    await page.keyboard.type('loss')
    await tabTo('group')
    expect(await focused()).toBe('train/loss')
    await press('ArrowRight')
    expect(await focused()).toBe('val/loss')
    await press('Home', 'Enter')
    await page.getByRole('region', { name: 'train/loss in full screen' }).waitFor()
    await press('ArrowRight')
    await page.getByRole('region', { name: 'val/loss in full screen' }).waitFor()
    await press('Escape')
    await until(async () => expect(await focused()).toBe('val/loss'))

    await press('l')
    expect(await page.getByRole('button', { name: 'Log y' }).getAttribute('aria-pressed')).toBe('true')
    await tabTo('slider')
    await press('Home')
    const cursor = page.getByRole('slider', { name: /val\/loss, swift-owl-1/ })
    expect(await cursor.getAttribute('aria-valuetext')).toContain('step 0: swift-owl-1 1.5')
    await press('ArrowRight', 'ArrowRight')
    expect(await cursor.getAttribute('aria-valuetext')).toContain('step 2:')
    await press('+')
    await until(() => expect(page.url()).toContain('z=step'))
    await press('0')
    await until(() => expect(page.url()).not.toContain('z='))
    await press('t')
    const table = page.getByRole('region', { name: 'val/loss as table' })
    await table.waitFor()
    expect(await table.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true)
    await press('?')
    await page.getByRole('dialog', { name: 'Shortcuts of this page' }).waitFor()
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })

    await press('Control+s')
    await until(async () => {
      const saved = await fetch(`${pages.server.url}/api/projects/local/${project}/workspace`)
      expect(JSON.stringify(await saved.json())).toContain('pinnedRunIds')
    })
    expect(opened.errors).toEqual([])
  })

  test('on paper there are all panels of open sections whole, in light colours, and nothing around them', async () => {
    await using opened = await openPage(
      pages.browser,
      `${pages.server.url}/local/${project}/workspace?nw=${whole.viewId}`,
      {
        theme: 'dark',
      },
    )
    const { page } = opened
    await settle(page)
    await page.getByRole('complementary', { name: 'Runs' }).waitFor()
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const panels = page.locator('[data-panel-id]')
    // Those of the view stand there at once, those that come by themselves once it is known what the runs have logged.
    const ids = (elements: readonly Element[]) => elements.map((element) => element.getAttribute('data-panel-id'))
    await until(async () => expect(await panels.evaluateAll(ids)).toEqual([...whole.panelIds, ...automaticIds]))
    await page.getByRole('group', { name: 'Boxes' }).getByText('adam', { exact: true }).waitFor()
    await page.getByRole('group', { name: 'Line', exact: true }).getByText('swift-owl-0', { exact: true }).waitFor()
    await page.getByRole('heading', { name: `Workspace of ${project}` }).waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
    for (const role of ['banner', 'navigation', 'complementary', 'toolbar'] as const) {
      expect(await page.getByRole(role).count()).toBe(0)
    }
    // Lines are drawn for the width that they have on paper.
    const spilt = await panels.evaluateAll((elements) =>
      elements.flatMap((element) => {
        const { right, bottom } = element.getBoundingClientRect()
        const boxes = [...element.querySelectorAll('.plot canvas')].map((drawing) => drawing.getBoundingClientRect())
        return boxes.filter((box) => box.right > right + 1 || box.bottom > bottom + 1).map(() => element.textContent)
      }),
    )
    expect(spilt).toEqual([])
    expect(opened.errors).toEqual([])
  })
})
