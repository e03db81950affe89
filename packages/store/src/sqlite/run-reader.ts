import type {
  LineRow,
  MetricKeyQuery,
  MetricKeyRow,
  PlaceQuery,
  ProjectPlace,
  ProjectRow,
  RunAddress,
  RunRow,
  Stream,
} from '../store.ts'
import type { Connection } from './connection.ts'
import { findFormer } from './former-addresses.ts'
import { metricKeysQuery } from './queries.ts'
import { fromRunRecord, type RunRecord, selectRun } from './run-records.ts'
import { fromWholeText, wholeColumn, withWholeTexts } from './whole-text.ts'

/** A stream's number in the tables. */
export const streamIds: { readonly [S in Stream]: number } = { history: 0, events: 1 }

const selectProject = `
  SELECT id, entity, name, ${wholeColumn('description')}, access, created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs,
    sample_loaded_at_ms AS sampleLoadedAtMs, tags,
    protected_aliases AS protectedAliases,
    (SELECT count(*) FROM run WHERE project_id = project.id) AS runCount,
    (SELECT count(*) FROM run WHERE project_id = project.id AND state IN ('running', 'preempting')) AS runningCount
  FROM project`
const isAlive = 'trash_of IS NULL AND removed_at_ms IS NULL'

export function listProjects(connection: Connection, entity: string | undefined): ProjectRow[] {
  const rows =
    entity === undefined
      ? connection.all<StoredProject>(`${selectProject} WHERE ${isAlive} ORDER BY entity, name`)
      : connection.all<StoredProject>(`${selectProject} WHERE entity = ? AND ${isAlive} ORDER BY name`, entity)
  return rows.map(toProject)
}

export function findProject(connection: Connection, entity: string, name: string): ProjectRow | undefined {
  const row = connection.get<StoredProject>(
    `${selectProject} WHERE entity = ? AND name = ? AND ${isAlive}`,
    entity,
    name,
  )
  return row && toProject(row)
}

export function findProjectById(connection: Connection, id: number): ProjectRow | undefined {
  const row = connection.get<StoredProject>(`${selectProject} WHERE id = ? AND ${isAlive}`, id)
  return row && toProject(row)
}

type StoredProject = Omit<ProjectRow, 'tags' | 'protectedAliases'> & {
  readonly tags: string
  readonly protectedAliases: string
}

function toProject(row: StoredProject): ProjectRow {
  // Written by `changeProject` alone.
  const list = (text: string): string[] => JSON.parse(text) as string[]
  return {
    ...withWholeTexts(row, ['description']),
    tags: list(row.tags),
    protectedAliases: list(row.protectedAliases),
  }
}

const selectPlace = 'SELECT project.id AS projectId, entity, project.name AS project, access FROM project'

export function findPlace(connection: Connection, of: PlaceQuery): ProjectPlace | undefined {
  const find = (rest: string, ...values: readonly (string | number)[]): ProjectPlace | undefined =>
    connection.get<ProjectPlace>(`${selectPlace} ${rest}`, ...values)
  if ('projectId' in of) return find('WHERE id = ?', of.projectId)
  if ('run' in of)
    return find('JOIN run ON run.project_id = project.id WHERE run.id = ? AND run.deleted_at_ms IS NULL', of.run)
  if ('collection' in of) {
    return find('JOIN artifact_collection AS c ON c.project_id = project.id WHERE c.id = ?', of.collection)
  }
  if ('artifact' in of)
    return find('JOIN artifact ON artifact.project_id = project.id WHERE artifact.id = ?', of.artifact)
  if ('manifest' in of) {
    return find(
      'JOIN artifact ON artifact.project_id = project.id JOIN artifact_manifest AS m ON m.artifact = artifact.id WHERE m.id = ?',
      of.manifest,
    )
  }
  return find('WHERE entity = ? AND project.name = ?', of.entity, of.project)
}

export function findRun(connection: Connection, at: RunAddress): RunRow | undefined {
  const record = connection.get<RunRecord>(
    `${selectRun} WHERE entity = ? AND name = ? AND run_id = ?`,
    at.entity,
    at.project,
    at.runId,
  )
  if (record !== undefined) return fromRunRecord(record)
  const former = findFormer(connection, at)
  return former?.run == null ? undefined : findRunById(connection, former.run)
}

export function findRunById(connection: Connection, id: number): RunRow | undefined {
  const record = connection.get<RunRecord>(`${selectRun} WHERE run.id = ? AND run.deleted_at_ms IS NULL`, id)
  return record && fromRunRecord(record)
}

export function listLiveRuns(connection: Connection, heartbeatBeforeMs: number): RunRow[] {
  const records = connection.all<RunRecord>(
    `${selectRun} WHERE run.state IN ('running', 'preempting') AND run.heartbeat_at_ms < ?
       AND run.deleted_at_ms IS NULL ORDER BY run.id`,
    heartbeatBeforeMs,
  )
  return records.map(fromRunRecord)
}

export function listMetricKeys(connection: Connection, query: MetricKeyQuery): MetricKeyRow[] {
  interface Found {
    readonly name: string
    readonly stream: number
    readonly run_count: number
    readonly number_count: number
    readonly other_count: number
  }
  const compiled = metricKeysQuery(query, query.stream && streamIds[query.stream])
  return connection.all<Found>(compiled.sql, ...compiled.parameters).map((found) => ({
    key: fromWholeText(found.name),
    kind: found.other_count === 0 ? 'number' : found.number_count === 0 ? 'other' : 'mixed',
    stream: found.stream === streamIds.events ? 'events' : 'history',
    runCount: found.run_count,
    pointCount: found.number_count + found.other_count,
  }))
}

export function listLines(connection: Connection, query: { run: number; from: number; limit: number }): LineRow[] {
  const rows = connection.all<LineRow>(
    `SELECT number, ${wholeColumn('text')} FROM line WHERE run = ? AND number >= ? ORDER BY number LIMIT ?`,
    query.run,
    query.from,
    query.limit,
  )
  return rows.map((row) => withWholeTexts(row, ['text']))
}
