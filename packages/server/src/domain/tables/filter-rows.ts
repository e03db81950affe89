import {
  type ComparisonOperator,
  columnNameOf,
  columnsNamed,
  parseJson,
  parseTableQuery,
  type QueryKey,
  type QueryValue,
  type RunQueryNode,
  RunQuerySyntaxError,
  readQueryTokens,
} from '@lossline/protocol'
import type { CompilePattern } from '@lossline/store'
import { cellKinds } from './cells.ts'
import { compareCells, type ExactNumber, holds, readNumber } from './compare-cells.ts'
import { naturalKey } from './natural-order.ts'
import { shownText } from './shown-text.ts'
import { cellRow, type TableColumn } from './table-data.ts'
import { type CheckCancelled, rowsBetweenChecks, TableError } from './table-error.ts'

/** Which rows are meant. */
export interface RowFilter {
  /** In the language of queries about runs; columns are its keys. */
  readonly filter: string
  /** Words that some cell holds, any case. */
  readonly search: string
}

/** What filters work with. */
export interface FilterContext {
  readonly compile: CompilePattern
  readonly nowMs: number
  readonly check: CheckCancelled
}

/** Each goes through all rows. More values than these fit into a list. */
const conditionsMax = 200

/**
 * The rows that match, ascending. Of tables side by side, the name of a column means its namesakes too: a row matches when one of
 * them does. `name (1)` means the first of them alone, `name (2)` the second.
 *
 * @throws {@link TableError} `invalid`, with the position in the text; more than 200 conditions.
 */
export function filterRows(
  columns: readonly TableColumn[],
  rowCount: number,
  { filter, search }: RowFilter,
  context: FilterContext,
): Uint32Array {
  const query = parseFilter(filter, columns)
  const nodes: RunQueryNode[] = query === undefined ? [] : [query]
  if (search.trim() !== '') nodes.push({ kind: 'words', text: search.trim() })
  const conditionCount = nodes.reduce((sum, node) => sum + countConditions(node), 0)
  if (conditionCount > conditionsMax) {
    throw new TableError(
      'invalid',
      `The filter has ${conditionCount} conditions, and it may have ${conditionsMax}.`,
      'Compare with many values at once: label in [cat, dog].',
    )
  }
  const mask =
    nodes.length === 0 ? undefined : evaluate({ kind: 'and', of: nodes }, { ...context, filter, columns, rowCount })
  const rows = new Uint32Array(rowCount)
  let count = 0
  for (let row = 0; row < rowCount; row += 1) if (mask === undefined || mask[row] === 1) rows[count++] = row
  return rows.slice(0, count)
}

/** Reads a filter. Undefined: one that every row passes. @throws {@link TableError} `invalid`. */
export function parseFilter(filter: string, columns: readonly TableColumn[]): RunQueryNode | undefined {
  try {
    return parseTableQuery(filter, columns)
  } catch (error) {
    if (error instanceof RunQuerySyntaxError) throw new TableError('invalid', error.message)
    throw error
  }
}

interface Question extends FilterContext {
  readonly filter: string
  readonly columns: readonly TableColumn[]
  readonly rowCount: number
}

/** A 1 for each row that matches. */
type Mask = Uint8Array

function evaluate(node: RunQueryNode, question: Question): Mask {
  switch (node.kind) {
    case 'and':
    case 'or': {
      // One mask a row is a byte: each is folded as it is made, and the largest part comes first, so that few wait for others.
      const [first, ...rest] = node.of.toSorted((one, other) => countConditions(other) - countConditions(one))
      const mask = evaluate(first!, question)
      for (const one of rest) fold(mask, node.kind, evaluate(one, question))
      return mask
    }
    case 'not': {
      const mask = evaluate(node.of, question)
      for (let row = 0; row < mask.length; row += 1) mask[row]! ^= 1
      return mask
    }
    case 'words':
      return findWords(node.text, question)
    default:
      return testCondition(node, question)
  }
}

type Condition = Exclude<RunQueryNode, { kind: 'and' | 'or' | 'not' | 'words' }>

