import type { CustomChartRow, PutCustomChartWrite } from '../views/custom-charts.ts'
import type { Connection } from './connection.ts'
import { wholeColumns, withWholeTexts } from './whole-text.ts'

const texts = { name: 'name', displayName: 'display_name', type: 'type', spec: 'spec', username: 'username' }

export function findCustomChart(connection: Connection, entity: string, name: string): CustomChartRow | undefined {
  const row = connection.get<CustomChartRow>(
    `SELECT entity, access, created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs, ${wholeColumns('custom_chart', texts)}
     FROM custom_chart WHERE entity = ? AND name = ?`,
    entity,
    name,
  )
  return row && withWholeTexts(row, ['name', 'displayName', 'type', 'spec', 'username'])
}

/** Within a transaction. */
export function putCustomChart(connection: Connection, write: PutCustomChartWrite): { readonly chart: CustomChartRow } {
  const { entity, name, displayName, type, access, spec, username, nowMs } = write
  connection.run(
    `INSERT INTO custom_chart (entity, name, display_name, type, access, spec, username, created_at_ms, updated_at_ms)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
     ON CONFLICT DO UPDATE SET display_name = excluded.display_name, type = excluded.type, access = excluded.access,
       spec = excluded.spec, updated_at_ms = max(updated_at_ms, excluded.updated_at_ms)`,
    entity,
    name,
    displayName,
    type,
    access,
    spec,
    username,
    nowMs,
  )
  return { chart: findCustomChart(connection, entity, name)! }
}
