import { printQueryValue, printRunQuery } from './print-run-query.ts'
import {
  describeKind,
  operatorsOf,
  type QueryKeyHolds,
  type QueryKeyInfo,
  type QueryLanguage,
  type QueryOperator,
} from './query-language.ts'
import { columnsNamed, parseTableQuery, printOtherColumn, type QueryColumn, tablePrintOptions } from './table-query.ts'

/** What is known of the values of a column. */
export interface TableColumnValues {
  /** Of the numbers; null without any. */
  readonly min: number | null
  readonly max: number | null
  /** Texts that are frequent. */
  readonly values: readonly string[]
}

/**
 * Queries about the rows of a table.
 *
 * @param valuesOf - What is known of the values of a column by its name; undefined where nothing is.
 */
export function tableQueryLanguage(
  columns: readonly QueryColumn[],
  valuesOf: (name: string) => TableColumnValues | undefined,
): QueryLanguage {
  const keys = columns.map((column) => toKeyInfo(column, valuesOf(column.name)))
  const byText = new Map(keys.map((info) => [info.text, info]))
  const options = tablePrintOptions(columns)
  const find = (name: string): QueryKeyInfo | undefined => {
    const [column] = columnsNamed(name, columns)
    return column && byText.get(column.name)
  }
  return {
    keys,
    find,
    parse: (text) => parseTableQuery(text, columns),
    print: (query) => printRunQuery(query, options),
    printValue: (value) => printQueryValue(value, options),
    othersOf(name) {
      const holds = find(name)?.holds
      const others = keys.filter((info) => info.holds === holds && info.text !== name && holds !== 'boolean')
      return others.flatMap(({ text }) => printOtherColumn(text) ?? [])
    },
  }
}

const kinds: Readonly<Record<string, QueryKeyHolds>> = {
  number: 'number',
  string: 'text',
  boolean: 'boolean',
  timestamp: 'time',
}

function toKeyInfo({ name, type }: QueryColumn, known: TableColumnValues | undefined): QueryKeyInfo {
  const holds = kinds[type] ?? 'any'
  const { min = null, max = null, values = [] } = known ?? {}
  return {
    text: name,
    detail: describeKind(type === 'string' ? 'text' : type === 'timestamp' ? 'time' : type, min, max),
    holds,
    operators: toOperators(holds),
    values: holds === 'boolean' ? [true, false] : holds === 'number' ? [] : values,
    isClosed: holds === 'boolean',
    min,
    max,
  }
}

/** Cells may be lists, whatever a column is called. */
function toOperators(holds: QueryKeyHolds): readonly QueryOperator[] {
  const operators = operatorsOf[holds]
  if (holds !== 'text' && holds !== 'any') return operators
  return operators.flatMap((operator) => (operator === '~' ? ['~', 'has'] : [operator]))
}
