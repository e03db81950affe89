import { runSetKeys, type SearchParams } from '../address/url-state.ts'
import {
  booleanAt,
  isObject,
  isSameJson,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  textAt,
  withKeys,
  withObject,
} from './json.ts'
import { keptParams, textsOf } from './kept-params.ts'
import { ownKey } from './panel-settings.ts'
import { coloringJson, readColoring } from './run-colors.ts'
import { readRunSetParams, writeRunSetParams } from './run-set.ts'
import { type LocateKey, readRunSetQuery } from './run-set-query.ts'
import { isSameRunsTable, readRunsTable, writeRunsTable } from './runs-table-settings.ts'
import { emptyWorkspace, type WorkspaceRunSet } from './workspace.ts'

/** Reads the sets of runs of a spec; one of all runs where it has none. */
export function readRunSets(section: JsonObject): readonly WorkspaceRunSet[] {
  const sets = listAt(section, 'runSets')
  const legacy = readLegacy(section)
  if (sets.length === 0) {
    const [first] = emptyWorkspace.runSets as [WorkspaceRunSet]
    return [legacy === undefined ? first : { ...first, params: legacy.params }]
  }
  return withUniqueIds(sets.map((json, index) => readRunSet(json, index, index === 0 ? legacy : undefined)))
}

/**
 * Writes sets of runs: of each the JSON that it came from, with what was changed.
 *
 * @param locate - Where names without a namespace are.
 */
export function writeRunSets(section: JsonObject, runSets: readonly WorkspaceRunSet[], locate: LocateKey): JsonObject {
  const before = readRunSets(section)
  const isUntold = readLegacy(section) !== undefined
  const list = runSets.map((runSet, index) => {
    const known = before.find(({ source, id }) => source === runSet.source && id === runSet.id)
    return writeRunSet(runSet, known ?? readRunSet(runSet.source ?? {}, index), isUntold && known === before[0], locate)
  })
  const isNobodys = !Array.isArray(section.runSets) && !isUntold && isSameRunSets(runSets, before)
  return isNobodys ? section : withKeys(section, { runSets: list })
}

/** Whether two lists of sets say the same. */
export function isSameRunSets(a: readonly WorkspaceRunSet[], b: readonly WorkspaceRunSet[]): boolean {
  const said = (sets: readonly WorkspaceRunSet[]): Json =>
    sets.map(({ id, name, isEnabled, project, params, coloring }) => [
      id,
      name,
      isEnabled,
      project ? { ...project } : null,
      params,
      coloringJson(coloring) ?? null,
    ])
  return isSameJson(said(a), said(b)) && a.every(({ table }, index) => isSameRunsTable(table, b[index]!.table))
}

function readRunSet(json: Json, index: number, legacy?: Kept): WorkspaceRunSet {
  const source = isObject(json) ? json : {}
  const own = objectAt(source, ownKey)
  const ownParams = textsOf(own.params)
  const kept = ownParams ? { params: ownParams, told: textsOf(own.told) } : legacy
  const theirs = readRunSetParams(source)
  const isOwnFilter = kept !== undefined && (kept.told === undefined || kept.told.q === theirs.q)
  const { name, entityName } = objectAt(source, 'project')
  return {
    id: textAt(source, 'id') || `set-${index + 1}`,
    name: textAt(source, 'name')?.trim() || (index === 0 ? 'Run set' : `Run set ${index + 1}`),
    isEnabled: booleanAt(source, 'enabled') ?? true,
    project:
      typeof name === 'string' && typeof entityName === 'string' && name !== '' && entityName !== ''
        ? { entity: entityName, project: name }
        : undefined,
    params: keptParams(kept, theirs, runSetKeys),
    coloring: readColoring(own),
    table: readRunsTable(source),
    isFilterWhole: isOwnFilter || readRunSetQuery(source).isWhole,
    source: json,
  }
}

/** @param isUntold - What our page knows of it stands elsewhere, from where it is removed. */
function writeRunSet(runSet: WorkspaceRunSet, before: WorkspaceRunSet, isUntold: boolean, locate: LocateKey): Json {
  const { source, id, name, isEnabled, project, params, coloring, table } = runSet
  const json = isObject(source) ? source : {}
  let next = withKeys(json, {
    ...(source === undefined || id !== before.id ? { id } : {}),
    ...(source === undefined || name !== before.name ? { name } : {}),
    ...(source === undefined || isEnabled !== before.isEnabled ? { enabled: isEnabled } : {}),
    ...(source === undefined && project && { project: { entityName: project.entity, name: project.project } }),
  })
  if (isUntold || !isSameJson(params, before.params) || !isSameRunsTable(table, before.table)) {
    next = writeRunSetParams(next, params, (key) => locate(key, project))
    next = writeRunsTable(next, table, before.table)
    const told = readRunSetParams(next)
    next = withObject(next, ownKey, (own) => withKeys(own, { params, told }))
  }
  const [color, colorBefore] = [coloringJson(coloring), coloringJson(before.coloring)]
  if (!isSameJson(color, colorBefore)) next = withObject(next, ownKey, (own) => withKeys(own, { coloring: color }))
  return next === json && source !== undefined ? source : next
}

interface Kept {
  readonly params: SearchParams
  readonly told: SearchParams | undefined
}

/** What views that had one set alone kept of it beside what they kept of charts. */
function readLegacy(section: JsonObject): Kept | undefined {
  const own = objectAt(section, ownKey)
  const [params, told] = [textsOf(own.params), textsOf(own.told)]
  const isOfRuns = [...Object.keys(params ?? {}), ...Object.keys(told ?? {})].some((key) =>
    (runSetKeys as readonly string[]).includes(key),
  )
  return params === undefined || !isOfRuns ? undefined : { params, told }
}

/** The address and the page know sets by their ids. */
function withUniqueIds(sets: readonly WorkspaceRunSet[]): readonly WorkspaceRunSet[] {
  const taken = new Set<string>()
  return sets.map((set) => {
    let { id } = set
    for (let count = 2; taken.has(id); count += 1) id = `${set.id} ${count}`
    taken.add(id)
    return id === set.id ? set : { ...set, id }
  })
}
