import type { RunFieldValueRow, RunValueKeyQuery } from '../../runs/run-selection.ts'
import type { Connection } from '../connection.ts'
import { fromWholeText, wholeExpression } from '../whole-text.ts'

const valueCountMax = 50

interface FieldValueRecord {
  readonly value: unknown
  readonly runCount: number
}

/** All of index run_by_number: the table's rows hold the trees and take long to walk through. */
const columns: Readonly<Record<Exclude<RunFieldValueRow['field'], 'tags'>, string>> = {
  state: 'state',
  group: 'run_group',
  jobType: 'job_type',
  host: 'host',
  username: 'username',
  sweepId: 'sweep_id',
}

export function listRunFieldValues(connection: Connection, query: RunValueKeyQuery): RunFieldValueRow[] {
  const list = (field: RunFieldValueRow['field'], column: string, source: string): RunFieldValueRow[] =>
    connection
      .all<FieldValueRecord>(
        `SELECT ${wholeExpression('value')} AS value, runCount FROM (
           SELECT ${column} AS value, count(*) AS runCount FROM ${source}
           WHERE ${column} <> '' GROUP BY ${column} ORDER BY runCount DESC, value LIMIT ${valueCountMax})`,
        query.entity,
        query.project,
        query.runCountMax,
      )
      .map(({ value, runCount }) => ({ field, value: fromWholeText(value), runCount }))
  const ofColumns = Object.entries(columns).flatMap(([field, column]) =>
    // The names of the table above.
    list(field as keyof typeof columns, column, newestRuns(column)),
  )
  return [...ofColumns, ...list('tags', 'tag.value', `${newestRuns('tags')} AS chosen, json_each(chosen.tags) AS tag`)]
}

function newestRuns(column: string): string {
  return `(SELECT run.${column} FROM run JOIN project ON project.id = run.project_id
    WHERE project.entity = ?1 AND project.name = ?2 ORDER BY run.number DESC LIMIT ?3)`
}
