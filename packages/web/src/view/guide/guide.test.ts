import { globSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { resolveGuideLink } from './guide-address.ts'
import { guideHref, guidePages } from './guide-pages.ts'
import { createHeadingIds } from './heading-ids.ts'

const docs = new URL('../../../../../docs/', import.meta.url)
const source = new URL('../../', import.meta.url)
const textOf = (page: string): string =>
  readFileSync(new URL(page === 'errors' ? 'errors.md' : `guide/${page}.md`, docs), 'utf8')

/** Ids of a page's headings; marks of code in them say nothing. */
function headingsOf(page: string): readonly string[] {
  const toId = createHeadingIds()
  const text = textOf(page).replaceAll(/^```[\s\S]*?^```/gm, '')
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => toId(title.replaceAll(/[`*]|\]\([^)]*\)|\[/g, '')))
}

test('every file of the guide is in the contents under its own title', () => {
  const files = readdirSync(new URL('guide/', docs)).map((name) => name.replace(/\.md$/, ''))
  expect(guidePages.map(({ id }) => id as string).sort()).toEqual([...files, 'errors'].sort())
  for (const { id, title } of guidePages) expect([id, /^# (.+)$/m.exec(textOf(id))?.[1]]).toEqual([id, title])
})

test('every link from the page leads to a page of the guide and a heading that it has', () => {
  const files = globSync('{components,pages}/**/*.tsx', { cwd: source })
  const links = files.flatMap((file) =>
    [...readFileSync(new URL(file, source), 'utf8').matchAll(/<GuideLink to="([^"]+)"/g)].map(([, to = '']) => to),
  )
  expect(links.length).toBeGreaterThan(30)
  for (const to of links) {
    const [page = '', heading] = to.split('#')
    if (heading !== undefined) expect(headingsOf(page), to).toContain(heading)
    else expect(guidePages.map(({ id }) => id as string)).toContain(page)
  }
})

test('every message about something that is not there yet has such a link', () => {
  // What went wrong, and what somebody asked for by an address that does not exist.
  const others = ['components/shell/page-message.tsx', 'components/shell/not-found.tsx', 'pages/root-page.tsx']
  const missing = [...others, 'pages/overview-page.tsx', 'pages/entity-page.tsx', 'pages/help-page.tsx']
  const messages = globSync('{components,pages}/**/*.tsx', { cwd: source }).flatMap((file) =>
    [
      ...readFileSync(new URL(file, source), 'utf8').matchAll(
        /<PageMessage\b[\s\S]*?<\/PageMessage>|<PageMessage[^<]*\/>/g,
      ),
    ]
      .filter(([message]) => !message.includes('<GuideLink') && !message.includes('title={`No project'))
      .map(() => file),
  )
  expect(messages.filter((file) => !missing.includes(file))).toEqual([])
})

test('headings have the ids that they have on GitHub', () => {
  const toId = createHeadingIds()
  expect(
    ['What is in `.lossline/`', 'Groups, formulas, several tables', 'Élan vital_1', 'In the page', 'In the page'].map(
      toId,
    ),
  ).toEqual(['what-is-in-lossline', 'groups-formulas-several-tables', 'élan-vital_1', 'in-the-page', 'in-the-page-1'])
})

test('links between pages of the guide lead to ours, and others are told by their file', () => {
  expect(resolveGuideLink('page', 'server.md#scripts')).toEqual({ kind: 'address', href: '/help/server#scripts' })
  expect(resolveGuideLink('page', '#search')).toEqual({ kind: 'address', href: '/help/page#search' })
  expect(resolveGuideLink('api', '../errors.md')).toEqual({ kind: 'address', href: '/help/errors' })
  expect(resolveGuideLink('errors', 'guide/server.md')).toEqual({ kind: 'address', href: '/help/server' })
  expect(resolveGuideLink('api', 'https://example.org/')).toEqual({ kind: 'address', href: 'https://example.org/' })
  expect(resolveGuideLink('team-server', '../../deploy/lossline.service')).toEqual({
    kind: 'file',
    path: 'deploy/lossline.service',
  })
  expect(guideHref('runs')).toBe('/help/runs')
})
