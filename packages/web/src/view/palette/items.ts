import type { ArtifactTypeInfo, MetricInfo, ProjectSummary, RunKeyInfo, RunSummary } from '@lossline/protocol'
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

/** Collections of artifacts, leading to their newest versions. */
export function artifactItems(place: ProjectPlace, types: readonly ArtifactTypeInfo[]): readonly PickItem[] {
  return types.flatMap((type) =>
    type.collections
      .filter((collection) => collection.newest !== undefined)
      .map(({ name, versionCount }) => ({
        id: `artifact ${place.entity}/${place.project}/${type.name}/${name}`,
        label: name,
        detail: `${type.name} · ${formatCount(versionCount, 'version')}`,
        href: toPath(place.entity, place.project, 'artifacts', type.name, name),
      })),
  )
}

function quoted(text: string): string {
  return /^[\w-]+$/.test(text) ? text : JSON.stringify(text)
}

/** Pages of the settings and of the server. */
export const settingsItems: readonly PickItem[] = [
  { id: 'settings appearance', label: 'Theme', detail: 'Settings', href: '/settings' },
  { id: 'settings shortcuts', label: 'Keyboard shortcuts', detail: 'Settings', href: '/settings/shortcuts' },
]
