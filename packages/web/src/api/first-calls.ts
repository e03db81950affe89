import { isReservedName } from '@lossline/protocol'
import { parseViewState } from '../view/address/url-state.ts'
import { pageSizeOf, toRunsRequest } from '../view/runs/run-pages.ts'
import { parseSearchText } from '../view/text/search-text.ts'
import { viewOfAddress } from '../view/workspace/view-names.ts'
import { prepareCall } from './client.ts'
import type { PreparedCall } from './first-answers.ts'

/** Where somebody opens the page. */
export interface OpenedAddress {
  readonly pathname: string
  /** With its question mark, or empty. */
  readonly search: string
}

/** What the page asks first at an address, what its charts wait for in front. */
export function firstCalls({ pathname, search }: OpenedAddress): readonly PreparedCall[] {
  const [entity = '', project, page = 'workspace', runId, tab] = segmentsOf(pathname)
  const shell = [prepareCall('GET /api/status'), prepareCall('GET /api/session'), prepareCall('GET /api/projects')]
  if (project === undefined || project === '' || isReservedName(entity)) return shell
  const path = { entity, project }
  const keys = prepareCall('GET /api/projects/{entity}/{project}/run-keys', { path })
  if (page === 'workspace' || page === '') return [...workspaceCalls(path, search), keys, ...shell]
  if (page === 'table') return [keys, ...shell]
  if (page === 'runs' && runId !== undefined && runId !== '') {
    return [...runCalls({ ...path, runId }, tab), ...shell]
  }
  return shell
}

function runCalls(
  path: { readonly entity: string; readonly project: string; readonly runId: string },
  tab = '',
): readonly PreparedCall[] {
  const run = prepareCall('GET /api/runs/{entity}/{project}/{runId}', { path })
  switch (tab) {
    case '':
    case 'system': {
      const metrics = prepareCall('GET /api/projects/{entity}/{project}/metrics', { path, query: { run: path.runId } })
      if (tab === 'system') return [run, metrics]
      const query = { type: 'run-view' } as const
      return [run, metrics, prepareCall('GET /api/projects/{entity}/{project}/workspace', { path, query })]
    }
    case 'media':
    case 'tables':
      return [run, prepareCall('GET /api/runs/{entity}/{project}/{runId}/media', { path })]
    default:
      return [run]
  }
}

function segmentsOf(pathname: string): readonly string[] {
  try {
    return pathname.split('/').slice(1).map(decodeURIComponent)
  } catch {
    // A stray per cent sign: the page will find what to say.
    return []
  }
}

function workspaceCalls(
  path: { readonly entity: string; readonly project: string },
  search: string,
): readonly PreparedCall[] {
  const params = parseSearchText(search)
  const view = parseViewState(params)
  const { name, type } = viewOfAddress(params)
  const opened = prepareCall('GET /api/projects/{entity}/{project}/workspace', {
    path,
    query: { name, type: type === 'project-view' ? undefined : type },
  })
  const metrics = prepareCall('GET /api/projects/{entity}/{project}/metrics', { path })
  // A filter is read with the project's keys, and a saved view may have one that the address does not tell.
  const isListKnown = view.query === '' && view.pins.length === 0 && name === undefined
  if (!isListKnown) return [opened, metrics]
  const body = toRunsRequest({ sort: view.sort }, 0, pageSizeOf(view.runs))
  const runs = prepareCall('POST /api/projects/{entity}/{project}/runs/query', { path, body })
  return [opened, metrics, runs]
}
