import type { JsonObject, TableColumn, TableLogMode } from '@lossline/protocol'
import type { MediaSnapshot } from './media-snapshot.ts'

/** A table, or the rows that are new in it, on its way to the thread that writes. */
export interface TableSnapshot {
  readonly kind: 'table'
  readonly columns: readonly TableColumn<MediaSnapshot>[]
  /** Rows in the columns. */
  readonly rowCount: number
  /** Rows of the whole table, those of earlier increments included. */
  readonly totalRowCount: number
  readonly logMode: TableLogMode
  /** Client ids of the artifact that will hold it, and of that artifact's collection. */
  readonly clientId: string
  readonly sequenceClientId: string
  /** Client id of the version that this one replaces: that one is not repeated any more. */
  readonly supersededClientId?: string
  /** Only of a table that is logged in increments. */
  readonly increment?: TableIncrement
}

/** One of the parts in which a table is logged. */
export interface TableIncrement {
  /** From 0. */
  readonly number: number
  /** Path of its file in the artifact. */
  readonly entryName: string
  /** `artifact_path` of the newest increments before it, the oldest first. */
  readonly previousPaths: readonly string[]
}

/** A version of a table that was logged before. */
export interface TableRepeatSnapshot {
  readonly kind: 'table-repeat'
  readonly clientId: string
}

/** A media object of another artifact, as a table that was read from there holds it. */
export interface MediaReferenceSnapshot {
  readonly kind: 'reference'
  /** What the other table says of it. */
  readonly json: JsonObject
  /** Where its file is; without it the object is written without a file. */
  readonly file?: ArtifactFileReference
}

/** A file of another artifact. */
export interface ArtifactFileReference {
  /** Its `wandb-artifact://` or `wandb-client-artifact://` URI. */
  readonly uri: string
  /** Digest of its entry there. */
  readonly digest: string
  readonly sizeBytes: number
}

/** A value that only artifacts hold, such as a joined table. */
export interface ArtifactValueSnapshot {
  readonly kind: 'artifact-value'
  /** Its `_type`. */
  readonly type: string
  readonly json: JsonObject
  /** Tables that come into the artifact with it. */
  readonly tables?: readonly NamedTableSnapshot[]
}

/** A table that another value names. */
export interface NamedTableSnapshot {
  /** Member of the value's JSON that gets the table's path. */
  readonly member: string
  /** What the file's name begins with. */
  readonly prefix: string
  readonly table: TableSnapshot
}
