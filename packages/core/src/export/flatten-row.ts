import { isJsonObject, type JsonObject, type JsonValue } from '@lossline/protocol'

/** Cells of a row by column. */
export type FlatRow = ReadonlyMap<string, JsonValue>

/**
 * Lays nested objects out as columns, with `.` between their labels. Lists and media stay values: an object with `_type`
 * says where a file is, and is of use only as a whole.
 *
 * @param prefix - Begins the names of all columns, such as `config.`. Default: nothing.
 */
export function flattenRow(row: JsonObject, prefix = ''): Map<string, JsonValue> {
  const cells = new Map<string, JsonValue>()
  visit(row, prefix)
  return cells

  function visit(object: JsonObject, start: string): void {
    for (const [key, value] of Object.entries(object)) {
      const isNested = isJsonObject(value) && value._type === undefined && Object.keys(value).length > 0
      if (isNested) visit(value, `${start}${key}.`)
      else cells.set(`${start}${key}`, value)
    }
  }
}
