import { isJsonObject, type JsonObject, ProtocolError, parseJson } from '@lossline/protocol'
import { parseBlobDigest, type RunRow } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { findContent, resolveUri } from '../artifacts/find-content.ts'
import { inParts } from '../in-parts.ts'
import { readText } from '../read-text.ts'
import type { FoundRunFile } from '../run-files.ts'
import type { TableTree } from '../tables/table-request.ts'
import type { TableFileSource } from '../tables/table-thread.ts'
import type { MediaServices } from './media-services.ts'

/** Where the media of a table's cells are. */
export type MediaPlace =
  | { readonly kind: 'artifact'; readonly artifact: number }
  | { readonly kind: 'run'; readonly run: RunRow }

/** A table as it is made of files, and how to read them. */
export interface TableSource {
  readonly tree: TableTree
  /** By the ids in the tree. */
  readonly files: ReadonlyMap<string, TableFileSource>
  readonly places: ReadonlyMap<string, MediaPlace>
  /** Of all its contents. */
  readonly sizeBytes: number
}

/** Finds tables. Whoever asks sees only what the store of the services shows them. */
export interface TableSources {
  /** Undefined when it is gone. @throws {@link ServerError} `request-too-large`, `invalid-request`: it is no table. */
  ofUri(uri: string, copy?: FoundRunFile): Promise<TableSource | undefined>
  ofArtifact(at: FileOfArtifact): Promise<TableSource | undefined>
  ofRunFile(run: RunRow, name: string): Promise<TableSource | undefined>
  /**
   * What a run has logged: what its artifact holds, increments after each other; else the copy in the run's files.
   *
   * @param earlier - Values of the same key from before, for the copies of earlier increments.
   */
  ofValue(run: RunRow, json: JsonObject, earlier?: readonly JsonObject[]): Promise<TableSource>
}

interface FileOfArtifact {
  readonly artifact: number
  readonly path: string
}

/** What may be made of what: a joined table of partitioned ones, these of tables. Without an order they could hold themselves. */
const levels = { file: 0, parts: 1, join: 2 } as const

/** Larger files would keep the thread busy for minutes; what is in memory of them is bounded too. */
const fileBytesMax = 2 ** 30
/** Arrays beside a table are read as a whole, and kept as text that is longer. */
const besideBytesMax = 128 * 2 ** 20
/** Tables that are made of others are a line of JSON; what is longer is a table itself. */
const madeOfOthersBytesMax = 2 ** 16
const entriesAtATime = 1000
/** Parts of one table: W&B's client starts anew after a hundred increments, and has a part for each process. */
const partsMax = 1000

/** Finds tables among the files of runs and versions. */
export function createTableSources(services: MediaServices): TableSources {
  const { artifacts, files, parseArtifactId } = services

  const readBeside = async (at: FileOfArtifact): Promise<Uint8Array | undefined> => {
    const found = await findContent(artifacts, parseArtifactId, at)
    const digest = found && parseBlobDigest(found.sha256)
    const sizeBytes = digest && (await artifacts.blobs.size(digest))
    if (digest === undefined || sizeBytes === undefined || sizeBytes > besideBytesMax) return undefined
    const content = await artifacts.blobs.get(digest)
    return content && new Uint8Array(await new Response(content).arrayBuffer())
  }

  const open = async (at: FileOfArtifact, levelMax: number, copy?: FoundRunFile): Promise<TableSource | undefined> => {
    const found = await findContent(artifacts, parseArtifactId, at)
    if (found === undefined) return undefined
    const { artifact, path } = found
    const digest = parseBlobDigest(found.sha256)
    const sizeBytes = await artifacts.blobs.size(digest)
    if (sizeBytes === undefined) return undefined
    checkSize(path, sizeBytes)
    const read = (): Promise<ReadableStream<Uint8Array> | undefined> => artifacts.blobs.get(digest)
    const made = sizeBytes > madeOfOthersBytesMax ? undefined : await readMadeOfOthers(read)
    if (made === undefined) {
      return oneFile(
        copy === undefined ? `${digest} ${artifact}` : `${digest} ${artifact} ${copy.file.md5}`,
        { name: path, sizeBytes },
        { kind: 'artifact', artifact },
        {
          open: read,
          readBeside: (beside) => readBeside({ artifact, path: beside }),
          readCopy: async () => copy && readCopy(copy),
        },
      )
    }
    if (levels[made.kind] > levelMax) throw notATable(path, 'it is made of tables, and part of another one')
    if (made.kind === 'parts') return openParts({ artifact, path: made.folder })
    const [left, right] = await Promise.all(made.paths.map((part) => open({ artifact, path: part }, levels.parts)))
    const pair = [left ?? gone(made.paths[0]), right ?? gone(made.paths[1])] as const
    return combine({ kind: 'join', left: pair[0].tree, right: pair[1].tree, keys: made.keys }, pair)
  }

  /** The tables below a folder, in the order of their paths. */
  const openParts = async ({ artifact, path: folder }: FileOfArtifact): Promise<TableSource> => {
    const paths: string[] = []
    let after = `${folder}/`
    for (;;) {
      const entries = await artifacts.reads.entries({ artifact, after, limit: entriesAtATime })
      const inside = entries.filter(({ path }) => path.startsWith(`${folder}/`))
      paths.push(...inside.map(({ path }) => path).filter((path) => path.endsWith('.table.json')))
      checkPartCount(`${folder}/`, paths.length)
      if (inside.length < entriesAtATime) break
      after = inside.at(-1)!.path
    }
    const parts = await inParts(paths, async (path) => (await open({ artifact, path }, levels.file)) ?? gone(path))
    if (parts.length === 0) gone(`${folder}/`)
    return concat(`${folder}/`, parts)
  }

  const sources: TableSources = {
    async ofUri(uri, copy) {
      const target = await resolveUri(artifacts, parseArtifactId, uri)
      return target && open(target, levels.join, copy)
    },
    ofArtifact: (at) => open(at, levels.join),
    async ofRunFile(run, name) {
      const found = await files.get(run.id, name)
      if (found === undefined) return undefined
      const { sizeBytes, md5 } = found.file
      checkSize(name, sizeBytes)
      if (sizeBytes <= madeOfOthersBytesMax && (await readMadeOfOthers(() => found.read())) !== undefined) {
        throw notATable(name, 'it is made of tables of an artifact')
      }
      return oneFile(
        `md5 ${md5} ${sizeBytes}`,
        { name, sizeBytes },
        { kind: 'run', run },
        {
          open: () => found.read(),
          readBeside: async () => undefined,
          readCopy: async () => undefined,
        },
      )
    },
    async ofValue(run, json, before = []) {
      const earlier = Array.isArray(json.previous_increments_paths) ? json.previous_increments_paths : []
      const uris = [...earlier, json.artifact_path].filter((uri) => typeof uri === 'string')
      const name = typeof json.path === 'string' ? json.path : 'increments'
      checkPartCount(name, uris.length)
      const copies = new Map([...before, json].map(({ artifact_path: uri, path }) => [uri, path]))
      const found = await inParts(uris, async (uri) => {
        const path = copies.get(uri)
        return sources.ofUri(uri, typeof path === 'string' ? await files.get(run.id, path) : undefined)
      })
      const parts = found.filter((part) => part !== undefined)
      if (parts.length > 0 && parts.length === uris.length) return concat(name, parts)
      const copy = typeof json.path === 'string' ? await sources.ofRunFile(run, json.path) : undefined
      if (copy !== undefined) return copy
      if (parts.length > 0) return concat(name, parts)
      throw new ServerError({
        code: 'not-found',
        message: 'The content of this table is not here.',
        hint: 'It comes when its upload is complete; or its artifact was deleted.',
      })
    },
  }
  return sources
}

