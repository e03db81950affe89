import { maybeFromBase64, maybeFromHex, toBase64, toHex } from './base64.ts'

/** What a URI of a file in another artifact points at. */
export type ArtifactUri =
  /** By the server's id of the version, in base64 as the server gives it. */
  | { readonly kind: 'server'; readonly artifactId: string; readonly path: string }
  /** By the client id that the version's maker drew, or by that of a collection and an alias. */
  | { readonly kind: 'client'; readonly clientId: string; readonly alias?: string; readonly path: string }

const serverScheme = 'wandb-artifact://'
const clientScheme = 'wandb-client-artifact://'

/**
 * Reads `wandb-artifact://<hex id>/<path>` or `wandb-client-artifact://<client id>[:alias]/<path>`.
 *
 * @returns undefined for every other URI.
 */
export function maybeParseArtifactUri(uri: string): ArtifactUri | undefined {
  if (uri.startsWith(serverScheme)) {
    const { authority, path } = split(uri.slice(serverScheme.length))
    const id = maybeFromHex(authority)
    return id === undefined || id.length === 0 ? undefined : { kind: 'server', artifactId: toBase64(id), path }
  }
  if (!uri.startsWith(clientScheme)) return undefined
  const { authority, path } = split(uri.slice(clientScheme.length))
  const colon = authority.indexOf(':')
  if (colon === -1) return { kind: 'client', clientId: authority, path }
  return { kind: 'client', clientId: authority.slice(0, colon), alias: authority.slice(colon + 1), path }
}

/** The text of such a URI; undefined when a server's id is not base64, so that no URI can name it. */
export function formatArtifactUri(uri: ArtifactUri): string | undefined {
  if (uri.kind === 'client') {
    return `${clientScheme}${uri.clientId}${uri.alias === undefined ? '' : `:${uri.alias}`}/${uri.path}`
  }
  const id = maybeFromBase64(uri.artifactId)
  return id === undefined ? undefined : `${serverScheme}${toHex(id)}/${uri.path}`
}

function split(text: string): { authority: string; path: string } {
  const slash = text.indexOf('/')
  return slash === -1 ? { authority: text, path: '' } : { authority: text.slice(0, slash), path: text.slice(slash + 1) }
}
