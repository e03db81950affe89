import type { MetricNoteRow, PutMetricNoteWrite } from '../views/metric-notes.ts'
import type { Connection } from './connection.ts'
import { findProjectById } from './run-reader.ts'
import { noProject } from './run-writer.ts'
import { wholeColumns, withWholeTexts } from './whole-text.ts'

const texts = { metric: 'metric', description: 'description', unit: 'unit', username: 'username' }

/** By name. */
export function listMetricNotes(connection: Connection, project: number): MetricNoteRow[] {
  const rows = connection.all<MetricNoteRow>(
    `SELECT project_id AS projectId, goal, updated_at_ms AS updatedAtMs, ${wholeColumns('metric_note', texts)}
     FROM metric_note WHERE project_id = ? ORDER BY metric_note.metric`,
    project,
  )
  return rows.map((row) => withWholeTexts(row, ['metric', 'description', 'unit', 'username']))
}

/** Within a transaction. @returns null when nothing is said of the metric any more. */
export function putMetricNote(
  connection: Connection,
  write: PutMetricNoteWrite,
): { readonly note: MetricNoteRow | null } {
  const { project, metric, username, nowMs } = write
  if (findProjectById(connection, project) === undefined) throw noProject(project)
  const find = (): MetricNoteRow | undefined =>
    listMetricNotes(connection, project).find((note) => note.metric === metric)
  const before = find()
  const { description = before?.description ?? null, unit = before?.unit ?? null, goal = before?.goal ?? null } = write
  if (description === null && unit === null && goal === null) {
    connection.run('DELETE FROM metric_note WHERE project_id = ? AND metric = ?', project, metric)
    return { note: null }
  }
  connection.run(
    `INSERT INTO metric_note (project_id, metric, description, unit, goal, username, updated_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET description = excluded.description, unit = excluded.unit, goal = excluded.goal,
       username = excluded.username, updated_at_ms = max(updated_at_ms, excluded.updated_at_ms)`,
    project,
    metric,
    description,
    unit,
    goal,
    username,
    nowMs,
  )
  return { note: find()! }
}
