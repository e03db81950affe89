import type { ImageItem, MediaItem } from './media-api.ts'
import type { StrictJson } from './page-api.ts'

/**
 * Tables that were logged or are files of versions, as the page asks for them: the server reads them into columns and gives rows in
 * windows. Errors of filters and formulas name the position.
 */

/**
 * `GET /api/runs/{entity}/{project}/{runId}/table?key=&step=&offset=&limit=&sort=&descending=&search=` (limit 1…1,000, default
 * 100): rows of the table that was logged at the step, else before it. `sort` is a column; missing values and NaN come last in
 * both directions. `search`: only rows with this text in a cell, any case.
 */
export interface TableResponse extends TableRowsResponse {
  readonly key: string
  readonly step: number
}
/**
 * `GET /api/artifacts/{id}/table?path=&offset=&limit=&sort=&descending=&search=`: the same of a file `….table.json` of a version.
 */
export interface TableRowsResponse {
  readonly columns: readonly TableColumnInfo[]
  /** Rows that match. */
  readonly rowCount: number
  /** Rows that were logged; more than can be read where only the run's copy is left, which ends after 10,000. */
  readonly loggedRowCount: number
  readonly rows: readonly TableRow[]
}
/** A column of a table. */
export interface TableColumnInfo {
  /** Of its own: of columns with one name the second is called `name (2)`. */
  readonly name: string
  /** `number`, `string`, `boolean`, `timestamp`, `image-file`, …; `any` where it is mixed. */
  readonly type: string
  /** Of tables side by side: the place of the table it is of, from 0; undefined of the key. */
  readonly source?: number
  /** Its name in that table. */
  readonly base?: string
}
/** One row; `index` counts from 0 in the order of logging. */
export interface TableRow {
  readonly index: number
  /** Rows of a group. */
  readonly count?: number
  readonly cells: readonly TableCellValue[]
}
/** A cell. Texts are always texts: numbers that are not finite have a form of their own. */
export type TableCellValue =
  | null
  | boolean
  | number
  | string
  | { readonly kind: 'number'; readonly text: 'NaN' | 'Infinity' | '-Infinity' | string }
  | { readonly kind: 'time'; readonly timeMs: number }
  | { readonly kind: 'json'; readonly value: StrictJson }
  /** The beginning of a long text, or of the JSON of a long value. */
  | { readonly kind: 'cut'; readonly text: string }
  /** What the rows of a group have there. */
  | ({ readonly kind: 'group' } & TableSummary)
  | (ImageItem & { readonly kind: 'image' })
  | (MediaItem & { readonly kind: 'audio' | 'video' | 'html' | 'file' })

/** A table: one that a run has logged, at the step, else before it; or a file of a run or of a version. */
export type TablePlace =
  | {
      readonly kind: 'run'
      readonly entity: string
      readonly project: string
      readonly runId: string
      /** Key path text. */
      readonly key: string
      /** Default: the newest. */
      readonly step?: number
    }
  | {
      readonly kind: 'run-file'
      readonly entity: string
      readonly project: string
      readonly runId: string
      /** As the list of the run's files has it. */
      readonly name: string
    }
  | { readonly kind: 'version'; readonly artifactId: number; readonly path: string }

/** How several tables become one. */
export type TableCombination =
  /** Behind each other, by the names of columns, with a column in front that says of which table a row is. */
  | { readonly kind: 'concat'; readonly column: string; readonly labels: readonly string[] }
  /** Side by side where a column is equal. */
  | { readonly kind: 'compare'; readonly key: string }

/** Which rows of which table, in which order. */
export interface TableSelection {
  /** 1…20. */
  readonly tables: readonly TablePlace[]
  /** Needed for several tables. */
  readonly combine?: TableCombination
  /** Columns of numbers that formulas make of others, such as `abs(score - ${other score})`. */
  readonly computed?: readonly TableFormula[]
  /** Conditions as of runs, with columns for keys: `score > 0.5 and label in [cat, dog]`. */
  readonly filter?: string
  /** Only rows with this text in a cell, any case. */
  readonly search?: string
  /** Only rows in which tables side by side differ. */
  readonly isChangedOnly?: boolean
  /** The first column counts most. Missing values and NaN come last in both directions. */
  readonly sort?: readonly TableSort[]
  /** Rows with the same values in these columns become one: the largest group first, unless sorted. */
  readonly group?: readonly string[]
}
/** A column that is worked out. */
export interface TableFormula {
  readonly name: string
  readonly expression: string
}
/** A column that rows are sorted by; of groups the mean of its numbers. */
export interface TableSort {
  readonly column: string
  readonly isDescending: boolean
}

/** Body of `POST /api/tables/rows`. */
export interface TableWindowRequest extends TableSelection {
  /** Default 0. */
  readonly offset?: number
  /** 1…1,000, default 100. With the columns that is up to 1,000,000 cells, whose texts are cut sooner after 2²⁵ characters. */
  readonly limit?: number
  /** Longer texts are cut. 1…16,777,216, default 500. */
  readonly textLengthMax?: number
}
/** Rows of a table. */
export interface TableWindowResponse extends TableRowsResponse {
  /** Rows of the table before filters. */
  readonly tableRowCount: number
  /** False while the server still reads the file: there are more rows than the counts say. */
  readonly isComplete: boolean
  /** For each table the step that it is of; null for files. */
  readonly steps: readonly (number | null)[]
}

/** Body of `POST /api/tables/columns`. */
export interface TableColumnsRequest extends TableSelection {
  /** Default: all. */
  readonly columns?: readonly string[]
  /** 2…100, default 24. */
  readonly binCount?: number
}
/** What the rows that match are like, groups aside. */
export interface TableColumnsResponse {
  readonly rowCount: number
  readonly columns: readonly TableColumnSummary[]
}
/** What some cells of a column are like. */
export interface TableSummary {
  readonly missingCount: number
  /** Undefined where there are no numbers. */
  readonly numbers?: TableNumbers
  /** Of the finite numbers. */
  readonly histogram?: TableHistogram
  /** Of texts, booleans, lists and objects; undefined where there are none. The most frequent first. */
  readonly values?: {
    readonly distinctCount: number
    /** `image`: in groups, of a picture. */
    readonly top: readonly { readonly text: string; readonly count: number; readonly image?: ImageItem }[]
  }
}
/** What the cells of a column are like. */
export interface TableColumnSummary extends TableSummary {
  readonly name: string
  /** Of tables side by side: rows that are not as in the first one, and by how much numbers were changed. */
  readonly changes?: { readonly count: number; readonly histogram?: TableHistogram }
}
/** Numbers of a column. Null where none is finite. */
export interface TableNumbers {
  /** Finite ones. */
  readonly count: number
  readonly nanCount: number
  readonly infiniteCount: number
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
  /** With n − 1; 0 of one number. */
  readonly sd: number | null
}
/** Counts of numbers between edges, of which there is one more. */
export interface TableHistogram {
  readonly edges: readonly number[]
  readonly counts: readonly number[]
}

/**
 * `GET /api/tables/export?selection=&format=csv|json&columns=`: all rows that match, in their order, to be saved. `selection`: JSON
 * of a {@link TableSelection}; `columns`: JSON of a list of names.
 */
export type TableExportFormat = 'csv' | 'json'
