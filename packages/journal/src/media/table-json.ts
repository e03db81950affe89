import type { JsonObject, WandbRecordBody } from '@lossline/protocol'
import type { MediaConversion } from './media-conversion.ts'
import type { MediaReferenceSnapshot, TableRepeatSnapshot, TableSnapshot } from './table-snapshot.ts'

/** Where a table was logged. */
export interface TablePlace {
  /** Innermost key of the value. */
  readonly key: string
  readonly step: number | 'summary'
}

/** What a table is in the journal. */
export interface WrittenTable {
  readonly value: JsonObject
  /** In this order: the artifact, then the file of the run. */
  readonly records: readonly WandbRecordBody[]
}

/** Writes the tables of one run, in the thread that writes its journal. */
export interface TableWriter {
  /**
   * Writes both files of a table, or says again what its last version is.
   *
   * @throws what the file system throws, and an error for a version that was not written, or was superseded.
   */
  write(snapshot: TableSnapshot | TableRepeatSnapshot, place: TablePlace): WrittenTable
  /** Takes in a record that is in the journal already, for a writer that takes over from a lost one. */
  replay(record: WandbRecordBody): void
}

/** A table as the value of its key. */
export function tableToJson(
  snapshot: TableSnapshot | TableRepeatSnapshot,
  { tables, key, step, records }: MediaConversion,
): JsonObject {
  const written = tables.write(snapshot, { key, step })
  records.push(...written.records)
  return written.value
}

/** A media object of an artifact as the value of its key. */
export function referenceToJson({ json, file }: MediaReferenceSnapshot): JsonObject {
  return file === undefined ? json : { ...json, artifact_path: file.uri }
}
