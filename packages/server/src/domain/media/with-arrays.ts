import {
  type ArrayColumn,
  type ColumnType,
  type ParsedTable,
  ProtocolError,
  type ReadNpzEffects,
  readArrayColumn,
  serializationOf,
} from '@lossline/protocol'

/**
 * A table with the long arrays of numbers in it, which W&B's client puts into files of their own. A column whose file is gone,
 * damaged or too long stays empty: the others are shown all the same.
 *
 * @param readFile - The bytes of a file of the table's version.
 */
export async function withArrays(
  table: ParsedTable,
  readFile: (path: string) => Promise<Uint8Array | undefined>,
  { inflateRaw }: ReadNpzEffects,
): Promise<ParsedTable> {
  const columns = new Map<number, ArrayColumn>()
  for (const [index, name] of table.columns.entries()) {
    const type = table.types?.get(name)
    const array = type && (await readColumn(type, table.rows.length))
    if (array !== undefined) columns.set(index, array)
  }
  if (columns.size === 0) return table
  return {
    ...table,
    rows: table.rows.map((row, index) =>
      row.map((cell, column) => {
        const array = columns.get(column)
        return array === undefined ? cell : (array.cells[index] ?? null)
      }),
    ),
  }

  async function readColumn(type: ColumnType, rowCount: number): Promise<ArrayColumn | undefined> {
    const place = serializationOf(type)
    const bytes = place && (await readFile(place.path))
    if (place === undefined || bytes === undefined) return undefined
    try {
      return readArrayColumn({ bytes, name: place.key, type, rowCount, inflateRaw })
    } catch (error) {
      if (error instanceof ProtocolError) return undefined
      throw error
    }
  }
}
