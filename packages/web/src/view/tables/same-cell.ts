import type { TableCellValue } from '@lossline/protocol'

/** Whether two cells hold the same. Where media lie does not count: their names are made from what is in them. */
export function isSameCell(one: TableCellValue, other: TableCellValue): boolean {
  if (one === other) return true
  return typeof one === 'object' && typeof other === 'object' && contentOf(one) === contentOf(other)
}

function contentOf(cell: TableCellValue): string {
  return JSON.stringify(cell, (key, value: unknown) => (key === 'url' ? undefined : value))
}
