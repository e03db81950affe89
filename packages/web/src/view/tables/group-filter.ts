import type { TableCellValue, TableColumnInfo, TableRow } from '@lossline/protocol'
import type { ShownColumn } from './shown-columns.ts'
import { quoted, quotedText, withCondition } from './table-state.ts'

/** A filter that only the rows of a group pass; undefined where a key is something that filters cannot name. */
export function groupFilter(
  shown: readonly ShownColumn[],
  group: readonly string[],
  { cells }: TableRow,
  before: string,
): string | undefined {
  const conditions: string[] = []
  for (const name of group) {
    const column = shown.find(({ info }) => info.name === name)
    const condition = column && conditionOf(nameAlone(column.info), cells[column.index] ?? null)
    if (condition === undefined) return undefined
    conditions.push(condition)
  }
  return withCondition(before, conditions.join(' and '))
}

/** Of tables side by side, a name alone means the columns of all of them. */
function nameAlone({ name, base }: TableColumnInfo): string {
  return base === name ? `${name} (1)` : name
}

function conditionOf(name: string, cell: TableCellValue): string | undefined {
  const key = quoted(name)
  if (cell === null) return `not has(${key})`
  if (typeof cell === 'number' || typeof cell === 'boolean') return `${key} = ${cell}`
  if (typeof cell === 'string') return `${key} = ${quotedText(cell)}`
  if (cell.kind === 'time') return `${key} = "${new Date(cell.timeMs).toISOString()}"`
  return cell.kind === 'number' && /^(NaN|-?Infinity)$/.test(cell.text) ? `${key} = ${cell.text}` : undefined
}
