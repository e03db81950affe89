import type { CompilePattern } from '@lossline/store'
import { assertNever } from '../../errors.ts'
import { computeColumns } from './compute-columns.ts'
import { type ColumnDescription, changedRows, createColumnDescriber } from './describe-columns.ts'
import { filterRows } from './filter-rows.ts'
import { createGroupSummary, type Groups, groupRows, sortGroups } from './group-rows.ts'
import { compareTables, joinTables } from './join-tables.ts'
import { readCell } from './read-cell.ts'
import { createRanks, sortRows } from './sort-rows.ts'
import { columnNamed, concatTables, ownBytes, type TableColumn, type TableData } from './table-data.ts'
import { type CheckCancelled, TableError } from './table-error.ts'
import type {
  RawCell,
  TableAnswer,
  TableDescription,
  TableQuestion,
  TableRequest,
  TableText,
  TableTree,
  TableWindow,
  WindowColumn,
  WindowRow,
} from './table-request.ts'
import { toCsv, toJsonRows } from './write-rows.ts'

/** A file that was read, or is read just now. */
export interface OpenFile {
  readonly table: TableData
  readonly isComplete: boolean
}

/** What the engine works with. */
export interface TableEngineOptions {
  /** Waits until the file is read, or, when `rowCount` is given, until it has so many rows. */
  readonly open: (file: TableTree & { kind: 'file' }, signal: AbortSignal, rowCount?: number) => Promise<OpenFile>
  /** Keeps what was made of tables, within some bound of memory. */
  readonly remember: <Value>(key: string, sizeBytesOf: (value: Value) => number, make: () => Value) => Value
  readonly loadPatterns: () => Promise<CompilePattern>
  readonly now: () => number
  /** Lets questions that have come meanwhile go first. Default: nobody else asks. */
  readonly giveWay?: () => Promise<unknown>
}

/** Answers questions about tables. Rejects with {@link TableError}. */
export type AskTable = <Request extends TableRequest>(request: Request, asker: Asker) => Promise<TableAnswer<Request>>

/** Whether somebody still waits: `check` while computing, `signal` while waiting for files. */
export interface Asker {
  readonly check: CheckCancelled
  readonly signal: AbortSignal
}

/** Memory that all tables of a question may take in columns. */
const questionBytesMax = 2 ** 30
/** A whole window of the page has 100 rows: of tables with up to 10,000 columns. */
const windowCellsMax = 1_000_000
/** Characters that a window holds: what it says is written as JSON by the thread that answers everybody. Room for two of the longest texts. */
const windowTextLengthMax = 2 ** 25
/** A text of a window that is full. */
const shortTextLength = 16

/** A table and those of its rows that are meant, in their order. */
interface Prepared {
  readonly table: TableData
  readonly rows: Uint32Array
  readonly groups: SortedGroups | undefined
}

interface SortedGroups {
  readonly groups: Groups
  readonly order: Uint32Array
}

