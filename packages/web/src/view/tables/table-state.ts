import type { TableColumnInfo, TableFormula, TablePlace, TableSelection, TableSort } from '@lossline/protocol'
import type { AddressCodec } from '../address/address-store.ts'
import { isTextKind, nextDirection } from '../text/sort-rule.ts'
import type { JsonObject } from '../workspace/json.ts'

/** How high rows are. */
export type RowHeight = 'low' | 'middle' | 'high'

/** How a table is looked at: everything but which one it is. */
export interface TableState {
  /** Text that rows are found by. */
  readonly search: string
  /** Conditions in the language of queries, with columns for keys. */
  readonly filter: string
  /** Only rows in which tables side by side differ. */
  readonly isChangedOnly: boolean
  /** The first column counts most. */
  readonly sort: readonly TableSort[]
  /** Columns; rows with the same values in them become one. */
  readonly group: readonly string[]
  readonly computed: readonly TableFormula[]
  readonly hidden: readonly string[]
  /** Columns that stay in sight at the left. */
  readonly pinned: readonly string[]
  /** Columns in an order of one's own; the others follow as they were logged. */
  readonly order: readonly string[]
  /** Undefined: high where there are media, else low. */
  readonly rowHeight: RowHeight | undefined
  /** The row whose fields are all shown, by its place in the order on screen. */
  readonly row: number | undefined
}

/** As it was logged. */
export const plainTableState: TableState = {
  search: '',
  filter: '',
  isChangedOnly: false,
  sort: [],
  group: [],
  computed: [],
  hidden: [],
  pinned: [],
  order: [],
  rowHeight: undefined,
  row: undefined,
}

const rowHeights: readonly string[] = ['low', 'middle', 'high'] satisfies readonly RowHeight[]

/** How it stands in the address, behind a prefix where the page has other keys of its own. Lists are joined by commas. */
function tableStateCodec(prefix: '' | 't'): AddressCodec<TableState> {
  const key = (name: string): string => `${prefix}${name}`
  const names = ['q', 'where', 'diff', 'sort', 'by', 'calc', 'hide', 'pin', 'order', 'rows', 'row']
  return {
    keys: names.map(key),
    parse: (params) => {
      const at = (name: string): string => params[key(name)] ?? ''
      const row = at('row')
      return {
        search: at('q'),
        filter: at('where'),
        isChangedOnly: at('diff') === '1',
        sort: parseSort(at('sort')),
        group: parseList(at('by')),
        computed: parseFormulas(at('calc')),
        hidden: parseList(at('hide')),
        pinned: parseList(at('pin')),
        order: parseList(at('order')),
        rowHeight: toRowHeight(at('rows')),
        row: /^\d{1,15}$/.test(row) ? Number(row) : undefined,
      }
    },
    stringify: (state) => {
      const texts: Readonly<Record<string, string>> = {
        q: state.search,
        where: state.filter,
        diff: state.isChangedOnly ? '1' : '',
        // A sign always, so that a column may begin with one.
        sort: state.sort.map(({ column, isDescending }) => `${isDescending ? '-' : '+'}${toListed(column)}`).join(),
        by: joinList(state.group),
        calc: state.computed.map(({ name, expression }) => `${toListed(name)}=${toListed(expression)}`).join(),
        hide: joinList(state.hidden),
        pin: joinList(state.pinned),
        order: joinList(state.order),
        rows: state.rowHeight ?? '',
        row: state.row === undefined ? '' : String(state.row),
      }
      return Object.fromEntries(
        Object.entries(texts).flatMap(([name, text]) => (text === '' ? [] : [[key(name), text]])),
      )
    },
  }
}

/** In the tab of a run's tables. */
export const runTableCodec: AddressCodec<TableState> = tableStateCodec('')
/** Of a table among files, whose page has keys of its own. */
export const fileTableCodec: AddressCodec<TableState> = tableStateCodec('t')

/** How a table is looked at as a panel keeps it: the same texts as in an address. The open row is not kept. */
export function readTableState(json: JsonObject): TableState {
  const texts = Object.entries(json).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return { ...runTableCodec.parse(Object.fromEntries(texts)), row: undefined }
}

