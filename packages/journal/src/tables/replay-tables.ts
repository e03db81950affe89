import { type JsonObject, type JsonValue, parseJson, pathOf, type WandbRecordBody } from '@lossline/protocol'

const scheme = 'wandb-client-artifact://'

/**
 * The values of tables in a record of a journal, by the client ids of their artifacts: what a writer that takes over has to
 * know to repeat them.
 */
export function tablesOfRecord(record: WandbRecordBody): ReadonlyMap<string, JsonObject> {
  const tables = new Map<string, JsonObject>()
  if (record.kind !== 'history') return tables
  const objects = new Map<string, Record<string, JsonValue>>()
  for (const item of record.history.item ?? []) {
    const path = pathOf(item)
    const label = path.at(-1)
    if (path.length < 2 || label === undefined) continue
    const parent = JSON.stringify(path.slice(0, -1))
    // Without a prototype, so that a label named `__proto__` is one like any other.
    const object: Record<string, JsonValue> = objects.get(parent) ?? Object.create(null)
    objects.set(parent, object)
    object[label] = parseJson(item.valueJson ?? 'null')
  }
  for (const object of objects.values()) {
    const { _type: type, artifact_path: uri } = object
    const isTable = type === 'table-file' || type === 'incremental-table-file'
    if (!isTable || typeof uri !== 'string' || !uri.startsWith(scheme)) continue
    const clientId = uri.slice(scheme.length).split('/')[0]
    if (clientId !== undefined) tables.set(clientId, object)
  }
  return tables
}
