import type { FoundArtifact, MetricInfo, ProjectSummary, RunKeyInfo, RunSummary } from '@lossline/protocol'
import { stateLabel } from '../run/run-state.ts'
import { projectHref, toPath } from '../shell/hrefs.ts'
import { formatCount } from '../text/format.ts'
import { fullScreenCodec } from '../workspace/full-screen.ts'
import type { PickItem } from './pick-item.ts'

/** A project's address. */
interface ProjectPlace {
  readonly entity: string
  readonly project: string
}

/** A project, leading to its workspace. */
export function projectItem(project: ProjectSummary): PickItem {
  return {
    id: `project ${project.entity}/${project.project}`,
    label: project.project,
    detail: `${project.entity} · ${formatCount(project.runCount, 'run')}`,
    href: projectHref(project),
  }
}

/** A run, leading to its page. */
export function runItem(place: ProjectPlace, run: Pick<RunSummary, 'runId' | 'displayName' | 'state'>): PickItem {
  return {
    id: `run ${place.entity}/${place.project}/${run.runId}`,
    label: run.displayName,
    detail: `${place.project} · ${stateLabel(run.state).text.toLowerCase()} · ${run.runId}`,
    href: toPath(place.entity, place.project, 'runs', run.runId),
  }
}

/** A panel of a view, as far as it can be found by what it is called. */
export interface PanelOnPage {
  readonly id: string
  readonly title: string
  readonly sectionName: string
}

/** What of sections can be found, from the top. */
export function panelsOf(
  sections: readonly {
    readonly name: string
    readonly panels: readonly { readonly id: string; readonly title: string }[]
  }[],
): readonly PanelOnPage[] {
  return sections.flatMap(({ name, panels }) => panels.map(({ id, title }) => ({ id, title, sectionName: name })))
}

/**
 * A panel of the view that is looked at, leading to it in full screen; the view stays as it is.
 *
 * @param at - Where the view is: the path, and the query string with or without `?`.
 */
export function panelItem(at: { readonly pathname: string; readonly search: string }, panel: PanelOnPage): PickItem {
  const params = new URLSearchParams(at.search)
  for (const key of fullScreenCodec.keys) params.delete(key)
  params.set('panel', panel.id)
  return {
    id: `panel ${at.pathname} ${params.get('nw') ?? ''} ${panel.id}`,
    label: panel.title,
    detail: panel.sectionName,
    href: `${at.pathname}?${params}`,
  }
}

/** A metric, leading to its chart. @param view - The view that is looked at (`nw`), if any, which is not left for it. */
export function metricItem(place: ProjectPlace, metric: MetricInfo, view?: string): PickItem {
  return {
    id: `metric ${place.entity}/${place.project}/${metric.stream}/${metric.key}`,
    label: metric.key,
    detail: formatCount(metric.runCount, 'run'),
    href: `${projectHref(place)}?${new URLSearchParams({ ...(view !== undefined && { nw: view }), m: metric.key })}`,
  }
}

/** A key of configs, leading to the runs that have it. */
export function configItem(place: ProjectPlace, { key, runCount }: RunKeyInfo): PickItem {
  return {
    id: `key ${place.entity}/${place.project}/${key}`,
    label: key.replace(/^config\./, ''),
    detail: formatCount(runCount, 'run'),
    href: `${projectHref(place)}/table?${new URLSearchParams({ q: `has(${key})` })}`,
  }
}

/** A tag, leading to the runs that have it. @param runCount - Undefined: nobody has counted. */
export function tagItem(place: ProjectPlace, tag: string, runCount: number | undefined): PickItem {
  return {
    id: `tag ${place.entity}/${place.project}/${tag}`,
    label: tag,
    ...(runCount !== undefined && { detail: formatCount(runCount, 'run') }),
    href: `${projectHref(place)}/table?${new URLSearchParams({ q: `tags has ${quoted(tag)}` })}`,
  }
}

/** A collection of artifacts, leading to its newest version. */
export function artifactItem({ entity, project, type, name }: FoundArtifact): PickItem {
  return {
    id: `artifact ${entity}/${project}/${type}/${name}`,
    label: name,
    detail: `${project} · ${type}`,
    href: toPath(entity, project, 'artifacts', type, name),
  }
}

function quoted(text: string): string {
  return /^[\w-]+$/.test(text) ? text : JSON.stringify(text)
}

/** Pages of the settings and of the server. */
export const settingsItems: readonly PickItem[] = [
  { id: 'settings appearance', label: 'Theme', detail: 'Settings', href: '/settings' },
  { id: 'settings shortcuts', label: 'Keyboard shortcuts', detail: 'Settings', href: '/settings/shortcuts' },
  { id: 'settings account', label: 'Account and API keys', detail: 'Settings', href: '/settings/account' },
  { id: 'server', label: 'Server, users and storage', href: '/admin' },
]
