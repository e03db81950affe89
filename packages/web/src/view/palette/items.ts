import type { FoundArtifact, MetricInfo, ProjectSummary, RunKeyInfo, RunSummary } from '@lossline/protocol'
import { formatCount } from '../format.ts'
import { stateLabel } from '../run-state.ts'
import { projectHref, toPath } from '../shell/hrefs.ts'
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

/** A metric, leading to its chart. */
export function metricItem(place: ProjectPlace, metric: MetricInfo): PickItem {
  return {
    id: `metric ${place.entity}/${place.project}/${metric.stream}/${metric.key}`,
    label: metric.key,
    detail: formatCount(metric.runCount, 'run'),
    href: `${projectHref(place)}?${new URLSearchParams({ m: metric.key })}`,
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

/** A tag, leading to the runs that have it. */
export function tagItem(place: ProjectPlace, tag: string): PickItem {
  return {
    id: `tag ${place.entity}/${place.project}/${tag}`,
    label: tag,
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
