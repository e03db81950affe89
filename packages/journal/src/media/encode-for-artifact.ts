import { basename } from 'node:path'
import { type JsonObject, type JsonValue, parseJson, toJsonText } from '@lossline/protocol'
import { hashFileInParts, hashInParts } from '../file/hash-in-parts.ts'
import { classesFile } from './artifact-classes.ts'
import { type EncodedContent, encodeInMemory } from './encode-content.ts'
import { encodeTable } from './encode-table.ts'
import { fileMediaNames } from './file-media-json.ts'
import { histogramToJson } from './histogram-json.ts'
import { maskExtension } from './image-layers.ts'
import type { FileMediaSnapshot, ImageSnapshot, MediaContent, MediaSnapshot } from './media-snapshot.ts'
import type { ArtifactFileReference, NamedTableSnapshot } from './table-snapshot.ts'

/** A file of a media value in an artifact. */
export interface ArtifactMediaFile {
  /** Path in the artifact. */
  readonly path: string
  /** What it holds; or where it is, if it is a file of another artifact. */
  readonly bytes: EncodedContent | { readonly reference: ArtifactFileReference }
}

/** A media value in an artifact: what stands in a table's cell or in a file of its own, and the files it names. */
export interface ArtifactMedia {
  readonly value: JsonValue
  readonly files: readonly ArtifactMediaFile[]
}

/**
 * Encodes a media value for a table's cell, as W&B's client does: what was made in memory is named by its MD5, what was a
 * file by its SHA-256 and its own name. The same content gives the same path.
 *
 * @param onWork - Called now and then while it takes long.
 * @throws what the file system throws.
 */
export function encodeMediaCell(snapshot: MediaSnapshot, onWork: () => void = () => {}): ArtifactMedia {
  const files = new Map<string, ArtifactMediaFile>()
  const addFile = (file: ArtifactMediaFile): void => {
    files.set(file.path, file)
  }
  const value = toValue(snapshot, { addFile, onWork })
  return { value, files: [...files.values()] }
}

/** Takes the files of a media value as they are made. */
export interface ArtifactMediaTarget {
  /** A file; the same one may come several times. */
  addFile(file: ArtifactMediaFile): void
  /** A text, to be read piece by piece. Reading it may give more files. It is the last call, and describes the value. */
  addText(path: string, pieces: Iterable<string>): void
}

/**
 * Encodes a media value that is put into an artifact under a name: its own files, and `<name>.<type>.json` about them.
 *
 * @throws what the file system throws, and what the target throws.
 */
export function encodeIntoArtifact(snapshot: MediaSnapshot, name: string, target: ArtifactMediaTarget): void {
  if (snapshot.kind === 'table') {
    const pieces = encodeTable(snapshot, { encodeCell: encodeMediaCell, addFile: target.addFile })
    target.addText(name.endsWith('table.json') ? name : `${name}.table.json`, pieces)
    return
  }
  const value = toValue(snapshot, { addFile: target.addFile, onWork: () => {} })
  const type = (value as JsonObject)._type ?? 'media'
  const suffix = `${String(type)}.json`
  target.addText(name.endsWith(suffix) ? name : `${name}.${suffix}`, [toJsonText(value, 'spaced')])
}

/**
 * The files that {@link encodeIntoArtifact} makes, all of them in memory; the last one describes the value.
 *
 * @throws what the file system throws.
 */
export function encodeForArtifact(snapshot: MediaSnapshot, name: string): ArtifactMediaFile[] {
  const files = new Map<string, ArtifactMediaFile>()
  let own: ArtifactMediaFile | undefined
  encodeIntoArtifact(snapshot, name, {
    addFile: (file) => files.set(file.path, file),
    addText(path, pieces) {
      own = { path, bytes: Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece))) }
    },
  })
  return own === undefined ? [...files.values()] : [...files.values(), own]
}

interface ValueEffects {
  addFile(file: ArtifactMediaFile): void
  onWork(): void
}

