import { isMediaCell, isNumericArray } from '@lossline/protocol'
import type { Cell } from './growing-cells.ts'
import { mediaOfCell } from './media-cell.ts'

/** A cell as the program gets it back: a copy, dictionaries as objects, media as the objects that were put in. */
export function fromCell(cell: Cell): unknown {
  if (typeof cell !== 'object' || cell === null) return cell
  if (cell instanceof Date) return new Date(cell.getTime())
  if (isNumericArray(cell)) return cell.slice()
  if (isMediaCell(cell)) return mediaOfCell(cell)
  if (cell instanceof Map) return Object.fromEntries([...cell].map(([key, member]) => [key, fromCell(member)]))
  // Neither of the above: a list.
  return (cell as readonly Cell[]).map(fromCell)
}