/** Several tables as one. */
export function combine(tree: TableTree, parts: readonly TableSource[]): TableSource {
  return {
    tree,
    files: new Map(parts.flatMap(({ files }) => [...files])),
    places: new Map(parts.flatMap(({ places }) => [...places])),
    sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}

function concat(name: string, parts: readonly TableSource[]): TableSource {
  if (parts.length === 1) return parts[0]!
  const whole = combine({ kind: 'concat', mode: 'same', of: parts.map(({ tree }) => tree) }, parts)
  checkSize(name, whole.sizeBytes)
  return whole
}

async function readCopy({ file, read }: FoundRunFile): Promise<Uint8Array | undefined> {
  if (file.sizeBytes > besideBytesMax) return undefined
  return new Uint8Array(await new Response(await read()).arrayBuffer())
}

function oneFile(
  id: string,
  { name, sizeBytes }: { readonly name: string; readonly sizeBytes: number },
  place: MediaPlace,
  source: TableFileSource,
): TableSource {
  const tree = { kind: 'file', id, name } as const
  return { tree, files: new Map([[id, source]]), places: new Map([[id, place]]), sizeBytes }
}

/** What a file holds that is made of other files of its version. */
type MadeOfOthers =
  /** The tables below a folder, one after the other. */
  | { readonly kind: 'parts'; readonly folder: string }
  /** Two files, side by side by a column of each. */
  | { readonly kind: 'join'; readonly paths: readonly [string, string]; readonly keys: readonly [string, string] }

/** Undefined for a table, and for what is no JSON, as whoever reads it will say. */
async function readMadeOfOthers(
  read: () => Promise<ReadableStream<Uint8Array> | undefined>,
): Promise<MadeOfOthers | undefined> {
  const content = await read()
  const text = content === undefined ? '' : await readText(content)
  if (!/"_type":\s*"(partitioned|joined)-table"/.test(text)) return undefined
  try {
    const json = parseJson(text)
    return isJsonObject(json) ? parseMadeOfOthers(json) : undefined
  } catch (error) {
    if (error instanceof ProtocolError) return undefined
    throw error
  }
}

function parseMadeOfOthers({
  _type: type,
  parts_path: folder,
  table1,
  table2,
  join_key: key,
}: JsonObject): MadeOfOthers | undefined {
  if (type === 'partitioned-table' && typeof folder === 'string')
    return { kind: 'parts', folder: folder.replace(/\/+$/, '') }
  const [first, second] = Array.isArray(key) ? key : [key, key]
  const areTexts = [table1, table2, first, second].every((text) => typeof text === 'string')
  if (type !== 'joined-table' || !areTexts) return undefined
  return { kind: 'join', paths: [String(table1), String(table2)], keys: [String(first), String(second)] }
}

function checkSize(name: string, sizeBytes: number): void {
  if (sizeBytes <= fileBytesMax) return
  throw new ServerError({
    code: 'request-too-large',
    message: `The table "${name}" has ${Math.ceil(sizeBytes / 2 ** 20)} MiB; up to ${fileBytesMax / 2 ** 20} MiB are shown.`,
    hint: 'Download its file instead, or log it in several tables.',
  })
}

function checkPartCount(name: string, partCount: number): void {
  if (partCount <= partsMax) return
  throw new ServerError({
    code: 'request-too-large',
    message: `The table "${name}" has more than ${partsMax} parts, which is as many as are shown.`,
    hint: 'Log it in fewer parts.',
  })
}

function notATable(name: string, reason: string): ServerError {
  return new ServerError({ code: 'invalid-request', message: `"${name}" cannot be read as a table: ${reason}.` })
}

function gone(name: string): never {
  throw new ServerError({ code: 'not-found', message: `The content of "${name}" is gone.` })
}