function testCondition(node: Condition, question: Question): Mask {
  const columns = columnsOf(node.key, question)
  if (node.kind === 'compare' && node.other !== undefined) {
    return compareColumns(node.operator, pairs(columns, columnsOf(node.other, question)), question)
  }
  const mask = new Uint8Array(question.rowCount)
  for (const column of columns) {
    fold(mask, 'or', testColumn(column, toTest(node, column.type === 'timestamp', question), question))
  }
  return mask
}

/** Columns of one table, as far as they are of tables side by side. */
function pairs(
  lefts: readonly TableColumn[],
  rights: readonly TableColumn[],
): readonly (readonly [TableColumn, TableColumn])[] {
  const all = lefts.flatMap((left) => rights.map((right) => [left, right] as const))
  const beside = all.filter(([{ source: one }, { source: other }]) => (one ?? other) === (other ?? one))
  return beside.length > 0 ? beside : all
}

function compareColumns(
  operator: ComparisonOperator,
  columns: ReturnType<typeof pairs>,
  { rowCount, check }: Question,
): Mask {
  const mask = new Uint8Array(rowCount)
  for (let row = 0; row < rowCount; row += 1) {
    if (row % rowsBetweenChecks === 0) check()
    mask[row] = Number(columns.some(([one, other]) => compareCells(one, other, { operator, row })))
  }
  return mask
}

function fold(mask: Mask, kind: 'and' | 'or', other: Mask): void {
  for (let row = 0; row < mask.length; row += 1) {
    if (kind === 'and') mask[row]! &= other[row]!
    else mask[row]! |= other[row]!
  }
}

function countConditions(node: RunQueryNode): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.of.reduce((sum, one) => sum + countConditions(one), 0)
    case 'not':
      return countConditions(node.of)
    default:
      return 1
  }
}

/** What is asked of the cells of one column. */
interface CellTest {
  readonly isMissingMatched: boolean
  readonly number: (value: number) => boolean
  /** Beyond ±2⁵³, by its digits. */
  readonly integer: (digits: string) => boolean
  readonly boolean: (value: boolean) => boolean
  readonly text: (text: string, isJson: boolean) => boolean
}

function toTest(node: Condition, isTime: boolean, question: Question): CellTest {
  switch (node.kind) {
    case 'exists':
      return { isMissingMatched: false, number: () => true, integer: () => true, boolean: () => true, text: () => true }
    case 'compare':
      return toComparison(node.operator, node.value, isTime)
    case 'when':
      return toComparison(node.operator, question.nowMs + node.offsetMs, false)
    case 'in': {
      const tests = node.values.map((value) => toComparison('=', value, isTime))
      return {
        isMissingMatched: tests.some((test) => test.isMissingMatched),
        number: (value) => tests.some((test) => test.number(value)),
        integer: (digits) => tests.some((test) => test.integer(digits)),
        boolean: (value) => tests.some((test) => test.boolean(value)),
        text: (text, isJson) => tests.some((test) => test.text(text, isJson)),
      }
    }
    case 'matches': {
      const matches = compileOrThrow(node.pattern, question)
      return {
        isMissingMatched: false,
        number: (value) => matches(String(value)),
        integer: matches,
        boolean: (value) => matches(String(value)),
        text: (text, isJson) => matches(isJson ? shownText(text) : text),
      }
    }
    case 'includes':
      return {
        isMissingMatched: false,
        number: () => false,
        integer: () => false,
        boolean: () => false,
        text: (text, isJson) => (isJson ? hasMember(text, node.value) : text === node.value),
      }
  }
}

function toComparison(operator: ComparisonOperator, value: QueryValue, isTime: boolean): CellTest {
  if (operator === '!=') {
    const same = toComparison('=', value, isTime)
    return {
      isMissingMatched: !same.isMissingMatched,
      number: (one) => !same.number(one),
      integer: (digits) => !same.integer(digits),
      boolean: (one) => !same.boolean(one),
      text: (one, isJson) => !same.text(one, isJson),
    }
  }
  const number = toNumber(value, isTime)
  const text = value === null ? undefined : String(value)
  const key = text === undefined ? undefined : naturalKey(text)
  return {
    isMissingMatched: value === null && operator === '=',
    number:
      number === undefined
        ? () => false
        : Number.isNaN(number)
          ? (one) => operator === '=' && Number.isNaN(one)
          : (one) => holds(one, operator, number),
    integer: number === undefined ? () => false : (digits) => holds(BigInt(digits), operator, number),
    boolean: (one) => operator === '=' && (typeof value === 'boolean' ? one === value : text === String(one)),
    text:
      text === undefined || typeof value === 'boolean'
        ? (one) => operator === '=' && one === text
        : operator === '='
          ? (one, isJson) => (isJson ? shownText(one) : one) === text
          : (one, isJson) => holds(compareKeys(naturalKey(isJson ? shownText(one) : one), key!), operator, 0),
  }
}

