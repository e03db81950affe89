import { type JsonObject, stringifyJson } from '@lossline/protocol'
import { ArtifactVersion } from '../artifacts/artifact-version.ts'
import { parseArtifact, parseMembership } from '../artifacts/version-facts.ts'
import { checkPerPage } from '../options/check-count.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import type { ApiContext } from './api-context.ts'
import { NotFoundError } from './api-errors.ts'
import { artifactDocuments } from './artifact-documents.ts'
import { toListPage } from './connection-page.ts'
import { createListing, type Listing, type RequestOptions, requestOptionNames } from './listing.ts'
import type { ProjectPath } from './paths.ts'
import { type RunFilter, toWireFilter } from './run-filter.ts'
import type { AskAboutRun } from './run-history.ts'
import { maybeDateAt, maybeObjectAt, maybeTextAt } from './wire-values.ts'

/** Options of lists of artifacts. */
export interface ArtifactListOptions extends RequestOptions {
  /** Default: 50. */
  readonly perPage?: number | undefined
}

const artifactListOptionNames: OptionNames<ArtifactListOptions> = { ...requestOptionNames, perPage: true }

/** Which collections or versions are listed. */
export interface ArtifactSelection extends ArtifactListOptions {
  /** Mongo's words, as in {@link RunFilter}. Collections have `name`, `tag`, `created_at`; versions `version_index`, `alias`, `tag`, `metadata.<key>`. */
  readonly filters?: RunFilter | undefined
  /** `+` or `-` and a field, such as `-version_index`. Default: the server's. */
  readonly order?: string | undefined
}

const artifactSelectionNames: OptionNames<ArtifactSelection> = {
  ...requestOptionNames,
  perPage: true,
  filters: true,
  order: true,
}

/** A type of artifacts in a project. */
export interface StoredArtifactType {
  readonly name: string
  readonly description: string | undefined
  readonly createdAt: Date | undefined
  collections(options?: ArtifactSelection): Listing<StoredArtifactCollection>
}

/** All versions of one name. */
export interface StoredArtifactCollection {
  readonly name: string
  readonly type: string
  readonly entity: string
  readonly project: string
  readonly description: string | undefined
  readonly tags: readonly string[]
  /** Whether it holds links to versions of other collections. */
  readonly isPortfolio: boolean
  readonly createdAt: Date | undefined
  /** Its versions; without `order` the newest first. */
  versions(options?: ArtifactSelection): Listing<ArtifactVersion>
}

/** Lists the types of artifacts in a project. */
export function listArtifactTypes(
  context: ApiContext,
  path: ProjectPath,
  given: ArtifactListOptions,
): Listing<StoredArtifactType> {
  checkOptions('artifactTypes', given, artifactListOptionNames)
  const { perPage = 50, signal } = given
  checkPerPage('artifactTypes', perPage)
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      const { at, project } = await askProject(
        context,
        path,
        'ProjectArtifactTypes',
        artifactDocuments.types,
        { cursor: cursor ?? null, perPage },
        options,
      )
      return toListPage(maybeObjectAt(project, 'artifactTypes'), (node) => {
        const name = maybeTextAt(node, 'name') ?? ''
        return {
          name,
          description: maybeTextAt(node, 'description'),
          createdAt: maybeDateAt(node, 'createdAt'),
          collections: (selection = {}) => listArtifactCollections(context, { ...at, type: name }, selection),
        }
      })
    },
  })
}

/** Lists the collections of a project, or of one type in it. */
export function listArtifactCollections(
  context: ApiContext,
  { type, ...path }: ProjectPath & { readonly type: string | undefined },
  given: ArtifactSelection,
): Listing<StoredArtifactCollection> {
  checkOptions('artifactCollections', given, artifactSelectionNames)
  const { perPage = 50, signal, filters, order } = given
  checkPerPage('artifactCollections', perPage)
  const [operationName, document] =
    type === undefined
      ? ['ProjectArtifactCollections', artifactDocuments.collections]
      : ['ArtifactTypeArtifactCollections', artifactDocuments.collectionsOfType]
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      const variables = {
        cursor: cursor ?? null,
        perPage,
        ...toSelection(filters, order),
        ...(type === undefined ? {} : { type }),
      }
      const { at, project } = await askProject(context, path, operationName, document, variables, options)
      const parent = type === undefined ? project : maybeObjectAt(project, 'artifactType')
      return toListPage(maybeObjectAt(parent, 'artifactCollections'), (node) => toCollection(context, at, node))
    },
  })
}

/** A collection, if there is one of the type and the name. */
export async function maybeFindCollection(
  context: ApiContext,
  { type, name, ...path }: ProjectPath & { readonly type: string; readonly name: string },
  options: RequestOptions,
): Promise<StoredArtifactCollection | undefined> {
  const at = await context.locate(path, options)
  const answer = await context.ask(
    'ProjectArtifactCollection',
    artifactDocuments.collection,
    { ...at, type, name },
    options,
  )
  const node = maybeObjectAt(answer, 'project', 'artifactType', 'artifactCollection')
  return node && toCollection(context, at, node)
}

