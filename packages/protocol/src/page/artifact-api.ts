import type { RunSummary, StrictJsonObject } from './page-api.ts'

/** `GET /api/projects/{entity}/{project}/artifacts` */
export interface ArtifactTypesResponse {
  readonly types: readonly ArtifactTypeInfo[]
}
/** A kind of artifact, such as `dataset`, and everything of it, by name. */
export interface ArtifactTypeInfo {
  readonly name: string
  readonly collections: readonly ArtifactCollectionInfo[]
}
/** Versions under one name. */
export interface ArtifactCollectionInfo {
  readonly name: string
  /** `sequence`: versions are made here. `portfolio`: they are links to versions of other collections. */
  readonly kind: 'sequence' | 'portfolio'
  readonly description: string
  readonly tags: readonly string[]
  readonly versionCount: number
  readonly updatedAtMs: number
  /** Undefined when every version was deleted. */
  readonly newest?: ArtifactVersionInfo
}

/** `GET /api/projects/{entity}/{project}/artifacts/{collection}/versions?offset=&limit=` (limit 1…1000, default 100), newest first. */
export interface ArtifactVersionsResponse {
  readonly collection: ArtifactCollectionInfo
  readonly type: string
  readonly versions: readonly ArtifactVersionInfo[]
  readonly total: number
}
/** A version in lists. Entity, project, collection and version say where it was made. */
export interface ArtifactVersionInfo {
  readonly id: number
  readonly entity: string
  readonly project: string
  readonly type: string
  readonly collection: string
  /** Such as `v3`. */
  readonly version: string
  readonly aliases: readonly string[]
  readonly tags: readonly string[]
  readonly digest: string
  readonly sizeBytes: number
  readonly fileCount: number
  readonly createdAtMs: number
  /** Undefined when a person made it, or the run is gone. */
  readonly createdBy?: RunReference
}

/** `GET /api/projects/{entity}/{project}/artifacts/{collection}/versions/{version}`; version: `v3`, an alias or a digest. */
export interface ArtifactVersionResponse {
  readonly version: ArtifactVersionDetail
}
/** Everything about a version but its files. */
export interface ArtifactVersionDetail extends ArtifactVersionInfo {
  readonly description: string
  readonly metadata: StrictJsonObject
  readonly usedBy: readonly RunReference[]
  /** Collections that it is linked into. */
  readonly links: readonly ArtifactLink[]
  /** Seconds from its making on; -2: kept for ever; null: none is set. */
  readonly ttlSeconds: number | null
}

/** `PATCH /api/artifacts/{id}`: changes a version, all of it or nothing. What is left out stays as it is. */
export interface ArtifactChange {
  /** The collection whose aliases are meant. Default: the one where the version was made. */
  readonly in?: Pick<ArtifactVersionInfo, 'entity' | 'project' | 'collection'>
  readonly description?: string
  readonly addTags?: readonly string[]
  readonly removeTags?: readonly string[]
  /** A name that points to another version moves. */
  readonly addAliases?: readonly string[]
  readonly removeAliases?: readonly string[]
  /** Seconds from its making on; -2: kept for ever; -1: none. */
  readonly ttlSeconds?: number
}
/** The version as it is then, and where names that it took over had pointed. */
export interface ArtifactChangedResponse extends ArtifactVersionResponse {
  readonly moved: readonly { readonly alias: string; readonly from: Pick<ArtifactVersionInfo, 'id' | 'version'> }[]
}

/** `DELETE /api/artifacts/{id}`: for good. One that runs use or collections link to needs its name, such as `digits:v3`. */
export interface DeleteArtifactRequest {
  readonly confirm?: string
}

/** `DELETE /api/projects/{entity}/{project}/artifacts/{collection}`: with all versions, for good. */
export interface DeleteCollectionRequest {
  /** The name of the collection. */
  readonly confirm: string
}

/** `GET /api/projects/{entity}/{project}/artifacts/{collection}/users`: runs that used any version, the first one first. */
export interface ArtifactUsersResponse {
  readonly runs: readonly RunReference[]
}

/** `GET /api/projects/{entity}/{project}/artifacts/{collection}/alias-changes?before=&limit=` (limit 1…1000, default 200), newest first. */
export interface AliasChangesResponse {
  readonly changes: readonly {
    /** What `before` is for older ones. */
    readonly id: number
    readonly alias: string
    /** Such as `v3`; null: it pointed to none. */
    readonly from: string | null
    readonly to: string | null
    readonly atMs: number
  }[]
}

/**
 * `GET /api/projects/{entity}/{project}/artifact-versions?search=&after=&limit=` (limit 1…200, default 100): versions with a text in
 * their name, an alias, a tag or a value of their metadata, or with a digest that begins so; by collection, newest first.
 */
export interface ArtifactSearchResponse {
  readonly versions: readonly ArtifactVersionInfo[]
  /** What `after` is for the next part; undefined: that was all. */
  readonly next?: string
}
/** Where else a version stands. */
export interface ArtifactLink {
  readonly entity: string
  readonly project: string
  readonly type: string
  readonly collection: string
  readonly version: string
}
/** A run as artifacts name it. */
export interface RunReference
  extends Pick<RunSummary, 'runId' | 'displayName' | 'state' | 'number' | 'color' | 'jobType'> {
  readonly entity: string
  readonly project: string
}

/** `GET /api/artifacts/{id}/files?after=&limit=` (limit 1…1000, default 200), by path; `after` is the last path one has. */
export interface ArtifactFilesResponse {
  readonly files: readonly ArtifactFileInfo[]
  readonly hasMore: boolean
}
/** A file of a version. */
export interface ArtifactFileInfo {
  readonly path: string
  /** Undefined for a reference whose maker did not say. */
  readonly sizeBytes?: number
  readonly digest: string
  /** Address of the bytes, relative to the server; undefined where they are elsewhere. */
  readonly url?: string
  /** Where they are then. */
  readonly reference?: string
}

/** `GET /api/runs/{entity}/{project}/{runId}/artifacts`, in order of use. */
export interface RunArtifactsResponse {
  readonly inputs: readonly ArtifactVersionInfo[]
  readonly outputs: readonly ArtifactVersionInfo[]
}

/**
 * `GET /api/artifacts/{id}/lineage?depth=&direction=` (depth 1…10, default 4; direction `upstream`, `downstream` or by default
 * both): what the version was made from and what was made with it. Depth counts edges. Tables and code that the client logs by
 * itself are left out and counted.
 */
export interface ArtifactLineageResponse {
  /** Of the version that was asked for. */
  readonly focus: string
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly LineageEdge[]
  /** Versions that were left out because the client logs them by itself. */
  readonly automaticCount: number
  /** Whether there is more behind the depth or the largest number of nodes, 500. */
  readonly hasMore: boolean
  /** Nodes beside those shown that had no room. */
  readonly omittedCount: number
}
/** A run, or a version. */
export type LineageNode =
  | { readonly id: string; readonly kind: 'run'; readonly run: RunReference }
  | { readonly id: string; readonly kind: 'artifact'; readonly version: ArtifactVersionInfo }
/** From a version to the run that used it, or from a run to the version that it made. */
export interface LineageEdge {
  readonly from: string
  readonly to: string
}
