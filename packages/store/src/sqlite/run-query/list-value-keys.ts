import type { RunValueKeyQuery, RunValueKeyRow } from '../../runs/run-selection.ts'
import type { Connection } from '../connection.ts'
import { fromBooleanCell, orderEnd } from '../values/cells.ts'
import { fromWholeText, wholeColumn, wholeExpression, withWholeTexts } from '../whole-text.ts'

/** A key with more different values than this is told by its range. */
const listedValueCountMax = 50
const commonValueCount = 10

interface KeyRecord {
  readonly id: number
  readonly source: number
  readonly key: string
  readonly runCount: number
  readonly distinctCount: number
  readonly nullCount: number
  readonly numberCount: number
  readonly textCount: number
  readonly booleanCount: number
  readonly min: number | null
  readonly max: number | null
}

interface ValueRecord {
  readonly id: number
  readonly source: number
  readonly type: string
  readonly value: number | string | Uint8Array
  readonly runCount: number
}

const isNumber = `typeof(v.value) IN ('real', 'integer')`
/**
 * Values of the newest runs; integers beyond 2^53, which are stored as such, are rounded. CROSS JOIN: the runs come first. Left
 * to itself, SQLite goes through the values of all projects and looks for the run of each.
 */
const valuesOfRuns = `FROM (SELECT run.id FROM run JOIN project ON project.id = run.project_id
    WHERE project.entity = ?1 AND project.name = ?2 ORDER BY run.number DESC LIMIT ?3) AS chosen
  CROSS JOIN run_value AS v ON v.run = chosen.id AND v.source IN (0, 1)`

export function listRunValueKeys(connection: Connection, query: RunValueKeyQuery): RunValueKeyRow[] {
  const parameters = [query.entity, query.project, query.runCountMax] as const
  const keys = connection.all<KeyRecord>(
    `SELECT v.key AS id, v.source AS source, ${wholeColumn('key.name', 'key')}, count(*) AS runCount,
       count(DISTINCT v.value) AS distinctCount, sum(v.value IS NULL) AS nullCount, sum(${isNumber}) AS numberCount,
       sum(typeof(v.value) = 'text') AS textCount,
       sum(typeof(v.value) = 'blob' AND v.value < ${orderEnd}) AS booleanCount,
       min(CASE WHEN ${isNumber} THEN CAST(v.value AS REAL) END) AS min,
       max(CASE WHEN ${isNumber} THEN CAST(v.value AS REAL) END) AS max
     ${valuesOfRuns} JOIN key ON key.id = v.key GROUP BY v.source, v.key ORDER BY v.source, key.name`,
    ...parameters,
  )
  const isListed = ({ distinctCount }: KeyRecord): boolean => distinctCount <= listedValueCountMax
  const values = connection.all<ValueRecord>(
    `SELECT v.key AS id, v.source AS source, typeof(v.value) AS type,
       iif(${isNumber}, CAST(v.value AS REAL), ${wholeExpression('v.value')}) AS value,
       count(*) AS runCount
     ${valuesOfRuns} WHERE v.value < ${orderEnd} AND v.key IN (SELECT value FROM json_each(?4))
     GROUP BY v.source, v.key, v.value ORDER BY runCount DESC, v.value`,
    ...parameters,
    JSON.stringify(keys.filter(isListed).map(({ id }) => id)),
  )
  const valuesOf = Map.groupBy(values, placeOf)
  return keys.map((key) => toRow(key, (isListed(key) && valuesOf.get(placeOf(key))) || []))
}

function placeOf({ id, source }: { readonly id: number; readonly source: number }): string {
  return `${source} ${id}`
}

function toRow(record: KeyRecord, values: readonly ValueRecord[]): RunValueKeyRow {
  const { key, source, runCount, distinctCount, min, max } = withWholeTexts(record, ['key'])
  return {
    source: source === 0 ? 'config' : 'summary',
    key,
    runCount,
    distinctCount,
    kinds: {
      null: record.nullCount,
      number: record.numberCount,
      text: record.textCount,
      boolean: record.booleanCount,
    },
    min: min ?? undefined,
    max: max ?? undefined,
    commonValues: values
      .slice(0, commonValueCount)
      .map((value) => ({ value: toValue(value), runCount: value.runCount })),
  }
}

function toValue({ type, value }: ValueRecord): number | string | boolean {
  if (!(value instanceof Uint8Array)) return value
  return type === 'text' ? fromWholeText(value) : fromBooleanCell(value)
}