function toNumber(value: QueryValue, isTime: boolean): ExactNumber | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  if (!isTime) return readNumber(value)
  const timeMs = Date.parse(value)
  return Number.isNaN(timeMs) ? undefined : timeMs
}

function compareKeys(one: Uint8Array, other: Uint8Array): number {
  return Buffer.compare(one, other)
}

/** Integers, texts and JSON, which a pool may hold under one code. */
const textKinds = 3

function testColumn(column: TableColumn, test: CellTest, { rowCount, check }: Question): Mask {
  const { kinds, numbers, codes, pool } = column.cells
  const mask = new Uint8Array(rowCount)
  // Each text is tested once: 1 = no, 2 = yes.
  const known = new Uint8Array(textKinds * pool.count)
  for (let row = 0; row < rowCount; row += 1) {
    if (row % rowsBetweenChecks === 0) check()
    const at = cellRow(column, row)
    const kind = at < 0 ? cellKinds.missing : kinds[at]!
    switch (kind) {
      case cellKinds.missing:
        mask[row] = Number(test.isMissingMatched)
        break
      case cellKinds.boolean:
        mask[row] = Number(test.boolean(numbers![at] === 1))
        break
      case cellKinds.number:
        mask[row] = Number(test.number(numbers![at]!))
        break
      default: {
        const slot = textKinds * codes![at]! + kind - cellKinds.integer
        if (known[slot] === 0) {
          const text = pool.text(codes![at]!)
          const isMatch = kind === cellKinds.integer ? test.integer(text) : test.text(text, kind === cellKinds.json)
          known[slot] = isMatch ? 2 : 1
          if (slot % rowsBetweenChecks === 0) check()
        }
        mask[row] = known[slot]! - 1
      }
    }
  }
  return mask
}

/** Rows with the words in a cell, any case. */
function findWords(words: string, question: Question): Mask {
  const wanted = words.toLowerCase()
  const has = (text: string): boolean => text.toLowerCase().includes(wanted)
  const inNumbers = /^[-+.\daefinty]+$/.test(wanted)
  const test: CellTest = {
    isMissingMatched: false,
    number: inNumbers ? (value) => has(String(value)) : () => false,
    integer: has,
    boolean: (value) => has(String(value)),
    // Most texts do not have the words, and need not be parsed to see that.
    text: (text, isJson) => has(text) && (!isJson || has(shownText(text))),
  }
  const found = new Uint8Array(question.rowCount)
  for (const column of question.columns) {
    const mask = testColumn(column, test, question)
    for (let row = 0; row < found.length; row += 1) found[row]! |= mask[row]!
  }
  return found
}

function hasMember(json: string, wanted: string): boolean {
  const value = parseJson(json)
  return Array.isArray(value) && value.some((member) => String(member) === wanted)
}

function columnsOf(key: QueryKey, { columns, filter }: Question): readonly TableColumn[] {
  const name = columnNameOf(key)
  const found = columnsNamed(name, columns)
  if (found.length > 0) return found
  const token = readQueryTokens(filter).find((one) => 'text' in one && one.text === name)
  const place = token === undefined ? '' : ` (position ${token.from + 1})`
  throw new TableError('invalid', `The table has no column "${name}"${place}.`)
}

function compileOrThrow(pattern: string, { compile }: Question): (text: string) => boolean {
  try {
    return compile(pattern)
  } catch (cause) {
    throw new TableError(
      'invalid',
      `The pattern /${pattern}/ cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Patterns have the syntax of RE2: https://github.com/google/re2/wiki/Syntax',
    )
  }
}
