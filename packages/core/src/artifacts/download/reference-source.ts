import { type ManifestEntry, maybeParseArtifactUri } from '@lossline/protocol'
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

/**
 * Finds out where the content of a reference comes from.
 *
 * @throws {@link ArtifactError} `artifact-reference` for one that cannot be fetched.
 */
export async function toReferenceSource(
  path: string,
  entry: ManifestEntry,
  connection: ServerConnection,
  files: ArtifactFiles,
): Promise<ReferenceSource> {
  const ref = entry.ref ?? ''
  const uri = maybeParseArtifactUri(ref)
  if (uri !== undefined) {
    const id = uri.kind === 'server' ? uri.artifactId : await maybeFetchServerId(connection, uri.clientId)
    return toOtherVersion(path, id, uri.path, connection, files)
  }
  const { versionID } = entry.extra ?? {}
  const version = versionID === undefined || versionID === null ? undefined : String(versionID)
  const endpoints = files.storeEndpoints()
  switch (/^([a-z][a-z0-9+.-]*):\/\//i.exec(ref)?.[1]?.toLowerCase()) {
    case 'http':
    case 'https':
      return toTagged(path, entry, ref)
    case 's3':
      return toTagged(path, entry, s3Url(ref, endpoints.s3, version))
    case 'gs':
      // The tag of a download is another one than that of the object; its generation says which content it is.
      return toPlain(entry, gsUrl(ref, endpoints.gs, version))
    case 'file': {
      const source = files.pathOfFileUri(ref)
      // Without a checksum the digest is that of the address.
      const isOfAddress = entry.digest === files.digestOfText(files.fileUriOf(source))
      return { kind: 'file', path: source, md5Base64: isOfAddress ? undefined : entry.digest }
    }
    default:
      throw cannotFetch(path, ref, 'its scheme is not one that is fetched')
  }
}

function toPlain(entry: ManifestEntry, url: string): ReferenceSource {
  return {
    kind: 'request',
    md5Base64: undefined,
    sizeBytes: entry.size,
    request: (range) => fetch(url, range === undefined ? {} : { headers: { range } }),
  }
}

/** A reference whose store tags its contents: another tag is another content. */
function toTagged(path: string, entry: ManifestEntry, url: string): ReferenceSource {
  const hasTag = entry.digest !== entry.ref
  return {
    kind: 'request',
    md5Base64: undefined,
    // Some servers tell a length that is not that of the content: W&B's client notes zero where there was none.
    sizeBytes: entry.size === 0 ? undefined : entry.size,
    async request(range) {
      const headers = { 'accept-encoding': 'identity', ...(range === undefined ? {} : { range }) }
      const response = await fetch(url, { headers })
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
  connection: ServerConnection,
  files: ArtifactFiles,
): Promise<ReferenceSource> {
  const facts = id === undefined ? undefined : await maybeFetchById(connection, id)
  if (facts === undefined || facts.state === 'deleted') throw cannotFetch(path, pathThere, 'its artifact is gone')
  const entry = (await fetchManifest(connection, facts.id)).contents.get(pathThere)
  if (entry === undefined) throw cannotFetch(path, pathThere, 'its artifact has no such file')
  if (entry.ref !== undefined) return toReferenceSource(path, entry, connection, files)
  return {
    kind: 'request',
    md5Base64: entry.digest,
    sizeBytes: entry.size,
    async request(range) {
      const url = await refreshFileUrl(connection, facts, pathThere)
      if (url === undefined) throw cannotFetch(path, pathThere, 'its artifact has no such file')
      return connection.fetch(url, range === undefined ? {} : { headers: { range } })
    },
  }
}

export function cannotFetch(path: string, ref: string, reason: string): ArtifactError {
  return new ArtifactError({
    code: 'artifact-reference',
    message: `"${path}" refers to ${ref}, which cannot be fetched: ${reason}.`,
    hint: 'Pass allowMissingReferences: true to download the rest.',
  })
}
