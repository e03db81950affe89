import { maybeParseArtifactUri } from '@lossline/protocol'
import { type ArtifactServices, existingArtifact } from './artifact-services.ts'
import { resolveClientId } from './lineage.ts'

/** The bytes of a file of a version. */
export interface FoundContent {
  /** The version that holds it, which another one may refer to. */
  readonly artifact: number
  readonly path: string
  /** Name in the blob store. */
  readonly sha256: string
}

/** A reference that leads through more versions leads in a circle. */
const hopCountMax = 8

/**
 * The bytes behind a path of a version; a reference to a file of another version is followed.
 *
 * @returns undefined where there is no such file, or its bytes are elsewhere.
 * @throws {@link ServerError} `not-found`: there is no such version.
 */
export async function findContent(
  services: ArtifactServices,
  parseArtifactId: (text: string) => number | undefined,
  at: { readonly artifact: number; readonly path: string },
): Promise<FoundContent | undefined> {
  await existingArtifact(services, at.artifact)
  let { artifact, path } = at
  for (let hop = 0; hop < hopCountMax; hop += 1) {
    const [entry] = await services.reads.entries({ artifact, paths: [path] })
    if (entry?.sha256 !== undefined) return { artifact, path, sha256: entry.sha256 }
    const target = entry?.ref === undefined ? undefined : await resolveUri(services, parseArtifactId, entry.ref)
    if (target === undefined) return undefined
    ;({ artifact, path } = target)
  }
  return undefined
}

/** The version and path that a URI of W&B names; undefined for every other URI, and for a version that is gone. */
export async function resolveUri(
  services: ArtifactServices,
  parseArtifactId: (text: string) => number | undefined,
  text: string,
): Promise<{ artifact: number; path: string } | undefined> {
  const uri = maybeParseArtifactUri(text)
  if (uri === undefined) return undefined
  const artifact =
    uri.kind === 'server'
      ? parseArtifactId(uri.artifactId)
      : await resolveClientId(services, uri.alias === undefined ? uri.clientId : `${uri.clientId}:${uri.alias}`)
  return artifact === undefined ? undefined : { artifact, path: uri.path }
}
