import { LosslineError, type ManifestEntry, maybeParseArtifactUri } from '@lossline/protocol'
import type { ServerConnection } from '../../server/server-connection.ts'
import { maybeFetchById, maybeFetchServerId } from '../artifact-api.ts'
import { ArtifactError } from '../artifact-error.ts'
import type { ArtifactFiles } from '../artifact-files.ts'
import { fetchManifest } from '../fetch-manifest.ts'
import { gsUrl } from '../references/gs-reference.ts'
import { stripQuotes } from '../references/http-reference.ts'
import { s3Url } from '../references/s3-reference.ts'
import { refreshFileUrl } from './file-urls.ts'

/** Where the content of a reference comes from. */
export type ReferenceSource =
  | {
      readonly kind: 'request'
      /** MD5 of the content in base64, where it is known. */
      readonly md5Base64: string | undefined
      readonly sizeBytes: number | undefined
      request(range: string | undefined, isRefused: boolean): Promise<Response>
    }
  | { readonly kind: 'file'; readonly path: string; readonly md5Base64: string | undefined }

/** Whom to ask about references, and until when. */
export interface ReferenceAsking {
  readonly connection: ServerConnection
  readonly files: ArtifactFiles
  readonly signal: AbortSignal | undefined
  /** How many artifacts have passed the reference on so far. Default 0. */
  readonly hopCount?: number
}

// Clients pass the reference of a reference on, so that chains are rare and short.
const hopCountMax = 10

/** The content of a reference is gone, or its store is not known. Others fail for reasons that may pass or must be looked at. */
class MissingReferenceError extends ArtifactError {}

/** Whether an error says that the content of a reference is not there. */
export function isMissing(error: unknown): error is LosslineError {
  return (
    error instanceof MissingReferenceError || (LosslineError.isInstance(error) && error.code === 'download-missing')
  )
}

/**
 * Finds out where the content of a reference comes from.
 *
 * @throws {@link ArtifactError} `artifact-reference` for one that cannot be fetched.
 */
export async function toReferenceSource(
  path: string,
  entry: ManifestEntry,
  asking: ReferenceAsking,
): Promise<ReferenceSource> {
  const { connection, files, signal } = asking
  const ref = entry.ref ?? ''
  const uri = maybeParseArtifactUri(ref)
  if (uri !== undefined) {
    const id = uri.kind === 'server' ? uri.artifactId : await maybeFetchServerId(connection, uri.clientId)
    return toOtherVersion(path, id, uri.path, asking)
  }
  const { versionID } = entry.extra ?? {}
  const version = versionID === undefined || versionID === null ? undefined : String(versionID)
  const endpoints = files.storeEndpoints()
  switch (/^([a-z][a-z0-9+.-]*):\/\//i.exec(ref)?.[1]?.toLowerCase()) {
    case 'http':
    case 'https':
      return toTagged(path, entry, ref, signal)
    case 's3':
      return toTagged(path, entry, s3Url(ref, endpoints.s3, version), signal)
    case 'gs':
      // The tag of a download is another one than that of the object; its generation says which content it is.
      return toPlain(path, entry, gsUrl(ref, endpoints.gs, version), signal)
    case 'file': {
      const source = pathOfFile(path, ref, files)
      // Without a checksum the digest is that of the address.
      const isOfAddress = entry.digest === files.digestOfText(files.fileUriOf(source))
      return { kind: 'file', path: source, md5Base64: isOfAddress ? undefined : entry.digest }
    }
    default:
      throw cannotFetch(path, ref, 'its scheme is not one that is fetched')
  }
}

function pathOfFile(path: string, ref: string, files: ArtifactFiles): string {
  try {
    return files.pathOfFileUri(ref)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw cannotFetch(path, ref, `it is no well-formed address of a file (${reason})`)
  }
}

/** An answer of a store that has the content. @throws {@link MissingReferenceError} */
async function fetchPresent(path: string, entry: ManifestEntry, url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  if (response.status !== 404 && response.status !== 410) return response
  await response.body?.cancel()
  throw cannotFetch(path, entry.ref ?? '', `its store answers ${response.status}`)
}

function toRange(range: string | undefined): RequestInit {
  return range === undefined ? {} : { headers: { range } }
}

function toPlain(path: string, entry: ManifestEntry, url: string, signal: AbortSignal | undefined): ReferenceSource {
  return {
    kind: 'request',
    md5Base64: undefined,
    sizeBytes: entry.size,
    request: (range) => fetchPresent(path, entry, url, { ...toRange(range), signal: signal ?? null }),
  }
}

/** A reference whose store tags its contents: another tag is another content. */
function toTagged(path: string, entry: ManifestEntry, url: string, signal: AbortSignal | undefined): ReferenceSource {
  const hasTag = entry.digest !== entry.ref
  return {
    kind: 'request',
    md5Base64: undefined,
    // Some servers tell a length that is not that of the content: W&B's client notes zero where there was none.
    sizeBytes: entry.size === 0 ? undefined : entry.size,
    async request(range) {
      const headers = { 'accept-encoding': 'identity', ...(range === undefined ? {} : { range }) }
      const response = await fetchPresent(path, entry, url, { headers, signal: signal ?? null })
      const etag = response.headers.get('etag')
      if (!response.ok || !hasTag || etag === null || stripQuotes(etag) === entry.digest) return response
      await response.body?.cancel()
      throw new ArtifactError({
        code: 'artifact-reference',
        message: `"${path}" refers to ${entry.ref}, which has changed: its tag is ${stripQuotes(etag)}, not ${entry.digest}.`,
        hint: 'Log the artifact again with the content that is there now.',
      })
    },
  }
}

async function toOtherVersion(
  path: string,
  id: string | undefined,
  pathThere: string,
  asking: ReferenceAsking,
): Promise<ReferenceSource> {
  const { connection, hopCount = 0 } = asking
  if (hopCount >= hopCountMax) {
    throw cannotFetch(path, pathThere, `it leads through more than ${hopCountMax} artifacts, perhaps in a circle`)
  }
  const facts = id === undefined ? undefined : await maybeFetchById(connection, id)
  if (facts === undefined || facts.state === 'deleted') throw cannotFetch(path, pathThere, 'its artifact is gone')
  const entry = (await fetchManifest(connection, facts.id)).contents.get(pathThere)
  if (entry === undefined) throw cannotFetch(path, pathThere, 'its artifact has no such file')
  if (entry.ref !== undefined) return toReferenceSource(path, entry, { ...asking, hopCount: hopCount + 1 })
  return {
    kind: 'request',
    md5Base64: entry.digest,
    sizeBytes: entry.size,
    async request(range) {
      const url = await refreshFileUrl(connection, facts, pathThere)
      if (url === undefined) throw cannotFetch(path, pathThere, 'its artifact has no such file')
      return connection.fetch(url, toRange(range))
    },
  }
}

function cannotFetch(path: string, ref: string, reason: string): MissingReferenceError {
  return new MissingReferenceError({
    code: 'artifact-reference',
    message: `"${path}" refers to ${ref}, which cannot be fetched: ${reason}.`,
    hint: 'Pass allowMissingReferences: true to download the rest.',
  })
}
