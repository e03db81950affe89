import type { JsonObject } from '@lossline/protocol'
import { maybeObjectAt } from '../../api/wire-values.ts'
import type { ServerConnection } from '../../server/server-connection.ts'
import { ask } from '../artifact-api.ts'
import { ArtifactError } from '../artifact-error.ts'
import { artifactQueries } from '../artifact-queries.ts'
import { maybeText, nodesOf } from '../read-reply.ts'
import type { VersionFacts, VersionPlace } from '../version-facts.ts'

/** Where the content of a file is. */
export interface FileUrl {
  readonly url: string
  /** SHA-256 of the content, if the server tells it. */
  readonly sha256Hex: string | undefined
}

// As many as W&B's client asks for.
const pageSize = 5000

/**
 * Addresses of a version's files, by their paths.
 *
 * @param isOurs - Whether the server is one of ours, which also tells the digests by which contents are kept.
 * @throws {@link ArtifactError} `artifact-download`; {@link ServerRequestError}.
 */
export async function fetchFileUrls(
  connection: ServerConnection,
  facts: VersionFacts,
  isOurs: boolean,
): Promise<Map<string, FileUrl>> {
  const urls = new Map<string, FileUrl>()
  const query = isOurs ? artifactQueries.fileUrlsWithDigests : artifactQueries.fileUrls
  let cursor: string | undefined
  do {
    const variables = { ...toVariables(facts.place), cursor: cursor ?? null, perPage: pageSize }
    const files = filesOf(await ask(connection, query, variables))
    if (files === undefined) throw notListed(facts)
    for (const node of nodesOf(files)) addUrl(urls, node)
    const pageInfo = maybeObjectAt(files, 'pageInfo')
    cursor = pageInfo?.hasNextPage === true ? maybeText(pageInfo, 'endCursor') : undefined
  } while (cursor !== undefined)
  return urls
}

/** A new address of one file, for one that has expired. */
export async function refreshFileUrl(
  connection: ServerConnection,
  { place }: VersionFacts,
  path: string,
): Promise<string | undefined> {
  const variables = { ...toVariables(place), names: [path], perPage: 1 }
  const [node] = nodesOf(filesOf(await ask(connection, artifactQueries.filesByName, variables)))
  return maybeText(node, 'directUrl')
}

function addUrl(urls: Map<string, FileUrl>, node: JsonObject): void {
  const name = maybeText(node, 'name')
  const url = maybeText(node, 'directUrl')
  if (name !== undefined && url !== undefined) urls.set(name, { url, sha256Hex: maybeText(node, 'sha256') })
}

function filesOf(reply: JsonObject): JsonObject | undefined {
  return maybeObjectAt(reply, 'project', 'artifactCollection', 'artifactMembership', 'files')
}

function toVariables({ entity, project, collection, versionIndex }: VersionPlace): JsonObject {
  return { entity, project, collection, alias: `v${versionIndex ?? 0}` }
}

function notListed({ place }: VersionFacts): ArtifactError {
  return new ArtifactError({
    code: 'artifact-download',
    message: `The server does not list the files of ${place.collection}:v${place.versionIndex ?? '?'}.`,
    hint: 'It may have been deleted.',
  })
}
