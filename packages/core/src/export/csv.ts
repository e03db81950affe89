import { type JsonValue, stringifyJson, stringifyNumber } from '@lossline/protocol'

/**
 * One line of CSV as RFC 4180 has it, with its line's end. A missing value is nothing at all, an empty text is `""`. Numbers
 * are as they are, `NaN`, `Infinity` and `-Infinity` too; a text that would read as one, or as `true`, `false` or `null`, is
 * quoted. Lists and objects are JSON.
 */
export function toCsvLine(cells: readonly (JsonValue | undefined)[]): string {
  return `${cells.map(toCsvCell).join(',')}\r\n`
}

function toCsvCell(value: JsonValue | undefined): string {
  switch (typeof value) {
    case 'undefined':
      return ''
    case 'number':
      return stringifyNumber(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'string':
      return needsQuotes(value) ? quote(value) : value
    default:
      return value === null ? 'null' : quote(stringifyJson(value))
  }
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function needsQuotes(text: string): boolean {
  return (
    /[",\r\n]/.test(text) ||
    text.trim() !== text ||
    text === '' ||
    /^(NaN|[+-]?Infinity|true|false|null)$/.test(text) ||
    !Number.isNaN(Number(text))
  )
}