/** Lists the versions of a collection. */
export function listArtifactVersions(
  context: ApiContext,
  { type, name, ...path }: ProjectPath & { readonly type: string; readonly name: string },
  given: ArtifactSelection,
): Listing<ArtifactVersion> {
  checkOptions('artifactVersions', given, artifactSelectionNames)
  const { perPage = 50, signal, filters, order } = given
  checkPerPage('artifactVersions', perPage)
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      const selection = toSelection({ state: 'COMMITTED', ...filters }, order)
      const variables = { type, collection: name, cursor: cursor ?? null, perPage, ...selection }
      const { at, project } = await askProject(
        context,
        path,
        'ProjectArtifacts',
        artifactDocuments.versions,
        variables,
        options,
      )
      const collection = maybeObjectAt(project, 'artifactType', 'artifactCollection')
      if (collection === undefined) {
        throw new NotFoundError(
          `collection "${name}" of the type "${type}" in "${at.entity}/${at.project}"`,
          context.placeName,
        )
      }
      return toListPage(maybeObjectAt(collection, 'artifacts'), (node, edge) => {
        const place = { name, project: { name: at.project, entity: { name: at.entity } } }
        return new ArtifactVersion(context.versions, { facts: parseMembership(toMembership(node, edge, place)) })
      })
    },
  })
}

/** Lists the versions that a run has logged or used. */
export function listRunArtifacts(
  context: ApiContext,
  askRun: AskAboutRun,
  direction: 'logged' | 'used',
  given: ArtifactListOptions,
): Listing<ArtifactVersion> {
  checkOptions(`${direction}Artifacts`, given, artifactListOptionNames)
  const { perPage = 50, signal } = given
  checkPerPage(`${direction}Artifacts`, perPage)
  const operationName = direction === 'logged' ? 'RunOutputArtifacts' : 'RunInputArtifacts'
  return createListing({
    signal,
    async fetchPage(cursor, options) {
      const variables = { cursor: cursor ?? null, perPage }
      const run = await askRun(operationName, artifactDocuments[direction], variables, options)
      return toListPage(
        maybeObjectAt(run, 'artifacts'),
        (node) => new ArtifactVersion(context.versions, { facts: parseArtifact(node) }),
      )
    },
  })
}

/** A version in a list says which collections it is in; here it is as the one that was asked knows it. */
function toMembership(node: JsonObject, edge: JsonObject, place: JsonObject): JsonObject {
  const version = /^v(\d+)$/.exec(maybeTextAt(edge, 'version') ?? '')?.[1]
  const aliases = Array.isArray(node.aliases) ? node.aliases : []
  return {
    versionIndex: version === undefined ? (node.versionIndex ?? null) : Number(version),
    aliases: aliases.filter((alias) => {
      const collection = maybeObjectAt(alias, 'artifactCollection')
      const project = maybeObjectAt(collection, 'project')
      return (
        maybeTextAt(collection, 'name') === place.name &&
        maybeTextAt(project, 'name') === maybeTextAt(maybeObjectAt(place, 'project'), 'name') &&
        maybeTextAt(maybeObjectAt(project, 'entity'), 'name') ===
          maybeTextAt(maybeObjectAt(place, 'project', 'entity'), 'name')
      )
    }),
    artifactCollection: place,
    artifact: node,
  }
}

function toCollection(
  context: ApiContext,
  at: { readonly entity: string; readonly project: string },
  node: JsonObject,
): StoredArtifactCollection {
  const name = maybeTextAt(node, 'name') ?? ''
  const type = maybeTextAt(maybeObjectAt(node, 'type'), 'name') ?? ''
  return {
    ...at,
    name,
    type,
    description: maybeTextAt(node, 'description'),
    tags: toListPage(maybeObjectAt(node, 'tags'), (tag) => maybeTextAt(tag, 'name')).items,
    isPortfolio: node.__typename === 'ArtifactPortfolio',
    createdAt: maybeDateAt(node, 'createdAt'),
    versions: (selection = {}) => listArtifactVersions(context, { ...at, type, name }, selection),
  }
}

function toSelection(filters: RunFilter | undefined, order: string | undefined): JsonObject {
  return { filters: stringifyJson(toWireFilter(filters ?? {})), order: order ?? null }
}

async function askProject(
  context: ApiContext,
  path: ProjectPath,
  operationName: string,
  document: string,
  variables: JsonObject,
  options: RequestOptions,
): Promise<{ at: { entity: string; project: string }; project: JsonObject }> {
  const at = await context.locate(path, options)
  const project = maybeObjectAt(await context.ask(operationName, document, { ...at, ...variables }, options), 'project')
  if (project === undefined) throw new NotFoundError(`project "${at.entity}/${at.project}"`, context.placeName)
  return { at, project }
}
