import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import { type JsonObject, type JsonValue, parseJson, toJsonText } from '@lossline/protocol'
import { encodeTable } from '../tables/encode-table.ts'
import type { ArtifactFileReference, NamedTableSnapshot } from '../tables/table-snapshot.ts'
import { classesFile } from './artifact-classes.ts'
import { type EncodedContent, encodeContent } from './encode-content.ts'
import { fileMediaNames } from './file-media-json.ts'
import { histogramToJson } from './histogram-json.ts'
import { maskExtension } from './image-layers.ts'
import type { FileMediaSnapshot, ImageSnapshot, MediaContent, MediaSnapshot } from './media-snapshot.ts'

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
 * @throws what the file system throws.
 */
export function encodeMediaCell(snapshot: MediaSnapshot): ArtifactMedia {
  const files = new Map<string, ArtifactMediaFile>()
  const value = toValue(snapshot, (file) => {
    files.set(file.path, file)
  })
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
  const value = toValue(snapshot, target.addFile)
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

type AddFile = (file: ArtifactMediaFile) => void

function toValue(snapshot: MediaSnapshot, add: AddFile): JsonValue {
  switch (snapshot.kind) {
    case 'json':
      return parseJson(snapshot.json)
    case 'list':
    case 'batch':
      return snapshot.items.map((item) => toValue(item, add))
    case 'histogram':
      return histogramToJson(snapshot)
    case 'image':
      return imageToValue(snapshot, add)
    case 'artifact-value':
      return { _type: snapshot.type, ...snapshot.json, ...addTables(snapshot.tables ?? [], add) }
    case 'reference': {
      const { path } = snapshot.json
      if (snapshot.file !== undefined && typeof path === 'string') add({ path, bytes: { reference: snapshot.file } })
      return snapshot.json
    }
    case 'table':
    case 'table-repeat':
      throw new Error('A table cannot be in a cell of a table.')
    default:
      return fileMediaToValue(snapshot, add)
  }
}

/** Named by what they hold, as media are: the same tables give the same files. W&B's client takes a number of the process. */
function addTables(tables: readonly NamedTableSnapshot[], add: AddFile): JsonObject {
  return Object.fromEntries(
    tables.map(({ member, prefix, table }) => {
      const pieces = encodeTable(table, { encodeCell: encodeMediaCell, addFile: add })
      // The name follows from all of the text, which is therefore whole in memory.
      const bytes = Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)))
      const path = `${prefix}_${digest('sha256', bytes).slice(0, 20)}.table.json`
      add({ path, bytes })
      return [member, path]
    }),
  )
}

function fileMediaToValue({ kind, content, extension, caption, width, height }: FileMediaSnapshot, add: AddFile) {
  const { type, folder } = fileMediaNames[kind]
  return {
    ...(caption === undefined ? {} : { caption }),
    ...addContent({ type, folder, extension, content }, add),
    ...(width === undefined || height === undefined ? {} : { width, height }),
  }
}

function imageToValue(image: ImageSnapshot, add: AddFile): JsonObject {
  const { content, extension, width, height, caption, grouping, boxes, masks } = image
  const classes = classesFile(image)
  if (classes !== undefined) add(classes.file)
  return {
    ...(caption === undefined ? {} : { caption }),
    ...addContent({ type: 'image-file', folder: 'images', extension, content }, add),
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
              return [mask.name, addContent(parts, add)]
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

function addContent({ type, folder, extension, content }: ContentParts, add: AddFile): JsonObject {
  const bytes = encodeContent(content)
  const sha256 = digest('sha256', bytes)
  const isUserFile = content.kind === 'file'
  const path = isUserFile
    ? `media/${folder}/${sha256.slice(0, 20)}/${basename(content.path)}`
    : `media/${folder}/${digest('md5', bytes).slice(0, 20)}${extension}`
  add({ path, bytes })
  return { _type: type, path, sha256 }
}

const chunkBytes = 2 ** 20

function digest(algorithm: 'md5' | 'sha256', encoded: EncodedContent): string {
  const hash = createHash(algorithm)
  if (encoded instanceof Uint8Array) return hash.update(encoded).digest('hex')
  const fileDescriptor = openSync(encoded.sourcePath, 'r')
  try {
    const chunk = new Uint8Array(chunkBytes)
    for (;;) {
      const count = readSync(fileDescriptor, chunk)
      if (count === 0) return hash.digest('hex')
      hash.update(chunk.subarray(0, count))
    }
  } finally {
    closeSync(fileDescriptor)
  }
}
