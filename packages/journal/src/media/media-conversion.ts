import type { WandbRecordBody } from '@lossline/protocol'
import type { MediaFiles } from './media-files.ts'
import type { TableWriter } from './table-json.ts'

/** Where a media value was logged, and what writes its files. */
export interface MediaContext {
  /** Innermost key of the value. */
  readonly key: string
  /** Step of its row; `summary` for a value of the summary. */
  readonly step: number | 'summary'
  readonly files: MediaFiles
  readonly tables: TableWriter
}

/** What a conversion to JSON collects besides. */
export interface MediaConversion extends MediaContext {
  readonly records: WandbRecordBody[]
}