function toValue(snapshot: MediaSnapshot, effects: ValueEffects): JsonValue {
  switch (snapshot.kind) {
    case 'json':
      return parseJson(snapshot.json)
    case 'list':
    case 'batch':
      return snapshot.items.map((item) => toValue(item, effects))
    case 'histogram':
      return histogramToJson(snapshot)
    case 'image':
      return imageToValue(snapshot, effects)
    case 'artifact-value':
      return { _type: snapshot.type, ...snapshot.json, ...addTables(snapshot.tables ?? [], effects) }
    case 'reference': {
      const { path } = snapshot.json
      const { file } = snapshot
      if (file !== undefined && typeof path === 'string') effects.addFile({ path, bytes: { reference: file } })
      return snapshot.json
    }
    case 'table':
    case 'table-repeat':
      throw new Error('A table cannot be in a cell of a table.')
    default:
      return fileMediaToValue(snapshot, effects)
  }
}

/** Named by what they hold, as media are: the same tables give the same files. W&B's client takes a number of the process. */
function addTables(tables: readonly NamedTableSnapshot[], effects: ValueEffects): JsonObject {
  return Object.fromEntries(
    tables.map(({ member, prefix, table }) => {
      const pieces = encodeTable(table, { encodeCell: encodeMediaCell, ...effects })
      // The name follows from all of the text, which is therefore whole in memory.
      const bytes = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)))
      const { sha256 } = hashInParts(bytes, ['sha256'], effects.onWork)
      const path = `${prefix}_${sha256.toString('hex').slice(0, 20)}.table.json`
      effects.addFile({ path, bytes })
      return [member, path]
    }),
  )
}

function fileMediaToValue(
  { kind, content, extension, caption, width, height }: FileMediaSnapshot,
  effects: ValueEffects,
) {
  const { type, folder } = fileMediaNames[kind]
  return {
    ...(caption === undefined ? {} : { caption }),
    ...addContent({ type, folder, extension, content }, effects),
    ...(width === undefined || height === undefined ? {} : { width, height }),
  }
}

function imageToValue(image: ImageSnapshot, effects: ValueEffects): JsonObject {
  const { content, extension, width, height, caption, grouping, boxes, masks } = image
  const classes = classesFile(image)
  if (classes !== undefined) effects.addFile(classes.file)
  return {
    ...(caption === undefined ? {} : { caption }),
    ...addContent({ type: 'image-file', folder: 'images', extension, content }, effects),
    format: extension.slice(1),
    width,
    height,
    ...(grouping === undefined ? {} : { grouping }),
    ...(classes === undefined ? {} : { classes: classes.reference }),
    ...(boxes === undefined
      ? {}
      : { boxes: Object.fromEntries(boxes.map(({ name, boxesJson }) => [name, parseJson(boxesJson)])) }),
    ...(masks === undefined
      ? {}
      : {
          masks: Object.fromEntries(
            masks.map((mask) => {
              const parts = {
                type: 'mask',
                folder: 'images/mask',
                extension: maskExtension(mask),
                content: mask.content,
              }
              return [mask.name, addContent(parts, effects)]
            }),
          ),
        }),
  }
}

interface ContentParts {
  readonly type: string
  readonly folder: string
  readonly extension: string
  readonly content: MediaContent
}

function addContent({ type, folder, extension, content }: ContentParts, { addFile, onWork }: ValueEffects): JsonObject {
  if (content.kind === 'file') {
    const sourcePath = content.stagedPath ?? content.path
    const sha256 = hashFileInParts(sourcePath, 'sha256', onWork).digest.toString('hex')
    const path = `media/${folder}/${sha256.slice(0, 20)}/${basename(content.path)}`
    addFile({ path, bytes: { sourcePath } })
    return { _type: type, path, sha256 }
  }
  const bytes = encodeInMemory(content, onWork)
  const { md5, sha256 } = hashInParts(bytes, ['md5', 'sha256'], onWork)
  const path = `media/${folder}/${md5.toString('hex').slice(0, 20)}${extension}`
  addFile({ path, bytes })
  return { _type: type, path, sha256: sha256.toString('hex') }
}
