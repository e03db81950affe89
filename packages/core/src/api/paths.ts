import { parseArtifactPath } from '@lossline/protocol'
import { InvalidPathError } from './api-errors.ts'

/** A run's address as far as a path says it. */
export interface RunPath {
  readonly entity: string | undefined
  readonly project: string | undefined
  readonly runId: string
}

/** A project's address as far as a path says it. */
export interface ProjectPath {
  readonly entity: string | undefined
  readonly project: string | undefined
}

/**
 * Reads `entity/project/id`, `project/id` or `id`. Also `entity/project/runs/id` and a run's page, as people copy them.
 *
 * @throws {@link InvalidPathError}
 */
export function parseRunPath(path: string): RunPath {
  const parts = partsOf(path, 'runs')
  const [runId, project, entity] = [...parts].reverse()
  if (runId === undefined || parts.length > 3 || parts.includes('')) {
    throw new InvalidPathError('run', path, ['entity/project/id', 'project/id', 'id'])
  }
  return { entity, project, runId }
}

/** Reads `entity/project/id`, `project/id` or `id` of a sweep. @throws {@link InvalidPathError} */
export function parseSweepPath(path: string): ProjectPath & { readonly sweepId: string } {
  const parts = partsOf(path, 'sweeps')
  const [sweepId, project, entity] = [...parts].reverse()
  if (sweepId === undefined || parts.length > 3 || parts.includes('')) {
    throw new InvalidPathError('sweep', path, ['entity/project/id', 'project/id', 'id'])
  }
  return { entity, project, sweepId }
}

/**
 * Reads `entity/project` or `project`; nothing stands for the default project.
 *
 * @throws {@link InvalidPathError}
 */
export function parseProjectPath(path: string | undefined): ProjectPath {
  if (path === undefined) return { entity: undefined, project: undefined }
  const parts = partsOf(path, undefined)
  const [project, entity] = [...parts].reverse()
  if (project === undefined || parts.length > 2 || parts.includes('')) {
    throw new InvalidPathError('project', path, ['entity/project', 'project'])
  }
  return { entity, project }
}

/**
 * Reads `entity/project/name:alias` and what is shorter; without an alias it is `latest`.
 *
 * @throws {@link InvalidPathError}
 */
export function parseVersionPath(path: string): ProjectPath & { readonly name: string; readonly alias: string } {
  try {
    const given = typeof path === 'string' ? path.replace(/^\//, '') : ''
    const { entity, project, collection, version = 'latest' } = parseArtifactPath(given)
    return { entity, project, name: collection, alias: version }
  } catch {
    throw new InvalidPathError('version of an artifact', path, ['entity/project/name:alias', 'name:alias', 'name:v3'])
  }
}

function partsOf(path: string, middle: string | undefined): string[] {
  // Callers in JavaScript pass anything; no text is the path with one part that says nothing.
  if (typeof path !== 'string') return ['']
  const isUrl = /^https?:\/\//.test(path) && URL.canParse(path)
  const text = isUrl ? decoded(new URL(path).pathname) : path
  const parts = text.replace(/^\/|\/$/g, '').split('/')
  return middle !== undefined && parts.length === 4 && parts[2] === middle ? parts.toSpliced(2, 1) : parts
}

/** A part that is no encoded text stands for itself. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
