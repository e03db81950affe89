import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router'
import { FailedPage, NotFoundPage, RootPage } from './pages/root-page.tsx'
import { RunCharts } from './pages/run-charts.tsx'
import { RunPage } from './pages/run-page.tsx'
import { WorkspacePage } from './pages/workspace-page.tsx'
import type { SearchParams } from './view/url-state.ts'

const root = createRootRoute({ component: RootPage, notFoundComponent: NotFoundPage })

function page<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => root, path, component })
}

// The code of a page comes when it is first opened, but for the two that nearly everybody opens first.
const homePage = lazyRouteComponent(() => import('./pages/home-page.tsx'), 'HomePage')
const artifactPage = lazyRouteComponent(() => import('./pages/artifact-page.tsx'), 'ArtifactPage')
const reportsPage = lazyRouteComponent(() => import('./pages/reports-page.tsx'), 'ReportsPage')

const run = page('/$entity/$project/runs/$runId', RunPage)
function runTab<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => run, path, component })
}
const runTabs = [
  runTab('/', RunCharts),
  runTab(
    '/overview',
    lazyRouteComponent(() => import('./pages/run-overview.tsx'), 'RunOverview'),
  ),
  runTab(
    '/system',
    lazyRouteComponent(() => import('./pages/run-system.tsx'), 'RunSystem'),
  ),
  runTab(
    '/code',
    lazyRouteComponent(() => import('./pages/run-code.tsx'), 'RunCode'),
  ),
  runTab(
    '/logs',
    lazyRouteComponent(() => import('./pages/run-logs.tsx'), 'RunLogs'),
  ),
  runTab(
    '/media',
    lazyRouteComponent(() => import('./pages/run-media.tsx'), 'RunMedia'),
  ),
  runTab(
    '/tables',
    lazyRouteComponent(() => import('./pages/run-tables.tsx'), 'RunTables'),
  ),
  runTab(
    '/artifacts',
    lazyRouteComponent(() => import('./pages/run-artifacts.tsx'), 'RunArtifacts'),
  ),
  runTab(
    '/files/$',
    lazyRouteComponent(() => import('./pages/run-files.tsx'), 'RunFiles'),
  ),
] as const

const settings = page(
  '/settings',
  lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
)
function settingsTab<const Path extends string>(path: Path, component: RouteComponent) {
  return createRoute({ getParentRoute: () => settings, path, component })
}
const settingsTabs = [
  settingsTab(
    '/',
    lazyRouteComponent(() => import('./pages/settings-appearance.tsx'), 'SettingsAppearance'),
  ),
  settingsTab(
    '/shortcuts',
    lazyRouteComponent(() => import('./pages/settings-shortcuts.tsx'), 'SettingsShortcuts'),
  ),
  settingsTab(
    '/account',
    lazyRouteComponent(() => import('./pages/settings-account.tsx'), 'SettingsAccount'),
  ),
] as const

const routeTree = root.addChildren([
  page('/', homePage),
  page(
    '/authorize',
    lazyRouteComponent(() => import('./pages/authorize-page.tsx'), 'AuthorizePage'),
  ),
  settings.addChildren(settingsTabs),
  page(
    '/admin',
    lazyRouteComponent(() => import('./pages/admin-page.tsx'), 'AdminPage'),
  ),
  page('/$entity', homePage),
  page('/$entity/$project', WorkspacePage),
  page('/$entity/$project/workspace', WorkspacePage),
  page(
    '/$entity/$project/table',
    lazyRouteComponent(() => import('./pages/runs-table-page.tsx'), 'RunsTablePage'),
  ),
  page(
    '/$entity/$project/compare',
    lazyRouteComponent(() => import('./pages/compare-page.tsx'), 'ComparePage'),
  ),
  page(
    '/$entity/$project/overview',
    lazyRouteComponent(() => import('./pages/overview-page.tsx'), 'OverviewPage'),
  ),
  page(
    '/$entity/$project/groups/$group/workspace',
    lazyRouteComponent(() => import('./pages/group-page.tsx'), 'GroupPage'),
  ),
  page(
    '/$entity/$project/sweeps',
    lazyRouteComponent(() => import('./pages/sweeps-page.tsx'), 'SweepsPage'),
  ),
  page(
    '/$entity/$project/sweeps/$sweepId',
    lazyRouteComponent(() => import('./pages/sweep-page.tsx'), 'SweepPage'),
  ),
  page(
    '/$entity/$project/artifacts',
    lazyRouteComponent(() => import('./pages/artifacts-page.tsx'), 'ArtifactsPage'),
  ),
  page('/$entity/$project/artifacts/$type/$name', artifactPage),
  page('/$entity/$project/artifacts/$type/$name/$version', artifactPage),
  page('/$entity/$project/artifacts/$type/$name/$version/$tab', artifactPage),
  page('/$entity/$project/reports', reportsPage),
  page('/$entity/$project/reports/$report', reportsPage),
  run.addChildren(runTabs),
])

/** Every page. The search is flat text; `view/url-state.ts` gives it meaning. */
export const router = createRouter({
  routeTree,
  defaultErrorComponent: FailedPage,
  // A link that somebody points at or reaches with Tab is probably followed.
  defaultPreload: 'intent',
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as SearchParams).toString()
    return text === '' ? '' : `?${text}`
  },
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
