import { isJsonObject, type JsonValue, type ParsedTable, parseTable } from '@lossline/protocol'

/** What a file holds that is shown as a table. */
export type TableFile =
  | { readonly kind: 'table'; readonly table: ParsedTable }
  /** The tables below a folder of its version, one after the other. */
  | { readonly kind: 'parts'; readonly folder: string }
  /** Two files of its version, side by side by a column of each. */
  | { readonly kind: 'join'; readonly paths: readonly [string, string]; readonly keys: readonly [string, string] }

/** @throws {@link ProtocolError} `invalid-table` when it is none of them. */
export function parseTableFile(json: JsonValue): TableFile {
  if (isJsonObject(json)) {
    const { _type: type, parts_path: folder, table1, table2, join_key: key } = json
    if (type === 'partitioned-table' && typeof folder === 'string') {
      return { kind: 'parts', folder: folder.replace(/\/+$/, '') }
    }
    const [first, second] = Array.isArray(key) ? key : [key, key]
    if (
      type === 'joined-table' &&
      typeof table1 === 'string' &&
      typeof table2 === 'string' &&
      typeof first === 'string' &&
      typeof second === 'string'
    ) {
      return { kind: 'join', paths: [table1, table2], keys: [first, second] }
    }
  }
  return { kind: 'table', table: parseTable(json) }
}
