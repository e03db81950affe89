import { ProtocolError } from '../errors.ts'

/** A version of an artifact as people write it: `[[entity/]project/]collection[:version]`. */
export interface ArtifactPath {
  readonly entity?: string
  readonly project?: string
  /** Name of the collection, such as `digits`. */
  readonly collection: string
  /** `v3`, an alias or a digest. Without it `latest` is meant. */
  readonly version?: string
}

/**
 * Reads `[[entity/]project/]collection[:version]`. What follows the first colon is the version, whatever it holds.
 *
 * @throws {@link ProtocolError} `invalid-name`
 * @example
 * parseArtifactPath('ada/digits/mnist:v3') // { entity: 'ada', project: 'digits', collection: 'mnist', version: 'v3' }
 */
export function parseArtifactPath(text: string): ArtifactPath {
  const colon = text.indexOf(':')
  const left = colon === -1 ? text : text.slice(0, colon)
  const version = colon === -1 ? undefined : text.slice(colon + 1)
  const parts = left.split('/')
  if (parts.length > 3 || parts.includes('') || version === '') {
    throw new ProtocolError({
      code: 'invalid-name',
      message: `Not a path of an artifact: ${JSON.stringify(text)}.`,
      hint: 'Write name, name:alias, name:v3, project/name:alias or entity/project/name:alias.',
    })
  }
  const [collection = '', project, entity] = parts.reverse()
  return {
    ...(entity === undefined ? {} : { entity }),
    ...(project === undefined ? {} : { project }),
    collection,
    ...(version === undefined ? {} : { version }),
  }
}

/** The text of a path; {@link parseArtifactPath} reads it. An entity without a project is left out. */
export function formatArtifactPath({ entity, project, collection, version }: ArtifactPath): string {
  const place = project === undefined ? '' : `${entity === undefined ? '' : `${entity}/`}${project}/`
  return `${place}${collection}${version === undefined ? '' : `:${version}`}`
}
