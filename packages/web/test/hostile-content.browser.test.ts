import { Artifact, Html, Image, init, plotTable, Table } from '@lossline/core'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import {
  hostile,
  hostileMarkdown,
  hostileName,
  hostilePage,
  hostileSpecs,
  hostileSvg,
  leaving,
} from './support/hostile-texts.ts'
import type { Page } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'
import { openBeacon, openWatched } from './support/open-watched-page.ts'

const webRoot = inject('webRoot')
const project = hostileName('project')

describe.skipIf(webRoot === undefined)(
  'content that wants to take over the page of whoever looks at it',
  {
    timeout: 120_000,
  },
  () => {
    let pages: PageServer
    let beacon: Awaited<ReturnType<typeof openBeacon>>
    let runId: string

    const send = async (path: string, method: string, body: object): Promise<void> => {
      const response = await fetch(`${pages.server.url}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(response.status, await response.text()).toBeLessThan(300)
    }
    const inProject = (path: string): string => `/local/${encodeURIComponent(project)}${path}`

    beforeAll(async () => {
      beacon = await openBeacon()
      pages = await openPageServer(webRoot as string)
      const specs = hostileSpecs(beacon.url)
      for (const [name, definition] of Object.entries(specs)) {
        const more = { name, displayName: name, spec: JSON.stringify(definition) }
        await send('/graphql', 'POST', {
          query: 'mutation ($input: CreateCustomChartInput!) { createCustomChart(input: $input) { chart { id } } }',
          variables: { input: { entity: 'local', type: 'vega2', access: 'PRIVATE', ...more } },
        })
      }
      const run = await init({
        ...pages.logTo,
        project,
        name: hostile('name'),
        notes: hostileMarkdown('notes', beacon.url),
        tags: [hostileName('tag').slice(0, 60)],
        group: hostileName('group'),
        jobType: hostile('job'),
        config: { [hostile('key')]: hostile('value'), nested: { [hostile('inner')]: [hostile('item')] } },
      })
      runId = run.id
      const pixels = new Uint8Array(64).fill(200)
      const table = new Table({ columns: [hostile('column'), 'n'], rows: [[hostile('cell'), 1]] })
      for (const step of [0, 1]) run.log({ [hostile('metric')]: step, loss: step })
      run.log({
        picture: new Image(pixels, { width: 8, height: 8, caption: hostile('caption') }),
        page: new Html(hostilePage(beacon.url, pages.server.url), { inject: false }),
        leaving: leaving(beacon.url).map((text) => new Html(text, { inject: false })),
        rows: table,
        ...Object.fromEntries(
          Object.keys(specs).map((name) => [
            `chart_${name}`,
            plotTable({ preset: `local/${name}`, table, fields: {}, texts: { title: hostile(name) } }),
          ]),
        ),
      })
      run.log({ text: hostileMarkdown('summary', beacon.url) })
      const artifact = new Artifact('data', 'dataset', {
        description: hostileMarkdown('description', beacon.url),
        metadata: { [hostile('fact')]: hostile('metadata') },
      })
      await artifact.addBuffer(hostileSvg(beacon.url), 'drawing.svg')
      await artifact.addBuffer(hostilePage(beacon.url, pages.server.url), 'page.html')
      await artifact.addBuffer(hostileMarkdown('readme', beacon.url), 'README.md')
      await artifact.addBuffer(hostile('text'), `${hostileName('file')}.txt`)
      await run.logArtifact(artifact, { aliases: [hostileName('alias')] }).wait()
      await run.finish()
      const of = `/files/local/${encodeURIComponent(project)}/${runId}/file_stream`
      await send(of, 'POST', {
        files: {
          'output.log': {
            offset: 0,
            content: [
              hostile('console'),
              `\u001b[31m${hostile('red')}\u001b[0m`,
              `\u001b]8;;javascript:taken("terminal")\u0007link\u001b]8;;\u0007`,
              `\u001b[31;"onclick=taken('code')m colours`,
            ],
          },
        },
        complete: true,
        exitcode: 1,
      })
      const path = `/api/projects/local/${encodeURIComponent(project)}`
      await send(path, 'PATCH', { description: hostileMarkdown('project', beacon.url) })
      const panels = [
        {
          viewType: 'Markdown Panel',
          config: { value: `${hostileMarkdown('panel', beacon.url)}\n\n\${summary.text}` },
        },
        { viewType: hostile('kind'), config: { chartTitle: hostile('title') } },
        { viewType: 'Run History Line Plot', config: { metrics: ['loss'], chartTitle: hostile('line') } },
        { viewType: 'Media Browser', config: { chartTitle: hostile('media'), mediaKeys: ['picture'] } },
      ]
      const sections = [{ name: hostile('section'), isOpen: true, panels }]
      await send(`${path}/views`, 'POST', {
        type: 'project-view',
        name: 'nw-hostile-v',
        displayName: hostile('view'),
        spec: JSON.stringify({
          section: { settings: { shouldAutoGeneratePanels: false }, panelBankConfig: { sections } },
        }),
      })
    }, 60_000)
    afterAll(async () => {
      await pages?.[Symbol.asyncDispose]()
      await beacon?.[Symbol.asyncDispose]()
    })

    /** What has to be on a page before it counts as shown. */
    const shown: readonly (readonly [path: () => string, isThere: (page: Page) => Promise<unknown>])[] = [
      [() => '/', (page) => page.getByText(project).filter({ visible: true }).first().waitFor()],
      [
        // Pages that runs logged have a test of their own: what is refused to them in their frames is no fault here.
        () => inProject(`?m=${encodeURIComponent(hostile('metric'))}`),
        (page) => page.getByText(hostile('metric')).filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject('?nw=hostile'),
        async (page) => {
          await page
            .locator('.prose')
            .getByText(/summary/)
            .filter({ visible: true })
            .first()
            .waitFor()
          await page.getByText(hostile('caption')).filter({ visible: true }).first().waitFor()
        },
      ],
      [
        () => inProject('/table'),
        (page) => page.getByText(hostile('name')).filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject('/overview'),
        (page) => page.locator('.prose').getByText('reference').filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject(`/runs/${runId}`),
        (page) => page.getByText(hostile('metric')).filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject(`/runs/${runId}/overview`),
        (page) => page.getByText(hostile('value')).filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject(`/runs/${runId}/logs`),
        (page) => page.getByText(hostile('red')).filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject(`/runs/${runId}/tables?t=rows`),
        (page) => page.getByText(hostile('cell')).filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject(`/runs/${runId}/artifacts`),
        (page) => page.getByText('data').filter({ visible: true }).first().waitFor(),
      ],
      [
        () => inProject('/artifacts/dataset/data/v0'),
        (page) =>
          page
            .getByText(/description "/)
            .filter({ visible: true })
            .first()
            .waitFor(),
      ],
      [
        () => inProject('/artifacts/dataset/data/v0/metadata'),
        (page) =>
          page
            .getByText(/metadata "/)
            .filter({ visible: true })
            .first()
            .waitFor(),
      ],
      [
        () => inProject('/artifacts/dataset/data/v0/files?f=drawing.svg'),
        (page) => page.getByRole('region', { name: 'Preview of drawing.svg' }).getByText('onload').waitFor(),
      ],
      [
        () => inProject('/artifacts/dataset/data/v0/files?f=README.md'),
        (page) => page.getByRole('region', { name: 'Preview of README.md' }).getByText('reference').waitFor(),
      ],
      [
        () => inProject('/artifacts/dataset/data/v0/lineage'),
        (page) => page.getByText(hostile('name')).filter({ visible: true }).first().waitFor(),
      ],
    ]

    test('names, texts, captions, cells and logs stay texts on every page', async () => {
      const { url } = pages.server
      await using watched = await openWatched(pages.browser, url)
      const { page } = watched
      for (const [path, isThere] of shown) {
        await page.goto(`${url}${path()}`)
        await isThere(page)
        await watched.expectClean()
        expect([path(), watched.taken, watched.refused]).toEqual([path(), [], []])
      }
      expect(watched.foreign).toEqual([])
      expect(beacon.asked).toEqual([])
      // Each answer has a policy, and none of them compiles texts, runs what is inline, or knows another host.
      for (const [path, policy] of watched.policies) {
        expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")])
        // A picture of a run, which may also stand in a frame of the page, where it has no rights.
        const frames = /^\/api\/runs\/.*\/file$/.test(path)
          ? "frame-ancestors 'self'; sandbox"
          : "frame-ancestors 'none'"
        expect([path, policy]).toEqual([path, expect.stringContaining(frames)])
        expect([path, policy]).toEqual([path, expect.not.stringMatching(/unsafe-|https?:|\*/)])
      }
      expect([...watched.policies.keys()].some((path) => path.startsWith('/assets/'))).toBe(true)
    })
    test('HTML runs in a frame that nothing gets out of', async () => {
      const { url } = pages.server
      await using watched = await openWatched(pages.browser, url)
      const { page } = watched
      const told = /^null got: *$/
      await page.goto(`${url}${inProject(`/runs/${runId}/media`)}`)
      await page
        .getByRole('region', { name: 'page', exact: true })
        .locator('iframe')
        .contentFrame()
        .getByText(told)
        .waitFor()
      const frames = page.getByRole('region', { name: 'leaving' }).locator('iframe')
      await until(async () => expect(await frames.count()).toBe(2))
      // Both have tried to leave for another site by now.
      const stopped = () => watched.refused.filter((text) => text.includes("frame-src 'self'")).length
      await until(() => expect(stopped()).toBe(2))
      await page.goto(`${url}${inProject('/artifacts/dataset/data/v0/files?f=page.html')}`)
      const preview = page.getByRole('region', { name: 'Preview of page.html' }).locator('iframe')
      await preview.contentFrame().getByText(told).waitFor()
      const address = new URL((await preview.getAttribute('src'))!, url)
      expect(watched.taken).toEqual([])
      expect(beacon.asked).toEqual([])
      // By itself, under our address, it is not shown.
      await expect(page.goto(address.href)).rejects.toThrow('Download is starting')
      // Nor is SVG, or anything of which the page does not say that it goes into a frame.
      address.searchParams.delete('frame')
      for (const path of ['page.html', 'drawing.svg']) {
        address.searchParams.set('path', path)
        const answer = await fetch(address)
        expect(answer.headers.get('content-type')).toBe('application/octet-stream')
        expect(answer.headers.get('content-disposition')).toContain('attachment')
        expect(answer.headers.get('content-security-policy')).toContain('sandbox')
        await answer.arrayBuffer()
      }
    })

    test('a chart of a hostile definition runs nothing, loads nothing and leads nowhere', async () => {
      const { url } = pages.server
      await using watched = await openWatched(pages.browser, url)
      const { page } = watched
      await page.goto(`${url}${inProject(`/runs/${runId}`)}`)
      const chart = (name: string) => page.getByRole('region', { name: new RegExp(`^${name} "`) })
      await chart('loading').getByText('Charts here draw what runs have logged, and load nothing.').waitFor()
      for (const name of ['formula', 'signal']) await chart(name).getByText('The spec cannot be drawn').waitFor()
      await chart('marks')
        .locator('canvas')
        .click({ position: { x: 50, y: 50 } })
      await watched.expectClean()
      expect(watched.taken).toEqual([])
      expect(watched.refused).toEqual([])
      expect(watched.foreign).toEqual([])
      expect(beacon.asked).toEqual([])
    })
    test('a notebook of this machine shows the page in a frame, and another site does not', async () => {
      const { url } = pages.server
      await using watched = await openWatched(pages.browser, url)
      const { page } = watched
      const embedded = `${url}${inProject(`/runs/${runId}/media`)}?q=page&jupyter=true&theme=dark`
      beacon.show(`<iframe src="${embedded}" width="1000" height="420"></iframe><iframe src="${url}/"></iframe>`)
      const { port } = new URL(beacon.url)
      const refused = () => watched.refused.filter((text) => text.includes('frame-ancestors')).length
      await page.goto(`http://localhost:${port}/`)
      const inside = page.locator('iframe').first().contentFrame().getByRole('region', { name: 'page', exact: true })
      await inside
        .locator('iframe')
        .contentFrame()
        .getByText(/^null got: *$/)
        .waitFor()
      await until(() => expect(refused()).toBe(1))
      // Chromium takes every name below localhost for this machine; for the policy it is another site.
      await page.goto(`http://elsewhere.localhost:${port}/`)
      await until(() => expect(refused()).toBe(3))
    })
  },
)
