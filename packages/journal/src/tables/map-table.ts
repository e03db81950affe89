import {
  type ColumnCells,
  isMediaCell,
  isOptional,
  type NumericArray,
  optionalOf,
  type TableCell,
  type TableColumn,
} from '@lossline/protocol'
import type { ChangeContent, OnCellFailure } from '../media/map-contents.ts'
import type { MediaArray, MediaSnapshot } from '../media/media-snapshot.ts'
import type { TableSnapshot } from './table-snapshot.ts'

type MapMedia = (media: MediaSnapshot) => MediaSnapshot

/** How the contents of a table are replaced. */
export interface TableMapping {
  readonly change: ChangeContent
  readonly mapMedia: MapMedia
  /** Default: what a cell's media throw is thrown. */
  readonly onCellFailure: OnCellFailure | undefined
}

/**
 * Replaces the arrays that the columns of a table lie in, and the media of its cells. A cell whose media fail is null, and
 * its column may have such cells from then on.
 */
export function mapTableContents(table: TableSnapshot, mapping: TableMapping): TableSnapshot {
  const { change, mapMedia, onCellFailure } = mapping
  const columns = table.columns.map((column): TableColumn<MediaSnapshot> => {
    const { name, type, cells } = column
    if (cells.kind !== 'values') return { ...column, cells: mapArrays(cells, change) }
    let hasFailed = false
    const values = cells.values.map((cell) => {
      try {
        return mapCell(cell, mapMedia)
      } catch (error) {
        if (onCellFailure === undefined) throw error
        hasFailed = true
        onCellFailure(name, error)
        return null
      }
    })
    return { name, type: hasFailed && !isOptional(type) ? optionalOf(type) : type, cells: { ...cells, values } }
  })
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

type ArrayCells = Exclude<ColumnCells<MediaSnapshot>, { readonly kind: 'values' }>

function mapArrays(cells: ArrayCells, change: ChangeContent): ArrayCells {
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
    default:
      return { ...cells, lengths: changeArray(cells.lengths) }
  }
}

function mapCell(cell: TableCell<MediaSnapshot>, mapMedia: MapMedia): TableCell<MediaSnapshot> {
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
