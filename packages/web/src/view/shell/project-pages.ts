import type { ShortcutId } from '../../keyboard/registry.ts'
import type { SearchParams } from '../address/url-state.ts'

/** A page that every project has, in the order of the rail. */
export interface ProjectPage {
  readonly id: ProjectPageId
  readonly label: string
  /** Route of the page; its parameters are those of the project. */
  readonly to: `/$entity/$project/${string}`
  readonly shortcut: ShortcutId
}

export type ProjectPageId = 'workspace' | 'runs' | 'sweeps' | 'artifacts' | 'reports' | 'overview'

/** The pages of a project. */
export const projectPages = [
  { id: 'workspace', label: 'Workspace', to: '/$entity/$project/workspace', shortcut: 'go-workspace' },
  { id: 'runs', label: 'Runs', to: '/$entity/$project/table', shortcut: 'go-runs' },
  { id: 'sweeps', label: 'Sweeps', to: '/$entity/$project/sweeps', shortcut: 'go-sweeps' },
  { id: 'artifacts', label: 'Artifacts', to: '/$entity/$project/artifacts', shortcut: 'go-artifacts' },
  { id: 'reports', label: 'Reports', to: '/$entity/$project/reports', shortcut: 'go-reports' },
  { id: 'overview', label: 'Overview', to: '/$entity/$project/overview', shortcut: 'go-overview' },
] as const satisfies readonly ProjectPage[]

/** What the second segment behind a project's address belongs to. */
const pageOfSegment: Readonly<Record<string, ProjectPageId>> = {
  workspace: 'workspace',
  groups: 'runs',
  table: 'runs',
  runs: 'runs',
  compare: 'runs',
  sweeps: 'sweeps',
  artifacts: 'artifacts',
  reports: 'reports',
  overview: 'overview',
}

/** What is of the page one is on and not of which runs there are, which of them are drawn and how. */
const momentaryKeys = ['z', 'zy', 'm', 'c', 'panel', 'panelDisplayName', 'panelSectionName']

/**
 * What of an address goes along from the workspace to the runs table and back: filter, groups and eyes are the same in both. Empty on
 * the way to or from any other page.
 */
export function sharedSearch(pathname: string, search: SearchParams, to: string): SearchParams {
  const isShared = (path: string): boolean => ['', 'workspace', 'table'].includes(path.split('/')[3] ?? '')
  if (!isShared(pathname) || !isShared(to)) return {}
  return Object.fromEntries(Object.entries(search).filter(([key]) => !momentaryKeys.includes(key)))
}

/** The page of its project that a path is on or below. */
export function projectPageOf(pathname: string): (typeof projectPages)[number] | undefined {
  const segment = pathname.split('/')[3] ?? ''
  const id = segment === '' ? 'workspace' : pageOfSegment[segment]
  return projectPages.find((page) => page.id === id)
}
