import { createRootRoute, createRoute, createRouter, type RouteComponent, redirect } from '@tanstack/react-router'
import { lazyPage } from './pages/lazy-page.tsx'
import { FailedPage, NotFoundPage, RootPage } from './pages/root-page.tsx'
import { RunCharts } from './pages/run-charts.tsx'
import { RunPage } from './pages/run-page.tsx'
import { WorkspacePage } from './pages/workspace-page.tsx'
import { parseSearchText, stringifySearchText } from './view/text/search-text.ts'

const root = createRootRoute({ component: RootPage, notFoundComponent: NotFoundPage })

function page<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => root, path, component })
}

// The code of a page comes when it is first opened, but for the two that nearly everybody opens first.
const homePage = lazyPage(() => import('./pages/home-page.tsx'), 'HomePage')
const artifactPage = lazyPage(() => import('./pages/artifact-page.tsx'), 'ArtifactPage')
const helpPage = lazyPage(() => import('./pages/help-page.tsx'), 'HelpPage')
const reportsPage = lazyPage(() => import('./pages/reports-page.tsx'), 'ReportsPage')

const run = page('/$entity/$project/runs/$runId', RunPage)
function runTab<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => run, path, component })
}
const runTabs = [
  runTab('/', RunCharts),
  runTab(
    '/overview',
    lazyPage(() => import('./pages/run-overview.tsx'), 'RunOverview'),
  ),
  runTab(
    '/system',
    lazyPage(() => import('./pages/run-system.tsx'), 'RunSystem'),
  ),
  runTab(
    '/code',
    lazyPage(() => import('./pages/run-code.tsx'), 'RunCode'),
  ),
  runTab(
    '/logs',
    lazyPage(() => import('./pages/run-logs.tsx'), 'RunLogs'),
  ),
  runTab(
    '/media',
    lazyPage(() => import('./pages/run-media.tsx'), 'RunMedia'),
  ),
  runTab(
    '/tables',
    lazyPage(() => import('./pages/run-tables.tsx'), 'RunTables'),
  ),
  runTab(
    '/artifacts',
    lazyPage(() => import('./pages/run-artifacts.tsx'), 'RunArtifacts'),
  ),
  runTab(
    '/files/$',
    lazyPage(() => import('./pages/run-files.tsx'), 'RunFiles'),
  ),
] as const

// Addresses that people try because the others are like them.
const chartsDetour = createRoute({
  getParentRoute: () => run,
  path: '/charts',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$entity/$project/runs/$runId', params, replace: true })
  },
})
const runsDetour = createRoute({
  getParentRoute: () => root,
  path: '/$entity/$project/runs',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/$entity/$project/table', params, replace: true })
  },
})

const settings = page(
  '/settings',
  lazyPage(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
)
function settingsTab<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => settings, path, component })
}
const settingsTabs = [
  settingsTab(
    '/',
    lazyPage(() => import('./pages/settings-appearance.tsx'), 'SettingsAppearance'),
  ),
  settingsTab(
    '/shortcuts',
    lazyPage(() => import('./pages/settings-shortcuts.tsx'), 'SettingsShortcuts'),
  ),
  settingsTab(
    '/account',
    lazyPage(() => import('./pages/settings-account.tsx'), 'SettingsAccount'),
  ),
] as const

const routeTree = root.addChildren([
  page('/', homePage),
  page(
    '/authorize',
    lazyPage(() => import('./pages/authorize-page.tsx'), 'AuthorizePage'),
  ),
  settings.addChildren(settingsTabs),
  page('/help', helpPage),
  page('/help/$page', helpPage),
  page(
    '/admin',
    lazyPage(() => import('./pages/admin-page.tsx'), 'AdminPage'),
  ),
  page(
    '/$entity',
    lazyPage(() => import('./pages/entity-page.tsx'), 'EntityPage'),
  ),
  page('/$entity/$project', WorkspacePage),
  page('/$entity/$project/workspace', WorkspacePage),
  page(
    '/$entity/$project/table',
    lazyPage(() => import('./pages/runs-table-page.tsx'), 'RunsTablePage'),
  ),
  runsDetour,
  page(
    '/$entity/$project/compare',
    lazyPage(() => import('./pages/compare-page.tsx'), 'ComparePage'),
  ),
  page(
    '/$entity/$project/overview',
    lazyPage(() => import('./pages/overview-page.tsx'), 'OverviewPage'),
  ),
  page(
    '/$entity/$project/groups/$group/workspace',
    lazyPage(() => import('./pages/group-page.tsx'), 'GroupPage'),
  ),
  page(
    '/$entity/$project/sweeps',
    lazyPage(() => import('./pages/sweeps-page.tsx'), 'SweepsPage'),
  ),
  page(
    '/$entity/$project/sweeps/$sweepId',
    lazyPage(() => import('./pages/sweep-page.tsx'), 'SweepPage'),
  ),
  page(
    '/$entity/$project/artifacts',
    lazyPage(() => import('./pages/artifacts-page.tsx'), 'ArtifactsPage'),
  ),
  page('/$entity/$project/artifacts/$type/$name', artifactPage),
  page('/$entity/$project/artifacts/$type/$name/$version', artifactPage),
  page('/$entity/$project/artifacts/$type/$name/$version/$tab', artifactPage),
  page('/$entity/$project/artifacts/$type/$name/$version/files/$', artifactPage),
  page('/$entity/$project/reports', reportsPage),
  page('/$entity/$project/reports/$report', reportsPage),
  run.addChildren([...runTabs, chartsDetour]),
])

/** Every page. The search is flat text; `view/url-state.ts` gives it meaning. */
export const router = createRouter({
  routeTree,
  defaultErrorComponent: FailedPage,
  // A link that somebody points at or reaches with Tab is probably followed.
  defaultPreload: 'intent',
  parseSearch: parseSearchText,
  stringifySearch: stringifySearchText,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
