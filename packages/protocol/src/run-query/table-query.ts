import { parseRunQuery, type ReadOperand } from './parse-run-query.ts'
import { type PrintQueryOptions, printQueryKey } from './print-run-query.ts'
import { type QueryKey, type RunQueryFieldInfo, type RunQueryNode, RunQuerySyntaxError } from './run-query.ts'

/** A column as queries need it. */
export interface QueryColumn {
  /** Of its own: of columns with one name the second is called `name (2)`. */
  readonly name: string
  /** `number`, `string`, `timestamp`, … */
  readonly type: string
  /** Of tables side by side: its name in its table. */
  readonly base?: string
}

/**
 * The columns that a name in a query means. Of tables side by side all that have the name in their table; with ` (1)` behind it the
 * first of them alone. Empty: the table has none.
 */
export function columnsNamed<Column extends QueryColumn>(name: string, columns: readonly Column[]): readonly Column[] {
  const found = columns.find((column) => column.name === name)
  if (found !== undefined) return found.base === name ? columns.filter(({ base }) => base === name) : [found]
  const first = name.endsWith(' (1)') ? name.slice(0, -' (1)'.length) : undefined
  return columns.filter((column) => first !== undefined && column.name === first && column.base === first)
}

/** The name of the column that a key means: columns have no namespaces, and a dot is a part of their name. */
export function columnNameOf({ namespace, name }: QueryKey): string {
  return namespace === 'auto' ? name : `${namespace}.${name}`
}

/**
 * Reads a query about the rows of a table. A word without quotes behind an operator that is the name of another column means that
 * column, and so does a name as in formulas: `${score}`. Integers that JavaScript's numbers would round keep their digits.
 *
 * @throws {@link RunQuerySyntaxError}, also for a name as in formulas that is no other column's.
 */
export function parseTableQuery(text: string, columns: readonly QueryColumn[]): RunQueryNode | undefined {
  const holdsOf = (key: QueryKey): RunQueryFieldInfo['holds'] | undefined => {
    const type = columnsNamed(columnNameOf(key), columns)[0]?.type
    return type === 'timestamp' ? 'time' : type === 'number' ? undefined : 'list'
  }
  const readOperand: ReadOperand = (word, key, position) => {
    if (/^[-+]?\d+$/.test(word) && !Number.isSafeInteger(Number(word))) return word.replace(/^\+/, '')
    const inBraces = /^\$\{(.*)\}$/.exec(word)?.[1]
    const name = inBraces ?? word
    const isOther = name !== columnNameOf(key) && columnsNamed(name, columns).length > 0
    if (isOther && (inBraces !== undefined || !isValueWord(word))) return { other: { namespace: 'auto', name } }
    if (!word.startsWith('${')) return undefined
    throw new RunQuerySyntaxError(`"${word}" is no other column of the table`, position)
  }
  return parseRunQuery(text, holdsOf, readOperand)
}

/** Columns may be called as classes are, `0` to `9`: what is a value by itself stays one. */
function isValueWord(word: string): boolean {
  return /^(true|false|null|nan|[-+]?infinity)$/i.test(word) || !Number.isNaN(Number(word))
}

/** How the values of queries about the rows of a table are written. */
export function tablePrintOptions(columns: readonly QueryColumn[]): Required<PrintQueryOptions> {
  return {
    // What is the name of a column would be read as the column.
    needsQuotes: (text) => text.startsWith('${') || columnsNamed(text, columns).length > 0,
    printOther: ({ name }) => printOtherColumn(name) ?? name,
  }
}

/** A column behind an operator. Undefined: its name cannot stand there. */
export function printOtherColumn(name: string): string | undefined {
  if (isValueWord(name)) return `\${${name}}`
  return printQueryKey({ namespace: 'auto', name }) === name ? name : undefined
}
