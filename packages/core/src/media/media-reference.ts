import type { ArtifactFileReference, MediaSnapshot } from '@lossline/journal'
import type { ColumnType, MediaJson } from '@lossline/protocol'
import { MediaValue } from './media-value.ts'

/**
 * An image or another media object of an artifact, as a table that was read from there holds it. A table that is logged
 * again refers to its file.
 */
export class MediaReference extends MediaValue {
  /** Its kind, such as `image-file`. */
  readonly type: string
  /** Path of its file in the artifact; `undefined` for media without a file. */
  readonly path: string | undefined
  /** All that the table says of it. */
  readonly json: MediaJson
  /** The type of the column that it was in. */
  readonly columnType: ColumnType
  readonly #file: ArtifactFileReference | undefined

  /** @internal */
  constructor(json: MediaJson, columnType: ColumnType, file: ArtifactFileReference | undefined) {
    super()
    this.type = json._type
    this.path = typeof json.path === 'string' ? json.path : undefined
    this.json = json
    this.columnType = columnType
    this.#file = file
  }

  override toSnapshot(): MediaSnapshot {
    return { kind: 'reference', json: this.json, ...(this.#file === undefined ? {} : { file: this.#file }) }
  }
}
