import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { HomePage } from './pages/home-page.tsx'
import { FailedPage, NotFoundPage, RootPage } from './pages/root-page.tsx'
import { RunCharts } from './pages/run-charts.tsx'
import { RunPage } from './pages/run-page.tsx'
import { WorkspacePage } from './pages/workspace-page.tsx'
import type { SearchParams } from './view/url-state.ts'

const root = createRootRoute({ component: RootPage, notFoundComponent: NotFoundPage })
const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage })
const authorize = createRoute({
  getParentRoute: () => root,
  path: '/authorize',
  component: lazyRouteComponent(() => import('./pages/authorize-page.tsx'), 'AuthorizePage'),
})
const entity = createRoute({ getParentRoute: () => root, path: '/$entity', component: HomePage })
const project = createRoute({ getParentRoute: () => root, path: '/$entity/$project', component: WorkspacePage })
const workspace = createRoute({
  getParentRoute: () => root,
  path: '/$entity/$project/workspace',
  component: WorkspacePage,
})
const table = createRoute({
  getParentRoute: () => root,
  path: '/$entity/$project/table',
  component: lazyRouteComponent(() => import('./pages/runs-table-page.tsx'), 'RunsTablePage'),
})
const run = createRoute({ getParentRoute: () => root, path: '/$entity/$project/runs/$runId', component: RunPage })
const runCharts = createRoute({ getParentRoute: () => run, path: '/', component: RunCharts })
const runOverview = createRoute({
  getParentRoute: () => run,
  path: '/overview',
  component: lazyRouteComponent(() => import('./pages/run-overview.tsx'), 'RunOverview'),
})
const runLogs = createRoute({
  getParentRoute: () => run,
  path: '/logs',
  component: lazyRouteComponent(() => import('./pages/run-logs.tsx'), 'RunLogs'),
})
const runMedia = createRoute({
  getParentRoute: () => run,
  path: '/media',
  component: lazyRouteComponent(() => import('./pages/run-media.tsx'), 'RunMedia'),
})
const runTables = createRoute({
  getParentRoute: () => run,
  path: '/tables',
  component: lazyRouteComponent(() => import('./pages/run-tables.tsx'), 'RunTables'),
})
const runArtifacts = createRoute({
  getParentRoute: () => run,
  path: '/artifacts',
  component: lazyRouteComponent(() => import('./pages/run-artifacts.tsx'), 'RunArtifacts'),
})
const runFiles = createRoute({
  getParentRoute: () => run,
  path: '/files',
  component: lazyRouteComponent(() => import('./pages/run-files.tsx'), 'RunFiles'),
})
const artifacts = createRoute({
  getParentRoute: () => root,
  path: '/$entity/$project/artifacts',
  component: lazyRouteComponent(() => import('./pages/artifacts-page.tsx'), 'ArtifactsPage'),
})
const artifactComponent = lazyRouteComponent(() => import('./pages/artifact-page.tsx'), 'ArtifactPage')
const artifactNewest = createRoute({
  getParentRoute: () => root,
  path: '/$entity/$project/artifacts/$type/$name',
  component: artifactComponent,
})
const artifactVersion = createRoute({
  getParentRoute: () => root,
  path: '/$entity/$project/artifacts/$type/$name/$version',
  component: artifactComponent,
})
const artifactTab = createRoute({
  getParentRoute: () => root,
  path: '/$entity/$project/artifacts/$type/$name/$version/$tab',
  component: artifactComponent,
})

/** Every page. The search is flat text; `view/url-state.ts` gives it meaning. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    authorize,
    entity,
    project,
    workspace,
    table,
    artifacts,
    artifactNewest,
    artifactVersion,
    artifactTab,
    run.addChildren([runCharts, runOverview, runLogs, runMedia, runTables, runArtifacts, runFiles]),
  ]),
  defaultErrorComponent: FailedPage,
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
