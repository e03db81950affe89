import {
  type Expression,
  ExpressionSyntaxError,
  type ExpressionTerm,
  evaluateExpression,
  expressionTerms,
  parseExpression,
  termText,
} from '@lossline/protocol'
import { cellKinds, createCells } from './cells.ts'
import { isSameCell } from './compare-cells.ts'
import { kindAt, numberAt, type TableColumn, type TableData } from './table-data.ts'
import { type CheckCancelled, rowsBetweenChecks, TableError } from './table-error.ts'

/** A column that is worked out from others. */
export interface ComputedColumn {
  readonly name: string
  /** A formula over columns, such as `score - ${other score}`. */
  readonly expression: string
}

/**
 * The table with columns of numbers behind its own. Booleans count as 0 and 1. Where a cell that the formula names is no number, the
 * result is missing, unless the formula gives one all the same; where it is a text, the result is missing in any case. Two columns,
 * of which one has texts or integers beyond ±2⁵³, are compared cell by cell by `==` and `!=`, and the result is missing where a cell
 * is. Everything else is refused for columns of nothing but texts.
 *
 * @throws {@link TableError} `invalid`, with the position in the formula.
 */
export function computeColumns(
  table: TableData,
  computed: readonly ComputedColumn[],
  check: CheckCancelled,
): TableData {
  const columns = [...table.columns]
  let { sizeBytes } = table
  for (const one of computed) {
    check()
    const column = computeColumn(columns, table.rowCount, one, check)
    columns.push(column)
    sizeBytes += column.cells.sizeBytes
  }
  return { ...table, columns, sizeBytes }
}

function computeColumn(
  columns: readonly TableColumn[],
  rowCount: number,
  { name, expression: text }: ComputedColumn,
  check: CheckCancelled,
): TableColumn {
  if (columns.some((column) => column.name === name)) {
    throw new TableError('invalid', `The table has a column "${name}" already.`)
  }
  try {
    const expression = parseExpression(text)
    const found = new Map(expressionTerms(expression).map((term) => [termText(term), columnOf(term, columns, text)]))
    const { numeric, comparisons } = splitComparisons(expression, (term) => found.get(termText(term))!)
    const numbers = expressionTerms(numeric).flatMap((term) => found.get(termText(term)) ?? [])
    for (const column of numbers) refuseTexts(column, text)
    const values = evaluateExpression(numeric, rowCount, (term) => {
      const comparison = comparisons.get(termText(term))
      return comparison === undefined
        ? toNumbers(found.get(termText(term))!, rowCount)
        : compareColumns(comparison, rowCount, check)
    })
    const builder = createCells()
    const used = [...found.values()]
    for (let row = 0; row < rowCount; row += 1) {
      const value = values[row]!
      // A comparison would take a text for an unknown number and answer all the same.
      if (numbers.some((column) => kindAt(column, row) >= cellKinds.text)) builder.addMissing()
      else if (Number.isNaN(value) && used.some((column) => !isNumber(column, row))) builder.addMissing()
      else builder.addNumber(value)
    }
    return { name, type: 'number', cells: builder.cells, origin: { starts: [0], leaves: [''], types: [undefined] } }
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error
    throw new TableError('invalid', `Column "${name}": ${error.message}`)
  }
}

/** Two columns whose cells are compared as they are. */
interface ColumnComparison {
  readonly one: TableColumn
  readonly other: TableColumn
  readonly isSameWanted: boolean
}

/** The formula with a term in place of each comparison of two columns that are not just numbers. */
function splitComparisons(
  expression: Expression,
  columnOf: (term: ExpressionTerm) => TableColumn,
): { readonly numeric: Expression; readonly comparisons: ReadonlyMap<string, ColumnComparison> } {
  const comparisons = new Map<string, ColumnComparison>()
  const replace = (node: Expression): Expression => {
    switch (node.kind) {
      case 'number':
      case 'term':
        return node
      case 'negative':
        return { ...node, of: replace(node.of) }
      case 'call':
        return { ...node, arguments: node.arguments.map(replace) }
      case 'operation': {
        const { operator, left, right } = node
        const isEquality = operator === '==' || operator === '!='
        if (!isEquality || left.kind !== 'term' || right.kind !== 'term') {
          return { ...node, left: replace(left), right: replace(right) }
        }
        const [one, other] = [columnOf(left.term), columnOf(right.term)]
        if (
          ![one, other].some(({ cells: { kindCounts } }) => kindCounts.text + kindCounts.json + kindCounts.integer > 0)
        ) {
          return node
        }
        // No name in a formula has a brace in it.
        const term = { source: 'metric', name: `}${comparisons.size}` } as const
        comparisons.set(termText(term), { one, other, isSameWanted: operator === '==' })
        return { kind: 'term', term }
      }
    }
  }
  return { numeric: replace(expression), comparisons }
}

function compareColumns(
  { one, other, isSameWanted }: ColumnComparison,
  rowCount: number,
  check: CheckCancelled,
): Float64Array {
  const numbers = new Float64Array(rowCount)
  for (let row = 0; row < rowCount; row += 1) {
    if (row % rowsBetweenChecks === 0) check()
    const isMissing = kindAt(one, row) === cellKinds.missing || kindAt(other, row) === cellKinds.missing
    numbers[row] = isMissing ? Number.NaN : Number(isSameCell(one, other, row) === isSameWanted)
  }
  return numbers
}

function refuseTexts({ name, cells: { kindCounts } }: TableColumn, text: string): void {
  const { number, boolean, integer, text: textCount, json } = kindCounts
  if (textCount + json === 0 || number + boolean + integer > 0) return
  throw new ExpressionSyntaxError(
    `"${name}" has no numbers; it can only be compared with another column, by == or !=`,
    Math.max(0, text.indexOf(name)),
  )
}

function columnOf(term: ExpressionTerm, columns: readonly TableColumn[], text: string): TableColumn {
  const name = term.source === 'x' ? 'x' : term.source === 'metric' ? term.name : `${term.source}:${term.name}`
  const found = columns.find((column) => column.name === name)
  if (found !== undefined) return found
  throw new ExpressionSyntaxError(`The table has no column "${name}"`, Math.max(0, text.indexOf(name)))
}

function toNumbers(column: TableColumn, rowCount: number): Float64Array {
  const numbers = new Float64Array(rowCount)
  for (let row = 0; row < rowCount; row += 1) numbers[row] = numberAt(column, row)
  return numbers
}

function isNumber(column: TableColumn, row: number): boolean {
  const kind = kindAt(column, row)
  return kind === cellKinds.number || kind === cellKinds.boolean || kind === cellKinds.integer
}
