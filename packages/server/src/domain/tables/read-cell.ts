import { cellKinds } from './cells.ts'
import { cellRow, originAt, type TableColumn } from './table-data.ts'
import type { RawCell } from './table-request.ts'

/** As long as the JSON of a picture with very many boxes. */
const mediaLengthDefault = 2 ** 20

/**
 * A cell, its text cut after so many characters. Half of a medium is nothing: they are cut only where they are longer than
 * `mediaLengthMax`, by default 2²⁰.
 */
export function readCell(
  column: TableColumn,
  row: number,
  textLengthMax: number,
  mediaLengthMax: number = mediaLengthDefault,
): RawCell {
  const at = cellRow(column, row)
  if (at < 0) return null
  const { kinds, numbers, codes, pool } = column.cells
  switch (kinds[at]) {
    case cellKinds.missing:
      return null
    case cellKinds.number:
      return numbers![at]!
    case cellKinds.boolean:
      return numbers![at] === 1
    case cellKinds.integer:
      return { kind: 'integer', text: pool.text(codes![at]!) }
    case cellKinds.text: {
      const { text, isCut } = pool.start(codes![at]!, textLengthMax)
      return isCut ? { kind: 'cut', text } : text
    }
    default: {
      const { text, isCut } = pool.start(codes![at]!, textLengthMax)
      const leaf = originAt(column, at)
      if (!isCut) return { kind: 'json', text, isCut, leaf }
      const isMedia = /^\{[^{[]*"_type"/.test(text) || (column.type.endsWith('-file') && text.startsWith('{'))
      const media = isMedia ? pool.start(codes![at]!, mediaLengthMax) : undefined
      return media?.isCut === false
        ? { kind: 'json', text: media.text, isCut: false, leaf }
        : { kind: 'json', text, isCut, leaf }
    }
  }
}
