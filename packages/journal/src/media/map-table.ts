import {
  type ColumnCells,
  isMediaCell,
  isOptional,
  optionalOf,
  type TableCell,
  type TableColumn,
} from '@lossline/protocol'
import type { ChangeContent, OnCellFailure } from './map-contents.ts'
import type { MediaArray, MediaSnapshot } from './media-snapshot.ts'
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
