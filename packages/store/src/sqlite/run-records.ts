import type { SQLInputValue } from 'node:sqlite'
import type { RunFieldChanges, RunFields, RunRow, RunState } from '../store.ts'
import { corruptError } from './sqlite-errors.ts'
import { wholeColumn, withWholeTexts } from './whole-text.ts'

/** Column of each field that `put-run` can set. */
export const runColumns: { readonly [F in keyof RunFields]: string } = {
  displayName: 'display_name',
  notes: 'notes',
  description: 'description',
  tags: 'tags',
  group: 'run_group',
  jobType: 'job_type',
  color: 'color',
  sweepId: 'sweep_id',
  host: 'host',
  program: 'program',
  commit: 'git_commit',
  repo: 'repo',
  username: 'username',
  state: 'state',
  stateCause: 'state_cause',
  exitCode: 'exit_code',
  isStopRequested: 'is_stop_requested',
  heartbeatAtMs: 'heartbeat_at_ms',
  finishedAtMs: 'finished_at_ms',
  config: 'config',
  summary: 'summary',
}

/** A row of table `run` joined with its project. */
export interface RunRecord {
  readonly id: number
  readonly project_id: number
  readonly entity: string
  readonly project: string
  readonly run_id: string
  readonly number: number
  readonly created_at_ms: number
  readonly updated_at_ms: number
  readonly revision: number
  readonly history_revision: number
  readonly history_line_count: number
  readonly events_line_count: number
  readonly log_line_count: number
  readonly last_step: number | null
  readonly state: string
  readonly state_cause: string
  readonly exit_code: number | null
  readonly is_stop_requested: number
  readonly heartbeat_at_ms: number
  readonly finished_at_ms: number | null
  readonly display_name: string
  readonly notes: string
  readonly description: string
  readonly tags: string
  readonly run_group: string
  readonly job_type: string
  readonly color: string
  readonly sweep_id: string
  readonly host: string
  readonly program: string
  readonly git_commit: string
  readonly repo: string
  readonly username: string
  readonly config: string
  readonly summary: string
}

/** Texts that people and programs give a run. Trees and tags are JSON, which has no U+0000 in it. */
const givenTexts = [
  'display_name',
  'notes',
  'description',
  'run_group',
  'job_type',
  'sweep_id',
  'host',
  'program',
  'git_commit',
  'repo',
  'username',
  'state_cause',
] as const satisfies readonly (keyof RunRecord)[]

// Of two columns with one name the later one counts.
export const selectRun: string = `SELECT run.*, ${givenTexts.map((name) => wholeColumn(`run.${name}`, name)).join(', ')},
  project.entity, project.name AS project FROM run JOIN project ON project.id = run.project_id`

/** A record with its texts whole. */
export function withGivenTexts(record: RunRecord): RunRecord {
  return withWholeTexts(record, givenTexts)
}

/** @throws {@link StoreError} `corrupt` when the tags are not a list. */
export function fromRunRecord(read: RunRecord): RunRow {
  const record = withGivenTexts(read)
  return {
    id: record.id,
    projectId: record.project_id,
    entity: record.entity,
    project: record.project,
    runId: record.run_id,
    number: record.number,
    createdAtMs: record.created_at_ms,
    updatedAtMs: record.updated_at_ms,
    revision: record.revision,
    historyRevision: record.history_revision,
    historyLineCount: record.history_line_count,
    eventsLineCount: record.events_line_count,
    logLineCount: record.log_line_count,
    lastStep: record.last_step ?? undefined,
    // Written by toColumnValue from a RunState.
    state: record.state as RunState,
    stateCause: record.state_cause,
    exitCode: record.exit_code ?? undefined,
    isStopRequested: record.is_stop_requested !== 0,
    heartbeatAtMs: record.heartbeat_at_ms,
    finishedAtMs: record.finished_at_ms ?? undefined,
    displayName: record.display_name,
    notes: record.notes,
    description: record.description,
    tags: parseTags(record),
    group: record.run_group,
    jobType: record.job_type,
    color: record.color,
    sweepId: record.sweep_id,
    host: record.host,
    program: record.program,
    commit: record.git_commit,
    repo: record.repo,
    username: record.username,
    config: record.config,
    summary: record.summary,
  }
}

/** How a field's value lies in its column. */
export function toColumnValue(value: RunFieldChanges[keyof RunFieldChanges]): SQLInputValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'object' ? JSON.stringify(value) : value
}

/** Fields of a run that nobody has said anything about. */
export function defaultRunFields(nowMs: number): RunFields {
  return {
    displayName: '',
    notes: '',
    description: '',
    tags: [],
    group: '',
    jobType: '',
    color: '',
    sweepId: '',
    host: '',
    program: '',
    commit: '',
    repo: '',
    username: '',
    state: 'running',
    stateCause: '',
    exitCode: undefined,
    isStopRequested: false,
    heartbeatAtMs: nowMs,
    finishedAtMs: undefined,
    config: '{}',
    summary: '{}',
  }
}

function parseTags(record: RunRecord): readonly string[] {
  try {
    const tags: unknown = JSON.parse(record.tags)
    if (Array.isArray(tags)) return tags.map(String)
    throw new TypeError('not a list')
  } catch (cause) {
    throw corruptError(`the tags of run "${record.run_id}"`, cause)
  }
}
