import { type Manifest, parseManifest } from '@lossline/protocol'
import { maybeObjectAt } from '../api/wire-values.ts'
import type { ServerConnection } from '../server/server-connection.ts'
import { ask } from './artifact-api.ts'
import { ArtifactError } from './artifact-error.ts'
import { artifactQueries } from './artifact-queries.ts'
import { maybeText } from './read-reply.ts'

/**
 * The list of a version's files.
 *
 * @throws {@link ArtifactError} `artifact-download`; {@link ProtocolError} `invalid-manifest`; {@link ServerRequestError}.
 */
export async function fetchManifest(connection: ServerConnection, id: string): Promise<Manifest> {
  const reply = await ask(connection, artifactQueries.manifest, { id })
  const url = maybeText(maybeObjectAt(reply, 'artifact', 'currentManifest', 'file'), 'directUrl')
  if (url === undefined) throw noManifest('the server has none')
  const response = await connection.fetch(url)
  if (response.ok) return parseManifest(await response.text())
  await response.body?.cancel()
  throw noManifest(`the server answered ${response.status}`)
}

function noManifest(reason: string): ArtifactError {
  return new ArtifactError({
    code: 'artifact-download',
    message: `The list of the artifact's files cannot be read: ${reason}.`,
  })
}
