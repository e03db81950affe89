import { type ParsedTable, ProtocolError, parseJson, parseTable } from '@lossline/protocol'
import { parseBlobDigest, type RunRow } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { findContent, resolveUri } from '../artifacts/find-content.ts'
import { readText } from '../read-text.ts'
import type { MediaServices } from './media-services.ts'

/** A table that was read, and the version that its media are in; undefined for the file of a run, which has none. */
export interface TablePart {
  readonly id: string
  readonly table: ParsedTable
  readonly artifact: number | undefined
}

/** Reads tables, and remembers them: a page of rows after the other is asked for. */
export interface ParsedTables {
  /** Undefined when it is gone. @throws {@link ServerError} `request-too-large`, `invalid-request`: it is no table. */
  ofUri(uri: string): Promise<TablePart | undefined>
  ofArtifact(at: { readonly artifact: number; readonly path: string }): Promise<TablePart | undefined>
  ofRun(run: RunRow, name: string): Promise<TablePart | undefined>
}

/** The text of a table is parsed as a whole, and Node bounds texts at 512 MiB. */
const tableBytesMax = 256 * 2 ** 20
/** Texts of tables that are remembered; what they become takes a few times as much. */
const rememberedBytesMax = 64 * 2 ** 20

export function createParsedTables(services: MediaServices): ParsedTables {
  const { artifacts, files } = services
  const remembered = new Map<string, { readonly sizeBytes: number; readonly table: Promise<ParsedTable> }>()

  const remember = (id: string, sizeBytes: number, read: () => Promise<ParsedTable>): Promise<ParsedTable> => {
    const known = remembered.get(id)
    // Taken out and put in again: what was not asked for longest comes first.
    remembered.delete(id)
    const entry = known ?? { sizeBytes, table: read() }
    remembered.set(id, entry)
    entry.table.catch(() => remembered.delete(id))
    let total = [...remembered.values()].reduce((sum, one) => sum + one.sizeBytes, 0)
    for (const [oldest, { sizeBytes: freed }] of remembered) {
      if (total <= rememberedBytesMax || oldest === id) break
      remembered.delete(oldest)
      total -= freed
    }
    return entry.table
  }

  const tables: ParsedTables = {
    async ofUri(uri) {
      const target = await resolveUri(artifacts, services.parseArtifactId, uri)
      return target && tables.ofArtifact(target)
    },
    async ofArtifact(at) {
      const found = await findContent(artifacts, services.parseArtifactId, at)
      if (found === undefined) return undefined
      const digest = parseBlobDigest(found.sha256)
      const sizeBytes = await artifacts.blobs.size(digest)
      if (sizeBytes === undefined) return undefined
      checkSize(found.path, sizeBytes)
      const table = await remember(digest, sizeBytes, async () =>
        parse(found.path, await readText((await artifacts.blobs.get(digest)) ?? gone(found.path))),
      )
      return { id: `${digest} ${found.artifact}`, table, artifact: found.artifact }
    },
    async ofRun(run, name) {
      const found = await files.get(run.id, name)
      if (found === undefined) return undefined
      const { sizeBytes, md5 } = found.file
      checkSize(name, sizeBytes)
      const table = await remember(`md5 ${md5}`, sizeBytes, async () =>
        parse(name, await readText((await found.read()) ?? gone(name))),
      )
      return { id: md5, table, artifact: undefined }
    },
  }
  return tables
}

function checkSize(name: string, sizeBytes: number): void {
  if (sizeBytes <= tableBytesMax) return
  throw new ServerError({
    code: 'request-too-large',
    message: `The table "${name}" has ${Math.ceil(sizeBytes / 2 ** 20)} MiB; up to ${tableBytesMax / 2 ** 20} MiB are shown.`,
    hint: 'Download its file instead, or log it in several tables.',
  })
}

function parse(name: string, text: string): ParsedTable {
  try {
    return parseTable(parseJson(text))
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    const message = `"${name}" cannot be read as a table: ${cause.message}`
    throw new ServerError({ code: 'invalid-request', message, cause })
  }
}

function gone(name: string): never {
  throw new ServerError({ code: 'not-found', message: `The content of "${name}" is gone.` })
}