/** Makes an engine over files. */
export function createTableEngine(options: TableEngineOptions): AskTable {
  const { open, remember, loadPatterns, now, giveWay = async () => undefined } = options
  const ranksFor = createRanks()

  const build = (tree: TableTree, files: ReadonlyMap<string, TableData>): TableData => {
    switch (tree.kind) {
      case 'file':
        return files.get(tree.id)!
      case 'concat':
        return concatTables(
          tree.of.map((one) => build(one, files)),
          tree.mode,
          tree.labels,
        )
      case 'join':
        return joinTables(build(tree.left, files), build(tree.right, files), tree.keys)
      case 'compare':
        return compareTables(
          tree.of.map((one) => build(one, files)),
          tree.key,
        )
    }
  }

  /** All files of a table; when they are too large together, or one cannot be read, the others are not waited for. */
  const openFiles = async (tree: TableTree, signal: AbortSignal): Promise<ReadonlyMap<string, TableData>> => {
    const wanted = new Map(filesOf(tree).map((file) => [file.id, file]))
    const failed = new AbortController()
    const either = AbortSignal.any([signal, failed.signal])
    let sizeBytes = 0
    const opened = [...wanted.values()].map(async (file) => {
      const { table } = await open(file, either)
      sizeBytes += table.sizeBytes
      if (sizeBytes > questionBytesMax) throw tooLargeTogether()
      return [file.id, table] as const
    })
    try {
      return new Map(await Promise.all(opened))
    } finally {
      failed.abort()
    }
  }

  const prepare = async (question: TableQuestion, { check, signal }: Asker): Promise<Prepared> => {
    const { tree, computed, filter, search, isChangedOnly } = question
    const files = await openFiles(tree, signal)
    check()
    const compile = filter.includes('~') ? await loadPatterns() : undefined
    const treeKey = JSON.stringify(tree)
    const made =
      tree.kind === 'file'
        ? build(tree, files)
        : remember(
            treeKey,
            // What is made on the way, such as tables behind each other that are then joined, is kept by it alone.
            ({ columns }) =>
              ownBytes(
                columns,
                [...files.values()].flatMap((file) => file.columns),
              ),
            () => build(tree, files),
          )
    const computedKey = `${treeKey}${JSON.stringify(computed)}`
    const table =
      computed.length === 0
        ? made
        : remember(
            computedKey,
            ({ sizeBytes }) => sizeBytes - made.sizeBytes,
            () => computeColumns(made, computed, check),
          )
    const { columns, rowCount } = table
    // Filters such as "created > -7d" move on.
    const minute = /\d[smhdw]\b/.test(filter) ? Math.floor(now() / 60_000) : 0
    const filterKey = JSON.stringify([computedKey, filter, search, isChangedOnly, minute])
    const matching = remember(filterKey, byteLength, () => {
      const context = { compile: compile ?? noPatterns, nowMs: now(), check }
      const found = filterRows(columns, rowCount, { filter, search }, context)
      return isChangedOnly ? changedRows(columns, found, check) : found
    })
    if (question.group.length > 0)
      return { table, rows: matching, groups: group(question, table, matching, filterKey, check) }
    const sort = question.sort.map(({ column, isDescending }) => ({
      column: columnNamed(columns, column),
      isDescending,
    }))
    const rows =
      sort.length === 0
        ? matching
        : remember(JSON.stringify([filterKey, question.sort]), byteLength, () =>
            sortRows(matching, sort, ranksFor(check), check),
          )
    return { table, rows, groups: undefined }
  }

  const group = (
    { group: names, sort }: TableQuestion,
    { columns }: TableData,
    rows: Uint32Array,
    filterKey: string,
    check: CheckCancelled,
  ): SortedGroups => {
    const keys = names.map((name) => columnNamed(columns, name))
    const keySort = sort.map(({ column: name, isDescending }) => {
      const column = columnNamed(columns, name)
      return { column, isDescending, isKey: keys.includes(column) }
    })
    return remember(
      JSON.stringify([filterKey, 'groups', names, sort]),
      () => 2 * rows.byteLength,
      () => {
        const groups = groupRows(keys, rows, check)
        return { groups, order: sortGroups(groups, keySort, ranksFor(check), check) }
      },
    )
  }

  const answerWindow = async (request: TableRequest & { kind: 'window' }, asker: Asker): Promise<TableWindow> => {
    const { question, offset, limit, textLengthMax } = request
    if (request.mayBePart && question.tree.kind === 'file' && isWhole(question)) {
      const { table, isComplete } = await open(question.tree, asker.signal, offset + limit)
      const count = Math.max(0, Math.min(limit, table.rowCount - offset))
      checkCellCount(table, count)
      const toRow = createRowReader(table.columns, textLengthMax)
      return {
        columns: table.columns.map(toWindowColumn),
        rowCount: table.rowCount,
        tableRowCount: table.rowCount,
        isComplete,
        rows: Array.from({ length: count }, (_, index) => toRow(offset + index)),
      }
    }
    const { table, rows, groups } = await prepare(question, asker)
    const head = { columns: table.columns.map(toWindowColumn), tableRowCount: table.rowCount, isComplete: true }
    if (groups !== undefined) {
      const window = groups.order.subarray(offset, offset + limit)
      checkCellCount(table, window.length)
      const keys = new Set(question.group)
      return {
        ...head,
        rowCount: groups.order.length,
        rows: toGroupRows(table.columns, keys, rows, groups.groups, window, offset, asker.check),
      }
    }
    const window = rows.subarray(offset, offset + limit)
    checkCellCount(table, window.length)
    const toRow = createRowReader(table.columns, textLengthMax)
    return { ...head, rowCount: rows.length, rows: Array.from(window, toRow) }
  }

  const describe = async (
    { question, columns: names, binCount }: TableRequest & { kind: 'description' },
    asker: Asker,
  ): Promise<TableDescription> => {
    const { table, rows } = await prepare({ ...question, sort: [], group: [] }, asker)
    const { columns } = table
    const describeColumn = createColumnDescriber({ columns, rows, binCount, check: asker.check })
    const described: ColumnDescription[] = []
    for (const name of names ?? columns.map(({ name }) => name)) {
      described.push(describeColumn(name))
      // The heads of columns can wait for rows, and not the other way round.
      await giveWay()
      asker.check()
    }
    return { rowCount: rows.length, columns: described }
  }

  const write = async (request: TableRequest & { kind: 'text' }, asker: Asker): Promise<TableText> => {
    const { question, format, columns: names, offset, limit } = request
    const { table, rows } = await prepare({ ...question, group: [] }, asker)
    const columns = names === undefined ? table.columns : names.map((name) => columnNamed(table.columns, name))
    const window = rows.subarray(offset, offset + limit)
    if (format === 'csv') return { text: toCsv(columns, window, offset === 0), rowCount: rows.length }
    const objects = toJsonRows(columns, window).join(',\n')
    const start = offset === 0 ? '[\n' : window.length === 0 ? '' : ',\n'
    const end = offset + limit >= rows.length ? '\n]\n' : ''
    return { text: `${start}${objects}${end}`, rowCount: rows.length }
  }

  return async (request, asker) => {
    // Each kind of request has its own kind of answer.
    type Answer = TableAnswer<typeof request>
    switch (request.kind) {
      case 'window':
        return (await answerWindow(request, asker)) as Answer
      case 'description':
        return (await describe(request, asker)) as Answer
      case 'text':
        return (await write(request, asker)) as Answer
      default:
        return assertNever(request)
    }
  }
}

