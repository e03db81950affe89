import type { ColumnType } from '@lossline/protocol'
import type { ComputedColumn } from './compute-columns.ts'
import type { ColumnDescription } from './describe-columns.ts'
import type { RowFilter } from './filter-rows.ts'
import type { GroupSummary } from './group-rows.ts'
import type { Labels } from './table-data.ts'

/** A table as it is made of files, which are known by ids that change with their contents. */
export type TableTree =
  | { readonly kind: 'file'; readonly id: string; readonly name: string }
  | {
      readonly kind: 'concat'
      readonly of: readonly TableTree[]
      readonly mode: 'same' | 'union'
      readonly labels?: Labels
    }
  | {
      readonly kind: 'join'
      readonly left: TableTree
      readonly right: TableTree
      readonly keys: readonly [string, string]
    }
  | { readonly kind: 'compare'; readonly of: readonly TableTree[]; readonly key: string }

/** What is asked of a table, as far as it decides which rows there are and in which order. */
export interface TableQuestion extends RowFilter {
  readonly tree: TableTree
  readonly computed: readonly ComputedColumn[]
  /** Only rows in which tables side by side differ. */
  readonly isChangedOnly: boolean
  readonly sort: readonly { readonly column: string; readonly isDescending: boolean }[]
  /** Columns; rows with the same values in all of them become one. */
  readonly group: readonly string[]
}

/** What a thread is asked. */
export type TableRequest =
  | {
      readonly kind: 'window'
      readonly question: TableQuestion
      readonly offset: number
      readonly limit: number
      /** Longer texts are cut. */
      readonly textLengthMax: number
      /** Whether rows may be given before the file is read to its end. */
      readonly mayBePart: boolean
    }
  | {
      readonly kind: 'description'
      readonly question: TableQuestion
      /** Names; undefined: all columns. */
      readonly columns: readonly string[] | undefined
      readonly binCount: number
    }
  | {
      readonly kind: 'text'
      readonly question: TableQuestion
      readonly format: 'csv' | 'json'
      readonly columns: readonly string[] | undefined
      readonly offset: number
      readonly limit: number
    }

/** The answer to each kind of request. */
export type TableAnswer<Request extends TableRequest> = Request extends { kind: 'window' }
  ? TableWindow
  : Request extends { kind: 'description' }
    ? TableDescription
    : TableText

/** Rows of a table. */
export interface TableWindow {
  readonly columns: readonly WindowColumn[]
  /** Rows, or groups, that there are to be asked for. */
  readonly rowCount: number
  /** Rows of the table, filtered or not; so far, while it is read. */
  readonly tableRowCount: number
  /** Whether the file was read to its end. */
  readonly isComplete: boolean
  readonly rows: readonly WindowRow[]
}

/** A column of a window. */
export interface WindowColumn {
  readonly name: string
  readonly type: string
  readonly source?: number
  readonly base?: string
  /** Ids of the files that its cells are from, and what these say of the column. */
  readonly leaves: readonly string[]
  readonly types: readonly (ColumnType | undefined)[]
}

/** A row of a window. */
export interface WindowRow {
  /** From 0, in the order of the table; of a group its place. */
  readonly index: number
  /** Rows of a group. */
  readonly count?: number
  readonly cells: readonly RawCell[]
}

/** A cell as a thread gives it. */
export type RawCell =
  | null
  | boolean
  | number
  | string
  | { readonly kind: 'cut'; readonly text: string }
  | { readonly kind: 'integer'; readonly text: string }
  /** `leaf`: place of its file among those of the column. */
  | { readonly kind: 'json'; readonly text: string; readonly isCut: boolean; readonly leaf: number }
  | { readonly kind: 'group'; readonly summary: GroupSummary }

/** What the rows that match are like, column by column. */
export interface TableDescription {
  readonly rowCount: number
  readonly columns: readonly ColumnDescription[]
}

/** Rows as text, to be saved. */
export interface TableText {
  readonly text: string
  readonly rowCount: number
}
