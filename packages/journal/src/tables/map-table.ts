import { type ColumnCells, isMediaCell, type NumericArray, type TableCell, type TableColumn } from '@lossline/protocol'
import type { ChangeContent } from '../media/map-contents.ts'
import type { MediaArray, MediaSnapshot } from '../media/media-snapshot.ts'
import type { TableSnapshot } from './table-snapshot.ts'

/** Replaces the arrays that the columns of a table lie in, and the media of its cells. */
export function mapTableContents(
  table: TableSnapshot,
  change: ChangeContent,
  mapMedia: (media: MediaSnapshot) => MediaSnapshot,
): TableSnapshot {
  const columns = table.columns.map(
    (column): TableColumn<MediaSnapshot> => ({ ...column, cells: mapCells(column.cells, change, mapMedia) }),
  )
  return { ...table, columns }
}

// What a cell costs in a message beside its text.
const cellBytes = 32

/** Roughly how much memory the parts of a table take that do not wait in shared memory: texts, lists, objects. */
export function estimateTableBytes({ columns }: TableSnapshot): number {
  return columns.reduce((bytes, { cells }) => {
    if (cells.kind === 'texts') return cells.pieces.reduce((sum, { text }) => sum + text.length, bytes)
    return cells.kind === 'values' ? cells.values.reduce((sum: number, cell) => sum + estimateCell(cell), bytes) : bytes
  }, 0)
}

function mapCells(
  cells: ColumnCells<MediaSnapshot>,
  change: ChangeContent,
  mapMedia: (media: MediaSnapshot) => MediaSnapshot,
): ColumnCells<MediaSnapshot> {
  const changeArray = <Kind extends MediaArray>(data: Kind): Kind =>
    // A change keeps the kind of a content, and so that of its array.
    change({ kind: 'numbers', data }).data as Kind
  switch (cells.kind) {
    case 'numbers':
      return {
        ...cells,
        values: changeArray(cells.values),
        ...(cells.missing === undefined ? {} : { missing: changeArray(cells.missing) }),
      }
    case 'booleans':
      return { ...cells, values: changeArray(cells.values) }
    case 'timestamps':
      return { ...cells, values: changeArray(cells.values) }
    case 'texts':
      return { ...cells, lengths: changeArray(cells.lengths) }
    default:
      return { ...cells, values: cells.values.map((cell) => mapCell(cell, mapMedia)) }
  }
}

function mapCell(
  cell: TableCell<MediaSnapshot>,
  mapMedia: (media: MediaSnapshot) => MediaSnapshot,
): TableCell<MediaSnapshot> {
  if (typeof cell !== 'object' || cell === null) return cell
  if (isMediaCell(cell)) return { ...cell, media: mapMedia(cell.media) }
  if (Array.isArray(cell)) return cell.map((member: TableCell<MediaSnapshot>) => mapCell(member, mapMedia))
  if (cell instanceof Map) return new Map([...cell].map(([key, member]) => [key, mapCell(member, mapMedia)]))
  return cell
}

function estimateCell(cell: TableCell<MediaSnapshot>): number {
  if (typeof cell === 'string') return cellBytes + cell.length
  if (typeof cell !== 'object' || cell === null) return cellBytes
  if (ArrayBuffer.isView(cell)) return cellBytes + (cell as NumericArray).byteLength
  if (Array.isArray(cell)) return cell.reduce((sum: number, member) => sum + estimateCell(member), cellBytes)
  if (cell instanceof Map) {
    return [...cell].reduce((sum: number, [key, member]) => sum + key.length + estimateCell(member), cellBytes)
  }
  return cellBytes
}