/** The files that a table is made of. */
export function filesOf(tree: TableTree): (TableTree & { kind: 'file' })[] {
  switch (tree.kind) {
    case 'file':
      return [tree]
    case 'concat':
    case 'compare':
      return tree.of.flatMap(filesOf)
    case 'join':
      return [...filesOf(tree.left), ...filesOf(tree.right)]
  }
}

/** Whether all rows are asked for, as they were logged: the first ones are known before the last. */
function isWhole({ filter, search, sort, group, computed, isChangedOnly }: TableQuestion): boolean {
  const texts = `${filter}${search}`.trim()
  return texts === '' && sort.length + group.length + computed.length === 0 && !isChangedOnly
}

/**
 * Reads the rows of one window. Once they hold {@link windowTextLengthMax} characters, further texts, media
 * among them, are cut after a few, and say that they are.
 */
function createRowReader(columns: readonly TableColumn[], textLengthMax: number): (row: number) => WindowRow {
  let left = windowTextLengthMax
  const read = (column: TableColumn, row: number): RawCell => {
    const lengthMax = Math.min(textLengthMax, Math.max(shortTextLength, left))
    const cell = left > 0 ? readCell(column, row, lengthMax) : readCell(column, row, lengthMax, shortTextLength)
    left -= textLengthOf(cell)
    return cell
  }
  return (row) => ({ index: row, cells: columns.map((column) => read(column, row)) })
}

function textLengthOf(cell: RawCell): number {
  if (typeof cell === 'string') return cell.length
  return typeof cell === 'object' && cell !== null && 'text' in cell ? cell.text.length : 0
}

function checkCellCount({ columns }: TableData, rowCount: number): void {
  const cellCount = columns.length * rowCount
  if (cellCount <= windowCellsMax) return
  throw new TableError(
    'too-large',
    `${rowCount} rows of ${columns.length} columns are ${cellCount} cells; up to ${windowCellsMax} are given at a time.`,
    'Ask for fewer rows at a time.',
  )
}

function tooLargeTogether(): TableError {
  return new TableError(
    'too-large',
    `The tables take more than ${questionBytesMax / 2 ** 20} MiB of memory together, which is as much as is used for one question.`,
    'Open fewer tables together.',
  )
}

function toGroupRows(
  columns: readonly TableColumn[],
  keys: ReadonlySet<string>,
  rows: Uint32Array,
  groups: Groups,
  window: Uint32Array,
  offset: number,
  check: CheckCancelled,
): WindowRow[] {
  const writers = columns.map((column) => {
    if (keys.has(column.name)) return (group: number) => readCell(column, groups.firstRow(group), keyLengthMax)
    const summarize = createGroupSummary(column, rows, check)
    return (group: number) => ({ kind: 'group', summary: summarize(groups.rowsOf(group)) }) as const
  })
  return Array.from(window, (group, index) => ({
    index: offset + index,
    count: groups.rowsOf(group).length,
    cells: writers.map((write) => write(group)),
  }))
}

const keyLengthMax = 1000

function toWindowColumn({ name, type, source, base, origin }: TableColumn): WindowColumn {
  return {
    name,
    type,
    ...(source === undefined ? {} : { source }),
    ...(base === undefined ? {} : { base }),
    leaves: origin.leaves,
    types: origin.types,
  }
}

function byteLength(rows: Uint32Array): number {
  return rows.byteLength
}

/** Not called: without `~` there are no patterns. */
function noPatterns(): never {
  throw new TableError('invalid', 'Patterns cannot be read here.')
}
