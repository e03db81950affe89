import { ProtocolError, parseJson } from '@lossline/protocol'
import { parseBlobDigest, type RunRow } from '@lossline/store'
import { ServerError } from '../../errors.ts'
import { findContent, resolveUri } from '../artifacts/find-content.ts'
import { readText } from '../read-text.ts'
import { joinRows } from './join-rows.ts'
import type { MediaServices } from './media-services.ts'
import { parseTableFile, type TableFile } from './table-file.ts'
import { concatRows, rowsOfTable, type TableRows } from './table-rows.ts'
import { withArrays } from './with-arrays.ts'

/** Reads tables, and remembers them: a page of rows after the other is asked for. */
export interface ParsedTables {
  /** Undefined when it is gone. @throws {@link ServerError} `request-too-large`, `invalid-request`: it is no table. */
  ofUri(uri: string): Promise<TableRows | undefined>
  ofArtifact(at: FileOfArtifact): Promise<TableRows | undefined>
  ofRun(run: RunRow, name: string): Promise<TableRows | undefined>
}

interface FileOfArtifact {
  readonly artifact: number
  readonly path: string
}

/** What may be made of what: a joined table of partitioned ones, these of tables. Without an order they could hold themselves. */
const levels = { table: 0, parts: 1, join: 2 } as const

/** The text of a table is parsed as a whole, and Node bounds texts at 512 MiB. */
const tableBytesMax = 256 * 2 ** 20
const entriesAtATime = 1000
/** Texts of tables that are remembered; what they become takes a few times as much. */
const rememberedBytesMax = 64 * 2 ** 20

export function createParsedTables(services: MediaServices): ParsedTables {
  const { artifacts, files, parseArtifactId } = services
  const remembered = new Map<string, { sizeBytes: number; readonly file: Promise<TableFile> }>()

  const remember = (id: string, read: () => Promise<SizedFile>): Promise<TableFile> => {
    const known = remembered.get(id)
    // Taken out and put in again: what was not asked for longest comes first.
    remembered.delete(id)
    if (known !== undefined) {
      remembered.set(id, known)
      return known.file
    }
    const entry = {
      sizeBytes: 0,
      file: read().then(({ file, sizeBytes }) => {
        entry.sizeBytes = sizeBytes
        forgetOldest(id)
        return file
      }),
    }
    remembered.set(id, entry)
    entry.file.catch(() => remembered.delete(id))
    return entry.file
  }

  const forgetOldest = (newest: string): void => {
    let total = [...remembered.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    for (const [oldest, { sizeBytes }] of remembered) {
      if (total <= rememberedBytesMax || oldest === newest) break
      remembered.delete(oldest)
      total -= sizeBytes
    }
  }

  const readBytes = async (at: FileOfArtifact): Promise<Uint8Array | undefined> => {
    const found = await findContent(artifacts, parseArtifactId, at)
    const digest = found && parseBlobDigest(found.sha256)
    const sizeBytes = digest && (await artifacts.blobs.size(digest))
    if (digest === undefined || sizeBytes === undefined || sizeBytes > tableBytesMax) return undefined
    const content = await artifacts.blobs.get(digest)
    return content && new Uint8Array(await new Response(content).arrayBuffer())
  }

  const open = async (at: FileOfArtifact, levelMax: number): Promise<TableRows | undefined> => {
    const found = await findContent(artifacts, parseArtifactId, at)
    if (found === undefined) return undefined
    const { artifact, path } = found
    const digest = parseBlobDigest(found.sha256)
    const sizeBytes = await artifacts.blobs.size(digest)
    if (sizeBytes === undefined) return undefined
    checkSize(path, sizeBytes)
    const id = `${digest} ${artifact}`
    const file = await remember(id, async () => {
      const parsed = parse(path, await readText((await artifacts.blobs.get(digest)) ?? gone(path)))
      if (parsed.kind !== 'table') return { file: parsed, sizeBytes }
      let arrayBytes = 0
      const readArrays = async (arrayPath: string): Promise<Uint8Array | undefined> => {
        const bytes = await readBytes({ artifact, path: arrayPath })
        arrayBytes += bytes?.length ?? 0
        return bytes
      }
      const table = await withArrays(parsed.table, readArrays, services)
      return { file: { kind: 'table', table }, sizeBytes: sizeBytes + arrayBytes }
    })
    if (levels[file.kind] > levelMax) throw notATable(path, `it is made of tables, and part of another one`)
    switch (file.kind) {
      case 'table':
        return rowsOfTable(id, file.table, artifact)
      case 'parts':
        return openParts({ artifact, path: file.folder })
      case 'join': {
        const tables = file.paths.map((part) => open({ artifact, path: part }, levels.parts))
        const [left, right] = await Promise.all(tables)
        return joinRows(left ?? gone(file.paths[0]), right ?? gone(file.paths[1]), file.keys)
      }
    }
  }

  /** The tables below a folder, in the order of their paths. */
  const openParts = async ({ artifact, path: folder }: FileOfArtifact): Promise<TableRows> => {
    const paths: string[] = []
    let totalBytes = 0
    let after = `${folder}/`
    for (;;) {
      const entries = await artifacts.reads.entries({ artifact, after, limit: entriesAtATime })
      const inside = entries.filter(({ path }) => path.startsWith(`${folder}/`))
      for (const { path, sizeBytes } of inside) {
        if (!path.endsWith('.table.json')) continue
        paths.push(path)
        totalBytes += sizeBytes ?? 0
      }
      if (inside.length < entriesAtATime) break
      after = inside.at(-1)!.path
    }
    checkSize(`${folder}/`, totalBytes)
    const [first, ...rest] = await Promise.all(
      paths.map(async (path) => (await open({ artifact, path }, levels.table)) ?? gone(path)),
    )
    return concatRows([first ?? gone(`${folder}/`), ...rest])
  }

  return {
    async ofUri(uri) {
      const target = await resolveUri(artifacts, parseArtifactId, uri)
      return target && open(target, levels.join)
    },
    ofArtifact: (at) => open(at, levels.join),
    async ofRun(run, name) {
      const found = await files.get(run.id, name)
      if (found === undefined) return undefined
      const { sizeBytes, md5 } = found.file
      checkSize(name, sizeBytes)
      const id = `md5 ${md5}`
      const file = await remember(id, async () => ({
        file: parse(name, await readText((await found.read()) ?? gone(name))),
        sizeBytes,
      }))
      if (file.kind !== 'table') throw notATable(name, 'it is made of tables of an artifact')
      return rowsOfTable(id, file.table, undefined)
    },
  }
}

interface SizedFile {
  readonly file: TableFile
  readonly sizeBytes: number
}

function checkSize(name: string, sizeBytes: number): void {
  if (sizeBytes <= tableBytesMax) return
  throw new ServerError({
    code: 'request-too-large',
    message: `The table "${name}" has ${Math.ceil(sizeBytes / 2 ** 20)} MiB; up to ${tableBytesMax / 2 ** 20} MiB are shown.`,
    hint: 'Download its file instead, or log it in several tables.',
  })
}

function parse(name: string, text: string): TableFile {
  try {
    return parseTableFile(parseJson(text))
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause
    throw notATable(name, cause.message, cause)
  }
}

function notATable(name: string, reason: string, cause?: Error): ServerError {
  const message = `"${name}" cannot be read as a table: ${reason}`
  return new ServerError({ code: 'invalid-request', message, ...(cause === undefined ? {} : { cause }) })
}

function gone(name: string): never {
  throw new ServerError({ code: 'not-found', message: `The content of "${name}" is gone.` })
}
