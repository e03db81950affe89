import type { StrictJson, TableCellValue, TableColumnInfo, TableSummary } from '@lossline/protocol'
import { formatDateTime, formatNumber } from '../text/format.ts'

/** What a cell says in one line; media are drawn, not said. */
export function cellText(cell: TableCellValue): string {
  if (cell === null) return '–'
  if (typeof cell === 'number') return formatNumber(cell)
  if (typeof cell !== 'object') return String(cell)
  switch (cell.kind) {
    case 'number':
      return cell.text
    case 'time':
      return formatDateTime(cell.timeMs)
    case 'json':
      return JSON.stringify(cell.value)
    case 'cut':
      return `${cell.text}…`
    case 'group':
      return groupText(cell)
    case 'image':
    case 'audio':
    case 'video':
    case 'html':
    case 'file':
      return cell.caption ?? cell.name
  }
}

/** The mean of a group's numbers, else its most frequent value. */
function groupText({ numbers, values }: TableSummary): string {
  if (numbers !== undefined && numbers.mean !== null) {
    return `${formatNumber(numbers.mean)} ± ${formatNumber(numbers.sd ?? 0)}`
  }
  if (numbers !== undefined) return 'NaN'
  return values?.top[0]?.text ?? '–'
}

/** Every digit of a cell, to be copied. */
export function exactText(cell: TableCellValue): string {
  if (cell === null) return ''
  if (typeof cell === 'object' && cell.kind === 'time') return new Date(cell.timeMs).toISOString()
  if (typeof cell === 'object' && cell.kind === 'json') return JSON.stringify(cell.value as StrictJson, null, 2)
  return typeof cell === 'number' ? String(cell) : cellText(cell)
}

const mediaTypes = new Set(['image-file', 'video-file', 'audio-file'])

/** Whether cells of a column are drawn, so that rows must be higher. */
export function isMediaColumn({ type }: TableColumnInfo): boolean {
  return mediaTypes.has(type)
}

/** Whether cells of a column stand at the right. */
export function isNumberColumn({ type }: TableColumnInfo): boolean {
  return type === 'number'
}

const widthsByType: Readonly<Record<string, number>> = {
  number: 116,
  boolean: 88,
  timestamp: 164,
  'image-file': 100,
  'audio-file': 260,
  'video-file': 160,
}
const characterWidth = 7.5
const padding = 26
const widthMax = 360

/**
 * Width of a column in pixels: by its type, or by the texts of the given cells; and by its name, with room for the mark of the
 * order beside it.
 */
export function columnWidth({ name, type }: TableColumnInfo, cells: readonly TableCellValue[]): number {
  const longest = cells.reduce<number>((most, cell) => Math.max(most, cellText(cell).length), 0)
  const forCells = widthsByType[type] ?? Math.min(widthMax, padding + longest * characterWidth)
  const forName = Math.min(240, padding + 18 + name.length * characterWidth)
  return Math.max(forCells, forName)
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  timestamp: 'time',
  'image-file': 'image',
  'audio-file': 'audio',
  'video-file': 'video',
  'html-file': 'HTML',
  'object3D-file': '3D object',
  dictionary: 'object',
  any: 'mixed',
}

/** What people call a type of a column. */
export function typeName(type: string): string {
  return typeNames[type] ?? type
}