/** The same as JSON; undefined where nothing was chosen. */
export function writeTableState(state: TableState): JsonObject | undefined {
  const texts = runTableCodec.stringify({ ...state, row: undefined })
  return Object.keys(texts).length === 0 ? undefined : (texts as JsonObject)
}

/** What is asked of the server. */
export function toSelection(
  source: Pick<TableSelection, 'tables' | 'combine'>,
  { search, filter, isChangedOnly, sort, group, computed }: TableState,
): TableSelection {
  return {
    ...source,
    ...(search.trim() === '' ? {} : { search }),
    ...(filter.trim() === '' ? {} : { filter }),
    ...(isChangedOnly ? { isChangedOnly } : {}),
    ...(sort.length === 0 ? {} : { sort }),
    ...(group.length === 0 ? {} : { group }),
    ...(computed.length === 0 ? {} : { computed }),
  }
}

/** One table as what is asked. */
export function oneTable(place: TablePlace): Pick<TableSelection, 'tables' | 'combine'> {
  return { tables: [place] }
}

/**
 * The order after a click on a column's head, by the rule of {@link nextDirection}; at last as logged.
 *
 * @param isAdded - The column comes behind those that sort already.
 */
export function nextSort(
  sort: readonly TableSort[],
  { name: column, type }: Pick<TableColumnInfo, 'name' | 'type'>,
  isAdded: boolean,
): readonly TableSort[] {
  const known = sort.find((one) => one.column === column)
  const others = isAdded ? sort.filter((one) => one.column !== column) : []
  const isDescending = nextDirection(known?.isDescending, isTextKind(type))
  if (isDescending === undefined) return others
  const next = { column, isDescending }
  if (!isAdded || known === undefined) return [...others, next]
  return sort.map((one) => (one.column === column ? next : one))
}

/** The filter with one more condition. */
export function withCondition(filter: string, condition: string): string {
  const before = filter.trim()
  if (before === '') return condition
  return /\bor\b/i.test(before) ? `(${before}) and ${condition}` : `${before} and ${condition}`
}

/** A name as a query has it. */
export function quoted(text: string): string {
  const isPlain = /^[\w./-]+$/.test(text) && !/^(and|or|not|in|has|true|false|null|[-+]?[\d.].*)$/i.test(text)
  return isPlain ? text : quotedText(text)
}

/** A text as a query has it: in quotes, since a word alone may be the name of a column. */
export function quotedText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function toRowHeight(text: string): RowHeight | undefined {
  return rowHeights.includes(text) ? (text as RowHeight) : undefined
}

function parseSort(text: string): readonly TableSort[] {
  return split(text).map((part) => ({
    column: fromListed(part.replace(/^[-+]/, '')),
    isDescending: part.startsWith('-'),
  }))
}

function parseFormulas(text: string): readonly TableFormula[] {
  return split(text).flatMap((part) => {
    const at = part.indexOf('=')
    return at < 1 ? [] : [{ name: fromListed(part.slice(0, at)), expression: fromListed(part.slice(at + 1)) }]
  })
}

function parseList(text: string): readonly string[] {
  return split(text).map(fromListed)
}

function joinList(names: readonly string[]): string {
  return names.map(toListed).join()
}

function split(text: string): readonly string[] {
  return text === '' ? [] : text.split(',')
}

/** Only what would be taken for a part of the list: addresses are escaped once more as a whole. */
function toListed(name: string): string {
  return name === '' ? '~' : name.replace(/[%,=~]/g, (sign) => (sign === '~' ? '%7E' : encodeURIComponent(sign)))
}

function fromListed(text: string): string {
  return text === '~' ? '' : text.replace(/%(25|2C|3D|7E)/gi, (code) => decodeURIComponent(code))
}

/** Groups by a column too, or no longer by it. What was sorted and open is of other rows. */
export function toggleGroup({ group }: TableState, column: string): Partial<TableState> {
  return { group: toggleName(group, column), sort: [], row: undefined }
}

/** Takes a column that was worked out away, and what went by it. */
export function removeFormula({ computed, sort, group }: TableState, column: string): Partial<TableState> {
  return {
    computed: computed.filter(({ name }) => name !== column),
    sort: sort.filter((one) => one.column !== column),
    group: group.filter((name) => name !== column),
    row: undefined,
  }
}

/** A list of columns with one more, or without it. */
export function toggleName(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((one) => one !== name) : [...names, name]
}
